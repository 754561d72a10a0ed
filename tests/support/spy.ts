/** A member who keeps every byte that reaches them, over every way there is, and tries every document. */
import { WebSocket } from 'ws';
import { ask, demand, type Guest, type JoinedRoom } from './api.ts';
import { live } from './live.ts';
import { until } from './until.ts';

/** Sync step 1 of an empty document: send me all that you have. Then: who is there. */
const EVERYTHING = Buffer.from([0, 0, 1, 0]);
const WHO_IS_THERE = Buffer.from([3]);

export interface Spy {
	/** Asks for all that can be asked for once more, and searches for words; everything that ever came, as text. */
	knows(...searched: string[]): Promise<string>;
	/** As the projector, too: a token of its link. */
	show(screen: string): void;
	close(): void;
}

/**
 * `short`: all documents that the format has, whoever they are for. `role`: chosen at the door, by somebody who is not
 * in the room yet.
 */
export async function spy(who: Guest, code: string, short: readonly string[], role?: string): Promise<Spy> {
	const { room } = await demand<JoinedRoom>(who.origin, `/api/rooms/${code}/join`, {
		body: { role },
		token: who.token
	});
	const heard: Buffer[] = [];
	let screen: string | null = null;
	const sockets: WebSocket[] = [];
	const command = await live(who.origin, who.token);
	command.socket.io.engine.on('packet', ({ data }: { data?: unknown }) => {
		if (data !== undefined) heard.push(Buffer.from(String(data)));
	});
	command.socket.onAny((...all: unknown[]) => heard.push(Buffer.from(JSON.stringify(all))));
	heard.push(Buffer.from(JSON.stringify(await command.enter(room.id))));

	const meetingNow = async () =>
		(await demand<{ meeting: number }>(who.origin, `/api/rooms/${room.id}`, { token: who.token })).meeting;

	async function openAll(): Promise<void> {
		const meeting = await meetingNow();
		const names = ['record', 'desk', ...short].flatMap((name) => [name, `m${meeting}/${name}`]);
		const keys = [`token=${who.token}`, ...(screen === null ? [] : [`screen=${screen}`])];
		await Promise.all(
			names
				.flatMap((name) => keys.map((key) => ({ name, key })))
				.map(({ name, key }) => {
					const address = `${who.origin.replace('http', 'ws')}/sync/${room.id}/${name}?${key}&saved=1`;
					const socket = new WebSocket(address);
					sockets.push(socket);
					let answered = false;
					socket.on('message', (data: Buffer) => {
						answered = true;
						heard.push(data);
					});
					socket.on('close', (_, reason) => {
						answered = true;
						heard.push(reason);
					});
					socket.on('open', () => {
						socket.send(EVERYTHING);
						socket.send(WHO_IS_THERE);
					});
					return until(() => answered, `${name} answers`);
				})
		);
	}

	async function askAll(searched: readonly string[]): Promise<void> {
		const history = await demand<{ documents: Record<string, { update: string }[]> }>(
			who.origin,
			`/api/rooms/${room.id}/history?meeting=${await meetingNow()}`,
			{ token: who.token }
		);
		for (const { update } of Object.values(history.documents).flat())
			heard.push(Buffer.from(update, 'base64'));
		const paths = [
			`/api/rooms/${room.id}`,
			...['markdown', 'json', 'csv'].map((as) => `/api/rooms/${room.id}/export?as=${as}`),
			`/r/${room.code}`,
			`/r/${room.code}/m/1`,
			'/',
			'/week',
			...(screen === null ? [] : [`/screen/${screen}`]),
			...searched.map((word) => `/api/search?q=${encodeURIComponent(word)}`)
		];
		for (const path of paths) {
			const answer = await ask(who.origin, path, { token: who.token });
			// Somebody outside is refused an export; the refusal is heard like all else.
			if (!answer.ok && answer.status !== 403 && path.startsWith('/api'))
				throw new Error(`${path} → ${answer.status}`);
			heard.push(Buffer.from(await answer.text()));
		}
	}

	await openAll();
	return {
		show: (token) => void (screen = token),
		async knows(...searched) {
			// a storm is shown up to 100 ms later
			await new Promise((done) => setTimeout(done, 250));
			await openAll();
			await askAll(searched);
			return Buffer.concat(heard).toString('utf8');
		},
		close() {
			command.close();
			for (const socket of sockets) socket.terminate();
		}
	};
}
