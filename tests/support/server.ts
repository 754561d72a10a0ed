import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endWithUs, freePort } from './child.ts';
import { until } from './until.ts';

const root = join(import.meta.dirname, '../..');

export interface Options {
	/** Added to the environment; of this process's own the server gets only PATH, HOME and where compiled code is kept. */
	env?: Record<string, string>;
	/** Of the runtime, as `npm start` gives them. */
	flags?: readonly string[];
	/** The file that starts it, from the root; server/main.ts if there is none. */
	entry?: string;
}

/** Peerloom as a process of its own, on a free port, with an empty data directory. */
export interface Server {
	readonly origin: string;
	readonly dataDir: string;
	readonly pid: number;
	/** Milliseconds from spawning to the first good answer of /readyz, the last time it started. */
	readonly startedIn: number;
	/** What it has printed since it was started last. */
	output(): string;
	/** SIGTERM, and its exit code. The data stays. */
	stop(): Promise<number | null>;
	/** SIGKILL: as if the power went. The data stays. */
	kill(): Promise<void>;
	/** Again, with the same port, data and clock; kills it first if it still runs. */
	restart(env?: Record<string, string>): Promise<void>;
	/** Lets `minutes` go by at once: from now on the server's clock is that much further ahead. */
	forward(minutes: number): Promise<void>;
	/** From now on its disk takes nothing, or takes everything again. Reading goes on. */
	disk(works: boolean): Promise<void>;
	/** Stops it where it is, connections open, as a machine that is out of breath; and lets it go on. */
	freeze(): void;
	thaw(): void;
	/** Running, and by the true clock, whatever was done to it. */
	recover(): Promise<void>;
	/** Stops it and removes its data. */
	close(): Promise<void>;
}

interface Run {
	child: ChildProcess;
	output: string[];
	ended: Promise<number | null>;
	took: number;
}

/** It takes a second or two of its own; others may want the machine as well. */
const patience = 45_000;

export async function startServer(options: Options = {}): Promise<Server> {
	if (!existsSync(join(root, 'build/handler.js'))) {
		throw new Error('There is no build/ to test. Run `npm run build` first.');
	}
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	const dataDir = await mkdtemp(join(tmpdir(), 'peerloom-test-'));
	const base = { PORT: String(port), ORIGIN: origin, DATA_DIR: dataDir, ...options.env };
	const forget = () => rm(dataDir, { recursive: true, force: true });
	const { flags = [], entry = 'server/main.ts' } = options;
	let ahead = 0;
	let run = await launch(origin, base, flags, entry).catch(async (error: unknown) => {
		await forget();
		throw error;
	});

	const stop = async (signal: 'SIGTERM' | 'SIGKILL') => {
		if (run.child.exitCode === null && run.child.signalCode === null) run.child.kill(signal);
		return run.ended;
	};

	/** Until it has heard: what is asked of it over the network may be quicker. */
	const tell = async (message: { ahead?: number; failing?: boolean }) => {
		const heard = new Promise<void>((done) => run.child.once('message', () => done()));
		run.child.send(message);
		await heard;
	};

	const restart = async (env: Record<string, string> = {}) => {
		await stop('SIGKILL');
		run = await launch(origin, { ...base, AHEAD: String(ahead), ...env }, flags, entry);
	};

	return {
		origin,
		dataDir,
		get pid() {
			return run.child.pid ?? -1;
		},
		get startedIn() {
			return run.took;
		},
		output: () => run.output.join(''),
		stop: () => stop('SIGTERM'),
		kill: async () => {
			await stop('SIGKILL');
		},
		restart,
		forward: (minutes) => {
			ahead += minutes * 60_000;
			return tell({ ahead });
		},
		disk: (works) => tell({ failing: !works }),
		freeze: () => void run.child.kill('SIGSTOP'),
		thaw: () => void run.child.kill('SIGCONT'),
		recover: async () => {
			const runs = run.child.exitCode === null && run.child.signalCode === null;
			if (runs && ahead === 0) return;
			ahead = 0;
			await restart();
		},
		close: async () => {
			// What a test is about is over: a process that does not end is no reason to wait for ever.
			const late = setTimeout(() => run.child.kill('SIGKILL'), 15_000);
			await stop('SIGTERM');
			clearTimeout(late);
			await forget();
		}
	};
}

async function launch(
	origin: string,
	env: Record<string, string>,
	flags: readonly string[],
	entry: string
): Promise<Run> {
	const begun = performance.now();
	const compiled = process.env.NODE_COMPILE_CACHE;
	const child = spawn(
		process.execPath,
		[...flags, '--import', join(import.meta.dirname, 'warp.ts'), join(root, entry)],
		{
			cwd: root,
			env: {
				PATH: process.env.PATH ?? '',
				HOME: process.env.HOME ?? '',
				...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled }),
				NODE_ENV: 'production',
				HOST: '127.0.0.1',
				LOG_LEVEL: 'warn',
				...env
			},
			stdio: ['ignore', 'pipe', 'pipe', 'ipc']
		}
	);
	endWithUs(child);
	const output: string[] = [];
	child.stdout?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
	child.stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
	const ended = new Promise<number | null>((done) => {
		child.once('exit', (code) => done(code));
	});
	const state = await until(
		async () => {
			if (child.exitCode !== null || child.signalCode !== null) return 'ended';
			return (await fetch(`${origin}/readyz`)).ok && 'ready';
		},
		`${origin}/readyz answers`,
		patience
	).catch(() => 'silent' as const);
	if (state !== 'ready') {
		child.kill('SIGKILL');
		const how =
			state === 'ended'
				? `ended with code ${await ended}`
				: `did not answer /readyz within ${patience / 1000} s`;
		throw new Error(`The server ${how}. It said at last:\n${output.join('').slice(-4000)}`);
	}
	return { child, output, ended, took: performance.now() - begun };
}
