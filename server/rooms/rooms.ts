/** All rooms: makes them, finds them, opens each once, lets people in, and deletes for good. */
import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { refuse, type Refusal, type Tables } from '#lib/blocks/block.ts';
import { checkSettings, roomSettings, SettingsError } from '#lib/formats/resolve.ts';
import type { Person } from '../identity/person.ts';
import type { MyRoom, RoomRow, StateRow } from '../storage/store.ts';
import { CLOSE } from '../sync/hub.ts';
import { Batch, SERVER, type Answer } from './batch.ts';
import { memberChanges, meetingRow, seeds, stateChanges, type Ledger } from './changes.ts';
import { title } from './lifecycle.ts';
import { Room, type RoomDeps, type RoomInfo } from './room.ts';
import { furnish, memberOf, withStates, type World } from './world.ts';

/** Without letters and digits that are taken for one another when read aloud or off a wall. */
const CODE_LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const UNLOAD_AFTER = 60_000;

const making = v.object({
	title,
	format: v.string('Choose a format.'),
	preset: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(40))), null),
	settings: v.optional(roomSettings, {})
});

export type Found<T> =
	{ ok: true; value: T } | { ok: false; status: 403 | 404 | 409 | 422; refusal: Refusal };

export interface Rooms {
	/** `ago`: milliseconds by which the room's clock is put back at first, for a demo. */
	create(person: Person, input: unknown, ago?: number): Promise<Found<RoomInfo>>;
	/** By id alone, which nobody can guess; whoever takes a code as well has to count wrong ones. */
	get(id: string): Promise<Room | null>;
	/** By id or code; null where there is none. */
	find(idOrCode: string): Promise<Room | null>;
	findByScreen(screen: string): Promise<Room | null>;
	join(person: Person, idOrCode: string, role: string | null): Promise<Found<RoomInfo>>;
	command(
		person: Person,
		room: string,
		command: { id: string; type: string; payload: unknown }
	): Promise<Answer>;
	mine(person: Person): Promise<MyRoom[]>;
	/** Deletes the room for good; only its owner may. */
	remove(person: Person, room: string): Promise<Found<null>>;
	/** A guest has signed in to an account: what was the guest's is the account's from now on. */
	adopt(guest: Person, account: Person): Promise<void>;
	close(): Promise<void>;
	readonly open: number;
}

const notFound: Found<never> = {
	ok: false,
	status: 404,
	refusal: refuse('not_found', 'There is no room with this code. Check the code, or ask whoever invited you.')
};

const forbidden = (code: string, message: string): Found<never> => ({
	ok: false,
	status: 403,
	refusal: refuse(code, message)
});

export function normaliseCode(text: string): string {
	return text.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
}

function newCode(): string {
	let code = '';
	while (code.length < 6) {
		const byte = randomBytes(1)[0]!;
		if (byte < 240) code += CODE_LETTERS[byte % CODE_LETTERS.length];
	}
	return code;
}

export function createRooms(deps: RoomDeps): Rooms {
	const { store, committer, hub, registry, chance } = deps;
	const open = new Map<string, Promise<Room | null>>();
	/** Rooms that are loaded, for counting and unloading. */
	const loaded = new Map<string, Room>();
	const sweeper = setInterval(() => {
		for (const [id, room] of loaded) if (room.idle) unload(id, room);
	}, UNLOAD_AFTER);
	sweeper.unref();

	function unload(id: string, room: Room): void {
		loaded.delete(id);
		open.delete(id);
		void room.close();
	}

	/** `ago`: of a demo that is being made, see Timetable. */
	function room(id: string, ago = 0): Promise<Room | null> {
		let opening = open.get(id);
		if (!opening) {
			opening = load(id, ago).then((found) => {
				if (found) loaded.set(id, found);
				else open.delete(id);
				return found;
			});
			opening.catch(() => open.delete(id));
			open.set(id, opening);
		}
		return opening;
	}

	async function load(id: string, ago: number): Promise<Room | null> {
		const row = await store.room(id);
		if (!row) return null;
		const [rows, entries] = await Promise.all([store.state(id, row.meeting), store.ledger(id)]);
		const furnished = furnish(row, registry);
		const world = withStates({ row, ...furnished, states: statesOf(rows, furnished.instances) }, null);
		const ledger: Ledger = new Map(entries.map((entry) => [`${entry.instance}/${entry.id}`, entry]));
		const opened = new Room(world, ledger, deps, ago);
		await opened.show();
		return opened;
	}

	async function find(idOrCode: string): Promise<Room | null> {
		if (idOrCode.length > 40) return null;
		const byId = await room(idOrCode);
		if (byId) return byId;
		const code = normaliseCode(idOrCode);
		if (code.length !== 6) return null;
		const row = await store.roomByCode(code);
		return row && room(row.id);
	}

	async function freeCode(): Promise<string> {
		for (;;) {
			const code = newCode();
			if (!(await store.roomByCode(code))) return code;
		}
	}

	async function create(person: Person, input: unknown, ago = 0): Promise<Found<RoomInfo>> {
		const parsed = v.safeParse(making, input);
		if (!parsed.success) {
			const [issue] = parsed.issues;
			const field = v.getDotPath(issue) ?? undefined;
			return { ok: false, status: 422, refusal: refuse('invalid', issue.message, field) };
		}
		const { title, format: name, preset, settings } = parsed.output;
		const format = Object.hasOwn(registry.formats, name) ? registry.formats[name] : undefined;
		if (!format) {
			const names = Object.keys(registry.formats).join(', ');
			return { ok: false, status: 422, refusal: refuse('invalid', `Choose a format: ${names}.`, 'format') };
		}
		try {
			checkSettings(format, preset, settings);
		} catch (error) {
			if (!(error instanceof SettingsError)) throw error;
			return { ok: false, status: 422, refusal: refuse('invalid', error.message, error.field) };
		}
		const now = chance.now() - ago;
		const row: RoomRow = {
			id: chance.id(),
			code: await freeCode(),
			screen: randomBytes(18).toString('base64url'),
			title,
			format: name,
			preset,
			settings,
			state: 'open',
			meeting: 1,
			created: now,
			updated: now
		};
		const empty = withStates({ row, ...furnish(row, registry), states: new Map() }, null);
		const batch = new Batch(empty, registry, { ...chance, now: () => now }, {});
		const me = { id: person.id, name: person.name, account: person.account, owner: true, admitted: true };
		for (const request of [
			{ type: 'agenda.prepare', payload: {} },
			{ type: 'roster.enter', payload: { ...me, role: format.host } }
		]) {
			const answer = batch.run({ ...request, by: SERVER });
			if (!answer.ok) throw new Error(`A new ${name} room could not be furnished: ${answer.error.message}`);
		}
		const { world } = batch;
		await committer.commit({
			room: row,
			meetings: [meetingRow(world)],
			state: stateChanges(null, world),
			members: memberChanges(null, world),
			entries: seeds(world, registry, true).map(({ name, update }) => ({
				document: `${row.id}/${name}`,
				update,
				person: null,
				at: now,
				cause: 'room.create'
			}))
		});
		const made = await room(row.id, ago);
		if (!made) throw new Error(`Room ${row.id} was written but cannot be read.`);
		return { ok: true, value: made.info(person.id) };
	}

	async function join(person: Person, idOrCode: string, wanted: string | null): Promise<Found<RoomInfo>> {
		const found = await find(idOrCode);
		if (!found) return notFound;
		const { world } = found;
		const known = memberOf(world, person.id);
		if (!known) {
			if (world.row.state === 'archived')
				return forbidden('archived', 'This room is archived. Ask its owner to bring it back.');
			if (world.row.state === 'locked')
				return forbidden('locked', 'This room is locked. Ask the host to open it, then try again.');
			if (world.settings.joining === 'accounts' && !person.account)
				return forbidden(
					'accounts_only',
					'This room is for people with an account. Sign in, then join again.'
				);
			if (wanted !== null && !world.format.roles[wanted]?.open)
				return {
					ok: false,
					status: 403,
					refusal: refuse('role_not_open', 'The host gives this role. Join without choosing it.', 'role')
				};
		}
		if (known && known.name === person.name && known.account === person.account)
			return { ok: true, value: found.info(person.id) };
		const answer = await found.run('roster.enter', {
			id: person.id,
			name: person.name,
			account: person.account,
			role: known?.role ?? wanted ?? world.format.guest,
			owner: false,
			admitted: world.settings.joining !== 'approval'
		});
		if (!answer.ok) return forbidden(answer.error.code, answer.error.message);
		return { ok: true, value: found.info(person.id) };
	}

	async function remove(person: Person, id: string): Promise<Found<null>> {
		const found = await room(id);
		if (!found) return notFound;
		if (!memberOf(found.world, person.id)?.owner)
			return forbidden('forbidden', 'Only the room’s owner can delete it.');
		found.tellDeleted();
		await found.close();
		loaded.delete(found.id);
		open.set(found.id, Promise.resolve(null));
		await committer.drain();
		await hub.evict(`${found.id}/`, CLOSE.gone, () => store.deleteRoom(found.id));
		open.delete(found.id);
		return { ok: true, value: null };
	}

	return {
		create,
		get: room,
		find,
		findByScreen: async (screen) => {
			const row = await store.roomByScreen(screen);
			return row && room(row.id);
		},
		join,
		remove,
		command: async (person, id, { id: commandId, type, payload }) => {
			const found = await room(id);
			if (!found) return { ok: false, error: { code: 'not_found', message: 'There is no such room.' } };
			return found.command(person.id, commandId, type, payload);
		},
		mine: (person) => store.roomsOf(person.id),
		adopt: async (guest, account) => {
			for (const { room: row } of await store.roomsOf(guest.id)) {
				const found = await room(row.id);
				await found?.run('roster.succeed', {
					from: guest.id,
					to: account.id,
					name: account.name,
					account: true
				});
			}
		},
		close: async () => {
			clearInterval(sweeper);
			await Promise.all([...loaded.values()].map((one) => one.close()));
		},
		get open() {
			return loaded.size;
		}
	};
}

/** An instance without any row is new to the room and gets its first state elsewhere. */
function statesOf(rows: readonly StateRow[], instances: World['instances']): Map<string, Tables> {
	const states = new Map<string, Tables>();
	for (const { instance: name, collection, key, value } of rows) {
		const instance = instances.get(name);
		if (!instance) continue;
		let state = states.get(name);
		if (!state) {
			const collections = Object.keys(instance.block.initial(instance.settings));
			states.set(name, (state = Object.fromEntries(collections.map((one) => [one, {}]))));
		}
		(state[collection] ??= {})[key] = value;
	}
	return states;
}
