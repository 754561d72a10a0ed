/** Plays a format's demo from outside, as a meeting of real guests: commands over HTTP, documents over the stock client. */
import * as Y from 'yjs';
import type { Json, Tables } from '#lib/blocks/block.ts';
import type { AgendaRecord } from '#lib/blocks/agenda/model.ts';
import type { Demo, DemoPerson, DemoStep, Seen } from '#lib/formats/demo.ts';
import type { Format } from '#lib/formats/format.ts';
import { formats } from '#lib/formats/index.ts';
import { withEmptyCollections } from '#lib/room/empty.ts';
import {
	ask,
	command,
	createRoom,
	demand,
	guest,
	must,
	type Guest,
	type JoinedRoom,
	type Visitor
} from './api.ts';
import type { Server } from './server.ts';
import { sync, type Synced } from './sync.ts';
import { until } from './until.ts';

export interface Performance {
	room: JoinedRoom['room'];
	/** By the demo's keys; the first one is the host. */
	people: Readonly<Record<string, Visitor>>;
	host: Visitor;
	/** Reads what everybody in the room reads: the host, or the first who does where the host stands outside. */
	reader: Visitor;
	/** The host's. */
	team: string;
}

export interface Direction {
	/** Everybody is in. */
	begins?(on: Performance): Promise<void>;
	after?(step: DemoStep, index: number, on: Performance): Promise<void>;
	/**
	 * What is said in place of the demo's words, until one is taken; the demo's own are said at last. Nothing: only the
	 * demo's own.
	 */
	instead?(payload: Json): readonly Json[];
	/** The demo's words for what was said in their place: it finds things by them. */
	recall?(text: string): string;
	/** Told what became of each. */
	said?(payload: Json, taken: boolean): void;
	/** What is done to a document besides, in the same breath. */
	alsoWrites?(doc: Y.Doc): void;
	/** Everybody's name, and the room's title. */
	named?(name: string): string;
}

export async function perform(
	server: Server,
	format: string,
	demo: Demo,
	direction: Direction = {}
): Promise<Performance> {
	const named = direction.named ?? ((name: string) => name);
	const people: Record<string, Visitor> = {};
	for (const { key, name } of demo.people) people[key] = await guest(server.origin, named(name));
	const host = people[demo.people[0]!.key]!;
	const { room } = await createRoom(host, {
		title: named(demo.title),
		format,
		...(demo.preset && { preset: demo.preset }),
		settings: demo.settings ?? {}
	});
	const roles = rolesOf(format, demo);
	const reads = demo.people.find(({ role }) => roles[role]?.outside === undefined);
	const reader = people[(reads ?? demo.people[0]!).key]!;
	const on: Performance = { room, people, host, reader, team: demo.people[0]!.team ?? '' };
	for (const { key, team, ...place } of demo.people) {
		const who = people[key]!;
		if (who !== host) await comeIn(on, who, place);
		if (team) await must(who, room.id, 'roster.describe', { team });
	}
	await direction.begins?.(on);
	const results: Record<string, Json> = {};
	const eyes = witness(on, results, direction.recall);
	try {
		await eyes.setClock();
		for (const [index, step] of demo.steps.entries()) {
			await take(step, on, eyes, results, server, direction).catch((error: unknown) => {
				throw new Error(`The demo of ${format}, step ${index + 1}: ${String(error)}`, { cause: error });
			});
			await direction.after?.(step, index, on);
		}
	} finally {
		eyes.close();
	}
	return on;
}

/** A format of the tests alone has nobody who stands outside. */
export function rolesOf(format: string, { preset }: Demo): Format['roles'] {
	const known = formats[format];
	return { ...known?.roles, ...(preset === undefined ? {} : known?.presets?.[preset]?.roles) };
}

/** Through the door in the role if it is open to all, else the host gives it, or the room itself. */
async function comeIn(
	{ room, host }: Performance,
	who: Guest,
	{ role, seated }: Pick<DemoPerson, 'role' | 'seated'>
): Promise<void> {
	const { id } = room;
	const open = await ask(who.origin, `/api/rooms/${id}/join`, { body: { role }, token: who.token });
	const joined = open.ok
		? open
		: await ask(who.origin, `/api/rooms/${id}/join`, { body: {}, token: who.token });
	if (!joined.ok) throw new Error(`${who.person.name} cannot join: ${await joined.text()}`);
	if (joined.status === 202) await must(host, id, 'roster.admit', { person: who.person.id });
	const { role: has } = await demand<JoinedRoom>(who.origin, `/api/rooms/${id}`, { token: who.token });
	if (has === role) return;
	const given = seated ?? { run: 'roster.assign', with: { role } };
	await must(host, id, given.run, { ...given.with, person: who.person.id });
}

async function take(
	step: DemoStep,
	on: Performance,
	eyes: Witness,
	results: Record<string, Json>,
	server: Server,
	direction: Direction
): Promise<void> {
	if ('opens' in step) return;
	if ('wait' in step) {
		// a second more: what comes a day after something comes a day after the room has done it
		await server.forward(step.wait + 1 / 60);
		await eyes.setClock();
		// A room looks at what is due when something comes up in it, and does it by a timer; what comes up after that is
		// answered after it. Several things may be due, one after the other.
		for (let n = 0; n < 3; n++) {
			await must(on.host, on.room.id, 'roster.describe', { team: on.team });
			await new Promise((timer) => setTimeout(timer, 20));
		}
		return;
	}
	const who = on.people[step.by];
	if (!who) throw new Error(`nobody is called "${step.by}"`);
	if ('write' in step) return write(who, step.write, step.change, on, eyes, direction);
	// what everybody sees may be a moment behind what was answered
	await until(async () => {
		const payload = step.with?.(await eyes.seen()) ?? {};
		for (const said of [...(direction.instead?.(payload) ?? []), payload]) {
			const answer = await command(who, on.room.id, step.run, said);
			direction.said?.(said, answer.ok);
			if (answer.ok) {
				if (step.as !== undefined) results[step.as] = answer.result ?? null;
				return true;
			}
			if (said === payload) throw new Error(`${step.by} ${step.run}: ${answer.error.message}`);
		}
		return false;
	}, `${step.by} may ${step.run}`);
}

async function write(
	who: Guest,
	short: string,
	change: (doc: Y.Doc, seen: Seen) => void,
	on: Performance,
	eyes: Witness,
	direction: Direction
): Promise<void> {
	const { documents } = await demand<JoinedRoom>(who.origin, `/api/rooms/${on.room.id}`, {
		token: who.token
	});
	const own = `own/${who.person.id}`;
	const use = documents.find(({ name }) => name.replace(/^m\d+\//, '') === short || name === own);
	if (use?.access !== 'write') throw new Error(`${who.person.name} may not write in "${short}"`);
	const document = sync(who.origin, on.room.id, use.name, who.token);
	await document.ready();
	const seen = await eyes.seen();
	document.doc.transact(() => change(document.doc, seen));
	document.doc.transact(() => direction.alsoWrites?.(document.doc));
	const reader = sync(who.origin, on.room.id, use.name, who.token);
	const vector = () => Buffer.from(Y.encodeStateVector(document.doc)).toString('hex');
	await reader.shows(
		'what was written',
		(doc) => Buffer.from(Y.encodeStateVector(doc)).toString('hex') === vector()
	);
	document.close();
	reader.close();
}

/** What the room shows everybody, read over one connection as long as a meeting lasts. */
function witness(
	{ room, reader, people }: Performance,
	results: Record<string, Json>,
	recall: Direction['recall']
) {
	const ids = Object.fromEntries(Object.entries(people).map(([key, { person }]) => [key, person.id]));
	let meeting = 0;
	let record: Synced | null = null;
	/** Of the server's clock, which the demo puts forward, against ours. */
	let ahead = 0;
	const read = (instance: string) => {
		const map = record!.doc.getMap<Json>(instance);
		return tablesOf(recall ? [...map].map(([path, value]) => [path, recalled(value, recall)]) : map);
	};
	return {
		async setClock(): Promise<void> {
			const { now } = await demand<{ now: number }>(reader.origin, '/api/time');
			ahead = now - Date.now();
		},
		async seen(): Promise<Seen> {
			const info = await demand<{ meeting: number }>(reader.origin, `/api/rooms/${room.id}`, {
				token: reader.token
			});
			if (info.meeting !== meeting) {
				record?.close();
				meeting = info.meeting;
				record = sync(reader.origin, room.id, `m${meeting}/record`, reader.token);
				await record.ready();
			}
			const agenda = read('agenda') as AgendaRecord;
			return {
				run: agenda.now.current?.run ?? '',
				people: ids,
				results,
				now: Date.now() + ahead,
				record: read
			};
		},
		close: () => record?.close()
	};
}

type Witness = ReturnType<typeof witness>;

/** `<collection>/<key>` → value, as the server publishes an instance. */
function tablesOf(map: Iterable<[string, Json]>): Tables {
	const tables: Record<string, Record<string, Json>> = {};
	for (const [path, value] of map) {
		const cut = path.indexOf('/');
		(tables[path.slice(0, cut)] ??= {})[path.slice(cut + 1)] = value;
	}
	return withEmptyCollections(tables);
}

function recalled(value: Json, recall: (text: string) => string): Json {
	if (typeof value === 'string') return recall(value);
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map((one) => recalled(one as Json, recall));
	return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, recalled(one as Json, recall)]));
}
