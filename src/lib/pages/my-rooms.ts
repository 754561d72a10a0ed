/** The rooms of one person as Home lists them. */
import { placeOf, type Now } from '#lib/blocks/agenda/model.ts';
import { kindOf, textIn } from '#lib/room/text.ts';
import type { App } from '../../../server/app.ts';
import type { Person } from '../../../server/identity/person.ts';
import type { MyRoom } from '../../../server/storage/store.ts';

export interface RoomLine {
	code: string;
	title: string;
	format: string;
	formatName: string;
	state: 'open' | 'locked' | 'archived';
	/** The current meeting's number. */
	meeting: number;
	/** The phase's name while a meeting runs. */
	live: string | null;
	/** When the last meeting ended, ms since the epoch. */
	last: number | null;
	/** Open actions of this person, and the day that is next, as an ISO date. */
	actions: { count: number; due: string | null };
	members: number;
	here: number;
}

async function line(app: App, { room: row, members }: MyRoom): Promise<Omit<RoomLine, 'actions'>> {
	const meetings = await app.store.meetings(row.id);
	const current = meetings.find((meeting) => meeting.number === row.meeting);
	const running = row.state !== 'archived' && current?.started != null && current.ended === null;
	const ends = meetings.flatMap((meeting) => meeting.ended ?? []);
	// Only a room in a meeting is opened for this: it is open anyway.
	const room = running ? await app.rooms.find(row.id) : null;
	const now = room?.world.states.get('agenda')?.now?.current as Now | undefined;
	const phases = room?.world.format.phases ?? [];
	const phase = now && phases[placeOf(phases, now)];
	return {
		code: row.code,
		title: row.title,
		format: row.format,
		formatName: kindOf(row, app.registry.formats),
		state: row.state,
		meeting: row.meeting,
		live: phase ? textIn(phase.name) : null,
		last: ends.length > 0 ? Math.max(...ends) : null,
		members,
		here: room?.present ?? 0
	};
}

/** Live meetings first, then what was touched last. */
export async function myRooms(app: App, person: Person): Promise<RoomLine[]> {
	const [mine, ledger] = await Promise.all([app.rooms.mine(person), app.store.ledgerOf(person.id)]);
	const open = ledger.filter(({ kind, state }) => kind === 'action' && state !== 'done');
	const ofRoom = Map.groupBy(open, ({ room }) => room);
	const lines: RoomLine[] = [];
	for (const room of mine.toSorted((a, b) => b.touched - a.touched)) {
		const actions = ofRoom.get(room.room.id) ?? [];
		const days = actions.flatMap(({ due }) => due ?? []).sort();
		lines.push({ ...(await line(app, room)), actions: { count: actions.length, due: days[0] ?? null } });
	}
	return [...lines.filter(({ live }) => live !== null), ...lines.filter(({ live }) => live === null)];
}
