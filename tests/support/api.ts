/** Peerloom from the outside, as docs/protocol.md describes it: what a script of somebody else's would do. */
import type { Json } from '#lib/blocks/block.ts';

export interface Guest {
	origin: string;
	token: string;
	person: { id: string; name: string };
}

/** With what a browser shows for the same session: `name=value`. */
export interface Visitor extends Guest {
	cookie: string;
}

export interface JoinedRoom {
	room: { id: string; code: string; url: string; title: string; format: string };
	role: string;
	documents: { name: string; scope: 'meeting' | 'room' | 'person'; access: 'read' | 'write' }[];
}

export type CommandAnswer<Result = Json | undefined> =
	{ ok: true; result: Result } | { ok: false; error: { code: string; message: string; field?: string } };

export interface NewRoom {
	title: string;
	format: string;
	preset?: string;
	settings?: { [key: string]: Json | undefined };
}

interface Asked {
	method?: string;
	/** Sent as JSON. */
	body?: unknown;
	token?: string;
	headers?: Record<string, string>;
}

/** Any request; the caller looks at the status. */
export async function ask(origin: string, path: string, asked: Asked = {}): Promise<Response> {
	return fetch(new URL(path, origin), {
		method: asked.method ?? (asked.body === undefined ? 'GET' : 'POST'),
		headers: {
			origin,
			...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
			...(asked.token === undefined ? {} : { authorization: `Bearer ${asked.token}` }),
			...asked.headers
		},
		...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) })
	});
}

/** A request that has to succeed; its JSON. */
export async function demand<T>(origin: string, path: string, asked: Asked = {}): Promise<T> {
	const answer = await ask(origin, path, asked);
	const text = await answer.text();
	if (!answer.ok) {
		throw new Error(`${asked.method ?? (asked.body ? 'POST' : 'GET')} ${path} → ${answer.status}: ${text}`);
	}
	return JSON.parse(text) as T;
}

export async function guest(origin: string, name: string): Promise<Visitor> {
	const answer = await ask(origin, '/api/guests', { body: { name } });
	if (!answer.ok) throw new Error(`There is no guest "${name}": ${answer.status}: ${await answer.text()}`);
	const made = (await answer.json()) as Omit<Guest, 'origin'>;
	const [cookie = ''] = answer.headers.getSetCookie()[0]?.split(';') ?? [];
	return { origin, ...made, cookie };
}

export function createRoom(by: Guest, room: NewRoom): Promise<JoinedRoom> {
	return demand(by.origin, '/api/rooms', { body: room, token: by.token });
}

export function join(by: Guest, idOrCode: string, role?: string): Promise<JoinedRoom> {
	return demand(by.origin, `/api/rooms/${idOrCode}/join`, { body: { role }, token: by.token });
}

/** Over HTTP. A refusal is an answer, not an error; anything that is no answer to a command throws. */
export async function command<Result = Json | undefined>(
	by: Guest,
	room: string,
	type: string,
	payload: Json = {},
	id?: string
): Promise<CommandAnswer<Result>> {
	const answer = await ask(by.origin, `/api/rooms/${room}/commands`, {
		body: { id, type, payload },
		token: by.token
	});
	const said = (await answer.json()) as CommandAnswer<Result>;
	if (typeof said.ok !== 'boolean' || said.ok !== answer.ok) {
		throw new Error(`${type} → ${answer.status}: ${JSON.stringify(said)}`);
	}
	return said;
}

/** A command that has to succeed; its result. */
export async function must<Result = Json | undefined>(
	by: Guest,
	room: string,
	type: string,
	payload: Json = {}
): Promise<Result> {
	const said = await command<Result>(by, room, type, payload);
	if (!said.ok) throw new Error(`${type} was refused: ${said.error.code}: ${said.error.message}`);
	return said.result;
}
