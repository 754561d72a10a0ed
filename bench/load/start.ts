import { fork } from 'node:child_process';
import { join } from 'node:path';
import { endWithUs } from '../../tests/support/child.ts';
import type { Ask, Jobs, Say } from './worker.ts';

/** How long a job may take to reach its next stage. */
const PATIENCE = 150_000;

/** A job under way in a process of its own. */
export interface Load<Result> {
	readonly pid: number;
	/** Waits until the job is at this stage; it stays there. */
	at(stage: string): Promise<void>;
	go(): void;
	/** Waits for the end, and ends the process. */
	result(): Promise<Result>;
	/** Ends it, wherever it is. */
	stop(): void;
}

type Result<Name extends keyof Jobs> = Awaited<ReturnType<Jobs[Name]>>;

export function startLoad<Name extends keyof Jobs>(
	job: Name,
	args: Parameters<Jobs[Name]>[0]
): Load<Result<Name>> {
	const child = fork(join(import.meta.dirname, 'worker.ts'), {
		stdio: ['ignore', 'inherit', 'inherit', 'ipc']
	});
	endWithUs(child);
	const said: Say[] = [];
	let wake: () => void = () => {};
	let ended = false;
	child.on('message', (message: Say) => {
		said.push(message);
		wake();
	});
	child.once('exit', () => {
		ended = true;
		wake();
	});
	const ask = { job, args } as Ask;
	child.send(ask);

	async function next(what: string): Promise<Say> {
		const late = Date.now() + PATIENCE;
		while (said.length === 0) {
			if (ended) throw new Error(`The load of '${job}' ended before ${what}.`);
			if (Date.now() > late)
				throw new Error(`The load of '${job}' took longer than ${PATIENCE} ms until ${what}.`);
			await new Promise<void>((resolve) => {
				wake = resolve;
				setTimeout(resolve, 500).unref();
			});
		}
		const message = said.shift()!;
		if ('failed' in message) throw new Error(`The load of '${job}' failed: ${message.failed}`);
		return message;
	}

	const stop = () => child.kill('SIGKILL');
	return {
		pid: child.pid ?? -1,
		at: async (stage) => {
			const message = await next(`'${stage}'`);
			if (!('stage' in message) || message.stage !== stage)
				throw new Error(`The load of '${job}' said ${JSON.stringify(message)} instead of '${stage}'.`);
		},
		go: () => child.send('go'),
		result: async (): Promise<Result<Name>> => {
			try {
				const message = await next('its result');
				if (!('result' in message)) throw new Error(`The load of '${job}' said ${JSON.stringify(message)}.`);
				// the worker answers with what its job returns
				return message.result as Result<Name>;
			} finally {
				stop();
			}
		},
		stop
	};
}
