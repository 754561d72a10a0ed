/** The servers that are compared: each a process of its own, on a free port, on the loopback address. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRoom, guest, type Guest, type JoinedRoom } from '../tests/support/api.ts';
import { endWithUs, freePort } from '../tests/support/child.ts';
import { startServer, type Server } from '../tests/support/server.ts';
import { until } from '../tests/support/until.ts';
import type { Target } from './load/dialect.ts';

export interface Subject {
	readonly name: string;
	readonly pid: number;
	/** A document that whoever opens it may write. */
	document(): Promise<Target>;
	close(): Promise<void>;
}

export interface Peerloom extends Subject {
	readonly server: Server;
	host(): Promise<Guest>;
	room(format: string, settings?: JoinedRoomSettings): Promise<{ host: Guest; joined: JoinedRoom }>;
	target(room: string, document: string, token: string): Target;
}

/** How long a server may take to stop, ms; its own deadline is 10 s. */
const PATIENCE = 12_000;

const COLLECT = join(import.meta.dirname, 'collect.mjs');

type JoinedRoomSettings = Parameters<typeof createRoom>[1]['settings'];

/** As package.json's `start` runs it. */
async function startFlags(): Promise<string[]> {
	const file = await readFile(join(import.meta.dirname, '../package.json'), 'utf8');
	const { scripts } = JSON.parse(file) as { scripts: { start: string } };
	return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

export async function startPeerloom(flags?: readonly string[]): Promise<Peerloom> {
	const server = await startServer({
		env: { LIMITS: 'off' },
		flags: [...(flags ?? (await startFlags())), '--import', COLLECT]
	});
	const target = (room: string, document: string, token: string): Target => ({
		dialect: 'plain',
		url: `${server.origin.replace(/^http/, 'ws')}/sync/${room}/${document}?token=${token}`,
		name: document
	});
	let someone: Promise<Guest> | null = null;
	const host = () => (someone ??= guest(server.origin, 'Host'));
	const room = async (format: string, settings?: JoinedRoomSettings) => {
		const by = await host();
		const joined = await createRoom(by, { title: 'Measured', format, ...(settings && { settings }) });
		return { host: by, joined };
	};
	return {
		name: 'Peerloom',
		server,
		host,
		room,
		target,
		get pid() {
			return server.pid;
		},
		async document() {
			const { host: by, joined } = await room('action-learning');
			const written = joined.documents.find(({ scope, access }) => access === 'write' && scope !== 'person');
			if (!written) throw new Error('Whoever opens a room may write no shared document at once.');
			return target(joined.room.id, written.name, by.token);
		},
		async close() {
			// a process that cannot end must not hold up those that come after it
			const late = setTimeout(() => void server.kill(), PATIENCE);
			await server.close();
			clearTimeout(late);
		}
	};
}

async function startPeer(name: string, file: string, dialect: Target['dialect']): Promise<Subject> {
	const port = await freePort();
	const data = await mkdtemp(join(tmpdir(), 'peerloom-bench-'));
	const child = spawn(process.execPath, ['--import', COLLECT, join(import.meta.dirname, 'peers', file)], {
		env: { PATH: process.env.PATH, HOME: data, PORT: String(port), DATA_DIR: data, NODE_ENV: 'production' },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	endWithUs(child);
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	const ended = new Promise<void>((done) => child.once('exit', () => done()));
	await until(() => /ready|running/.test(output), `${name} listens`, 20_000).catch((error: unknown) => {
		child.kill('SIGKILL');
		throw new Error(`${name} did not start. It said: ${output}`, { cause: error });
	});
	let documents = 0;
	return {
		name,
		pid: child.pid ?? -1,
		document: async () => {
			const document = `document-${++documents}`;
			return { dialect, url: `ws://127.0.0.1:${port}/${document}`, name: document };
		},
		close: async () => {
			child.kill('SIGKILL');
			await ended;
			await rm(data, { recursive: true, force: true });
		}
	};
}

/** By the name under which they stand in the results. */
export const subjects = {
	relay: () => startPeer('bare relay', 'relay.mjs', 'deaf'),
	yWebsocket: () => startPeer('y-websocket 2', 'y-websocket.mjs', 'plain'),
	hocuspocus: () => startPeer('Hocuspocus 4', 'hocuspocus.mjs', 'hocuspocus'),
	/** Only for joins: sends bytes, and is no sync server. */
	blob: () => startPeer('the bytes alone', 'blob.mjs', 'plain'),
	peerloom: (): Promise<Subject> => startPeerloom()
};
