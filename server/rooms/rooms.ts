/** All rooms: makes them, finds them, lets people in, and deletes for good. */
import * as v from 'valibot';
import { misfit } from '#lib/blocks/misfit.ts';
import { failed, refuse } from '#lib/blocks/refusal.ts';
import type { Person } from '../identity/person.ts';
import { Once } from '../storage/once.ts';
import type { CommandRow, MyRoom } from '../storage/store.ts';
import { CLOSE } from '../sync/hub.ts';
import type { Answer } from './batch.ts';
import { bringPeople, type Brought } from './bring-people.ts';
import { isCode, normaliseCode } from './code.ts';
import { forbidden, invalid, notFound, undeleted, type Found } from './found.ts';
import { isRoomCommand } from './lifecycle.ts';
import { joinRoom } from './join-room.ts';
import { leftTo } from './leaving.ts';
import { roomMaker } from './make-room.ts';
import { OpenRooms } from './open-rooms.ts';
import { Programmes } from './programmes.ts';
import type { Room, RoomDeps, RoomInfo } from './room.ts';
import { memberOf } from './world.ts';

export type { Found } from './found.ts';

export interface Rooms {
	/**
	 * `input`: what the room is to be, and perhaps an `id` of the person's for having asked: the same id again gets the
	 * room that was opened then. `demo`: its people are invented; `ago`: milliseconds by which the room's clock is
	 * put back at first.
	 */
	create(person: Person, input: unknown, demo?: { ago: number }): Promise<Found<RoomInfo>>;
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
	/** Brings people with accounts into a room, in one role. */
	bring(person: Person, room: string, people: readonly string[], role: string): Promise<Found<Brought>>;
	mine(person: Person): Promise<MyRoom[]>;
	/** Deletes the room for good; only its owner may. */
	remove(person: Person, room: string): Promise<Found<null>>;
	/**
	 * The same, because there is nobody left in it or its time is over. False: there was none. Rejects where it could
	 * not be deleted, and then it is still there.
	 */
	destroy(room: string): Promise<boolean>;
	/** A guest has signed in to an account: what was the guest's is the account's from now on. */
	adopt(guest: Person, account: Person): Promise<void>;
	/** Resolves once all that programmes wish for now is carried out and they were told. */
	settled(): Promise<void>;
	close(): Promise<void>;
	readonly open: number;
	/** Commands that wait in all rooms, and rooms whose documents lag behind their state. */
	readonly waiting: { commands: number; rooms: number };
}

/** Of what makes a room, make-room.ts reads the rest. */
const identified = v.object({
	id: v.optional(v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(64))), null)
});

export function createRooms(deps: RoomDeps): Rooms {
	const { store, committer, hub, chance, directory } = deps;
	const make = roomMaker(deps);
	const programmes: Programmes = new Programmes({ ...deps, make, get: (id) => rooms.get(id) });
	const rooms = new OpenRooms({ ...deps, kinship: programmes });
	const once = new Once({ store, now: () => chance.now() });
	const teamOf = (person: string) => directory.profile(person)?.team ?? null;
	programmes.wished();

	async function find(idOrCode: string): Promise<Room | null> {
		if (idOrCode.length > 40) return null;
		const byId = await rooms.get(idOrCode);
		if (byId || !isCode(idOrCode)) return byId;
		const row = await store.roomByCode(normaliseCode(idOrCode));
		return row && rooms.get(row.id);
	}

	async function open(
		person: Person,
		input: unknown,
		demo: { ago: number } | undefined,
		note: (room: string) => CommandRow[]
	): Promise<Found<RoomInfo>> {
		const ago = demo?.ago ?? 0;
		const id = chance.id();
		const { name, account } = person;
		const host = { id: person.id, name, account, role: null, owner: true, team: teamOf(person.id) };
		const made = await make({
			id,
			input,
			people: [host],
			now: chance.now() - ago,
			demo: demo !== undefined,
			begins: async (format) => (demo ? {} : leftTo(person.id, format, { store, get: (id) => rooms.get(id) }))
		});
		if (!made.ok) return made;
		await committer.commit({ ...made.value.unit, commands: note(id) });
		const room = await rooms.get(id, ago);
		if (!room) throw new Error(`Room ${id} was written but cannot be read.`);
		return { ok: true, value: room.info(person.id) };
	}

	async function destroy(room: Room): Promise<void> {
		try {
			await rooms.delete(room, async () => {
				await committer.drain();
				// whoever comes back meanwhile waits; after it there is no such room
				await hub.evict(`${room.id}/`, CLOSE.overloaded, () => store.deleteRoom(room.id));
			});
		} catch (error) {
			room.dismiss({ is: 'again' });
			throw error;
		}
		room.dismiss({ is: 'gone', code: 'deleted' });
		if (room.programme !== null) programmes.reported(room.programme);
	}

	return {
		async create(person, input, demo) {
			const asked = v.safeParse(identified, input);
			if (!asked.success) return invalid(misfit(asked.issues));
			const asking = { person: person.id, type: 'room.create', id: asked.output.id };
			return once.make<Found<RoomInfo>>(asking, {
				async again(id) {
					const room = typeof id === 'string' ? await rooms.get(id) : null;
					return room ? { ok: true, value: room.info(person.id) } : notFound;
				},
				first: (note) => open(person, input, demo, note)
			});
		},
		get: (id) => rooms.get(id),
		find,
		async findByScreen(screen) {
			const row = await store.roomByScreen(screen);
			return row && rooms.get(row.id);
		},
		async join(person, idOrCode, role) {
			const room = await find(idOrCode);
			return room ? joinRoom(room, person, role, teamOf(person.id)) : notFound;
		},
		async command(person, id, { id: commandId, type, payload }) {
			const room = await rooms.get(id);
			if (!room) return failed(refuse('not_found', 'There is no such room.'));
			const answer = await room.command(person.id, commandId, type, payload);
			const outcome = answer.ok ? 'ok' : answer.error.code;
			deps.observer?.commanded?.(outcome, { room: id, person: person.id, type: known(room, type) });
			return answer;
		},
		async bring(person, id, people, role) {
			const room = await rooms.get(id);
			return room ? bringPeople(room, person.id, people, role, directory) : notFound;
		},
		mine: (person) => store.roomsOf(person.id),
		async remove(person, id) {
			const room = await rooms.get(id);
			if (!room) return notFound;
			if (!memberOf(room.world, person.id)?.owner)
				return forbidden(refuse('forbidden', 'Only the room’s owner can delete it.'));
			try {
				await destroy(room);
			} catch (error) {
				deps.log?.error({ err: error, room: id }, 'A room could not be deleted');
				return undeleted;
			}
			await store.note({ at: chance.now(), what: 'room', by: 'owner', room: null, detail: {} });
			return { ok: true, value: null };
		},
		async destroy(id) {
			const room = await rooms.get(id);
			if (room) await destroy(room);
			return room !== null;
		},
		async adopt(guest, account) {
			const { id: to, name } = account;
			for (const { room: row } of await store.roomsOf(guest.id)) {
				const room = await rooms.get(row.id);
				await room?.run('roster.succeed', { from: guest.id, to, name, account: true });
			}
		},
		settled: () => programmes.settled(),
		async close() {
			await programmes.close();
			await rooms.close();
		},
		get open() {
			return rooms.count;
		},
		get waiting() {
			return rooms.waiting;
		}
	};
}

/** A command's type for the log; what a client made up may be anything. */
function known({ world }: Room, type: string): string {
	const [instance = '', verb = ''] = type.split('.');
	const commands = world.instances.get(instance)?.block.commands ?? {};
	return isRoomCommand(type) || Object.hasOwn(commands, verb) ? type : 'unknown';
}
