/** Rooms over a real store in memory, with a small format of their own, a clock to set and a store that can fail. */
import { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { agenda } from '#lib/blocks/agenda/rules.ts';
import { command, defineBlock, refuse, type Context, type Json } from '#lib/blocks/block.ts';
import type { Profile } from '#lib/blocks/profile.ts';
import { roster } from '#lib/blocks/roster/rules.ts';
import { facilitation, type Format, type Phase } from '#lib/formats/format.ts';
import type { Person } from '../identity/person.ts';
import { Committer } from '../storage/committer.ts';
import { createSqliteStore } from '../storage/sqlite.ts';
import type { Store } from '../storage/store.ts';
import { createHub } from '../sync/hub.ts';
import { TestClient } from '../sync/testing/client.ts';
import type { Chance } from './batch.ts';
import type { Message } from './room.ts';
import { createRooms } from './rooms.ts';
import { nowOf, type Registry } from './world.ts';

type Pad = {
	written: Record<string, number>;
	notes: Record<string, { text: string; by: string }>;
	secrets: Record<string, string>;
	hands: Record<string, boolean>;
	alarm: { at?: number };
};

const text = v.object({ text: v.pipe(v.string(), v.maxLength(200)) });

/** Something of everything: notes for all, a secret of each, hands in a storm, an alarm, and what goes wrong. */
export const pad = defineBlock<Pad, { most: number }>({
	name: 'pad',
	settings: v.object({ most: v.optional(v.number(), 1000) }),
	initial: () => ({ written: {}, notes: {}, secrets: {}, hands: {}, alarm: {} }),
	commands: {
		add: command(text, (state: Pad, { text }, ctx: Context<{ most: number }>) => {
			if (Object.keys(state.notes).length >= ctx.settings.most) return refuse('many', 'Remove a note first.');
			const id = ctx.id();
			state.notes[id] = { text, by: ctx.by.id };
			ctx.emit('added', { text });
			return id;
		}),
		remove: command(v.object({ id: v.string() }), (state: Pad, { id }) => {
			if (!state.notes[id]) return refuse('gone', 'There is no such note.', 'id');
			delete state.notes[id];
		}),
		/** Fails after it has changed the state. */
		spoil: command(v.object({}), (state: Pad, _, ctx) => {
			state.notes.spoilt = { text: 'spoilt', by: ctx.by.id };
			return refuse('spoilt', 'This never works.');
		}),
		crash: command(v.object({}), () => {
			throw new Error('A rule with a mistake.');
		}),
		circle: command(v.object({}), (_: Pad, __, ctx) => ctx.emit('circled', {})),
		whisper: command(text, (state: Pad, { text }, ctx) => {
			state.secrets[ctx.by.id] = text;
		}),
		whisperTo: command(v.object({ person: v.string(), text: v.string() }), (state: Pad, payload, ctx) => {
			state.secrets[payload.person] = payload.text;
			ctx.touch(payload.person);
		}),
		hand: command(
			v.object({ up: v.boolean() }),
			(state: Pad, { up }, ctx) => {
				if (up) state.hands[ctx.by.id] = true;
				else delete state.hands[ctx.by.id];
			},
			{ storm: true }
		),
		wake: command(v.object({ at: v.number() }), (state: Pad, { at }) => {
			state.alarm = { at };
		}),
		ring: command(v.object({}), (state: Pad, _, ctx) => {
			if ((state.alarm.at ?? Infinity) > ctx.now) return refuse('early', 'It is not time yet.');
			state.alarm = {};
			state.notes[ctx.id()] = { text: 'ring', by: '' };
		}),
		credit: command(
			v.object({ meeting: v.number(), written: v.record(v.string(), v.number()) }),
			(state: Pad, { written }) => {
				state.written = written;
			}
		),
		/** Rings for ever, and is refused. */
		jam: command(v.object({}), (state: Pad) => {
			state.alarm = { at: -1 };
		})
	},
	configured: (state, before, { most }) => {
		state.notes.configured = { text: `${before.most} → ${most}`, by: '' };
	},
	publish: (state) => ({
		record: { notes: state.notes, hands: { up: { count: Object.keys(state.hands).length } } },
		desk: { hands: state.hands }
	}),
	own: (state, person) => ({ secret: state.secrets[person] ?? null, hand: state.hands[person] ?? false }),
	facts: (state) => ({ notes: Object.keys(state.notes).length }),
	ledger: (state, { people }) =>
		Object.entries(state.notes).map(([id, { text, by }]) => ({
			id,
			kind: 'action',
			person: people[by] ? by : null,
			state: 'open',
			due: null,
			text,
			data: {}
		})),
	carry: (state) => ({ written: {}, notes: state.notes, secrets: {}, hands: {}, alarm: {} }),
	due: ({ alarm }) =>
		alarm.at === undefined ? null : { at: alarm.at, verb: alarm.at < 0 ? 'spoil' : 'ring', payload: {} },
	seed: (doc, template) => {
		doc.getText('t').insert(0, template);
	}
});

const name = (en: string) => ({ en });
const phase = (id: string, more: Partial<Phase>): Phase => ({
	id,
	name: name(`Phase ${id}`),
	about: name(id),
	when: 'live',
	minutes: null,
	stage: ['pad'],
	may: {},
	...more
});

export const meet: Format = {
	name: 'meet',
	text: name('Meet'),
	about: name('A format for tests.'),
	people: name('any'),
	least: 1,
	most: 100,
	length: name('any'),
	roles: {
		host: { name: name('Host'), about: name(''), facilitates: true, moderates: true },
		member: { name: name('Member'), about: name(''), open: true },
		guest: { name: name('Guest'), about: name(''), open: true, crowd: true }
	},
	host: 'host',
	guest: 'member',
	blocks: {
		agenda: { block: 'agenda', scope: 'meeting', name: name('Phases') },
		roster: { block: 'roster', scope: 'room', name: name('People') },
		pad: { block: 'pad', scope: 'meeting', name: name('Pad'), settings: { most: 50 } },
		shelf: { block: 'pad', scope: 'room', name: name('Shelf'), settings: { most: 2 } }
	},
	documents: {
		board: {
			scope: 'meeting',
			read: '*',
			write: ['host', 'member'],
			open: ['P0', 'P1'],
			seed: { block: 'pad', template: 'hello' }
		},
		page: { scope: 'room', read: ['host'], write: ['host'], seed: { block: 'pad', template: 'welcome' } },
		paper: { scope: 'meeting', read: '*', write: '*', credit: 'pad.credit' },
		journal: { scope: 'person', read: [], write: ['member'] },
		'side/for': { scope: 'meeting', read: [], write: ['member'], reveal: 'P2' }
	},
	phases: [
		phase('P0', { when: 'ahead' }),
		phase('P1', {
			minutes: 10,
			enter: [{ run: 'pad.add', payload: { text: 'P1 has begun' } }],
			leave: [{ run: 'pad.add', payload: { text: 'P1 is over' } }],
			may: { 'pad.circle': '*' }
		}),
		phase('P2', {
			may: { 'pad.remove': ['host'], 'shelf.*': ['host'] },
			gate: [{ fact: 'pad.notes', atLeast: 1, because: name('Write something first.') }],
			leave: [{ run: 'pad.add', payload: { text: 'P2 is over' } }]
		}),
		phase('P3', { when: 'after', enter: [{ run: 'pad.spoil' }] })
	],
	always: {
		...facilitation(['host']),
		...Object.fromEntries(
			['add', 'spoil', 'crash', 'whisper', 'whisperTo', 'hand', 'wake', 'jam'].map((verb) => [
				`pad.${verb}`,
				'*' as const
			])
		),
		'roster.lots': ['host']
	},
	panel: ['roster'],
	presets: {
		/** With an instance and documents of its own, and other settings for one that it shares. */
		brief: {
			text: name('Brief'),
			about: name(''),
			phases: [phase('B0', { when: 'ahead', may: { 'slip.*': '*' } }), phase('P1', { minutes: 5 })],
			blocks: {
				pad: { block: 'pad', scope: 'meeting', name: name('Pad'), settings: { most: 9 } },
				slip: { block: 'pad', scope: 'meeting', name: name('Slip') },
				box: { block: 'pad', scope: 'room', name: name('Box') }
			},
			documents: {
				sheet: {
					scope: 'meeting',
					read: '*',
					write: ['member'],
					seed: { block: 'pad', template: 'a sheet' }
				},
				diary: {
					scope: 'room',
					read: ['host'],
					write: ['host'],
					seed: { block: 'pad', template: 'a diary' }
				},
				'side/brief': { scope: 'meeting', read: [], write: ['member'], reveal: 'P1' }
			},
			always: { 'box.add': '*' }
		}
	},
	wires: [
		{ on: 'shelf.added', run: 'pad.add', take: { text: 'text' } },
		{ on: 'pad.circled', run: 'pad.circle' }
	]
};

export const registry: Registry = { formats: { meet }, blocks: { agenda, roster, pad } };

export const somebody = (id: string, account = false): Person => ({
	id,
	name: id.toUpperCase(),
	account,
	email: null,
	locale: null
});

/** Ids that repeat, and a clock that stands `ahead` of the real one. */
export function fakeChance(): Chance & { ahead: number } {
	let ids = 0;
	const chance = {
		ahead: 0,
		now: () => Date.now() + chance.ahead,
		id: () => `id${++ids}`,
		random: () => 0.5
	};
	return chance;
}

export async function hall(
	database = new DatabaseSync(':memory:'),
	chance = fakeChance(),
	{
		known = registry,
		tick,
		archivedDays = null
	}: { known?: Registry; tick?: number; archivedDays?: number | null } = {}
) {
	const real = await createSqliteStore(database);
	const fails = { commit: false, command: false, deletion: false };
	const units = { count: 0 };
	const store: Store = {
		...real,
		commit: async (all) => {
			if (fails.commit) throw new Error('The disk is full.');
			units.count += all.length;
			return real.commit(all);
		},
		command: async (...key) => {
			if (fails.command) throw new Error('The disk is away.');
			return real.command(...key);
		},
		deleteRoom: async (room) => {
			if (fails.deletion) throw new Error('The disk is busy.');
			return real.deleteRoom(room);
		}
	};
	const errors: string[] = [];
	const log = {
		warn: (_: object, message: string) => void errors.push(message),
		error: (_: object, message: string) => void errors.push(message)
	};
	const committer = new Committer(store, { log, ...(tick === undefined ? {} : { tick }) });
	const hub = createHub({ store, committer, log });
	const people = new Map<string, Person>();
	const profiles = new Map<string, Profile>();
	const directory = {
		profile: (id: string) => profiles.get(id) ?? null,
		person: (id: string) => people.get(id) ?? null
	};
	const rooms = createRooms({
		...{ store, committer, hub, registry: known, chance, log, directory },
		archivedDays
	});

	async function open(input: object = {}, demo?: { ago: number }) {
		const asked = { title: 'A room', format: 'meet', ...input };
		const made = await rooms.create(somebody('hedda', true), asked, demo);
		if (!made.ok) throw new Error(made.refusal.message);
		const room = (await rooms.get(made.value.room.id))!;
		let commands = 0;
		const run = (by: string, type: string, payload: unknown = {}, id = `c${++commands}`) =>
			room.command(by, id, type, payload);
		return {
			room,
			id: room.id,
			code: made.value.room.code,
			run,
			must: async (by: string, type: string, payload: unknown = {}) => {
				const answer = await run(by, type, payload);
				if (!answer.ok) throw new Error(`${type}: ${answer.error.code}, ${answer.error.message}`);
				return answer.result;
			},
			join: (id: string, role: string | null = null, account = false) =>
				rooms.join(somebody(id, account), room.id, role),
			expects: () => ({ expects: nowOf(room.world)!.run }),
			/** Hears what one person is told. */
			listen(person: string) {
				const heard: Message[] = [];
				const end = room.listen({ person, hear: (message) => void heard.push(message) });
				const own = () => heard.filter((one) => one.is === 'own').map(({ own }) => own as Json);
				return { heard, own, end };
			},
			/** Opens a document as this person, with the access that the room gives. */
			async connect(person: string, name: string) {
				const principal = room.principal(person);
				const may = principal ? await room.access(principal, name) : 'none';
				if (may === 'none') throw new Error(`${person} may not open ${name}.`);
				return new TestClient(hub, `${room.id}/${name}`, { who: { person, name: person }, access: may });
			}
		};
	}

	return { database, chance, people, profiles, store, committer, hub, rooms, fails, errors, units, open };
}
