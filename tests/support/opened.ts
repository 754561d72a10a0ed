/** One room of the format that asks least, for tests of the server itself. */
import * as Y from 'yjs';
import type { AgendaRecord, Now } from '#lib/blocks/agenda/model.ts';
import { command, createRoom, guest, join, must, type Guest, type JoinedRoom, type NewRoom } from './api.ts';
import { sync } from './sync.ts';

export interface Opened extends JoinedRoom {
	host: Guest;
	/** The co-written document of the meeting, and the record: full names. */
	notes: string;
	record: string;
}

export async function openRoom(origin: string, more: Partial<NewRoom> = {}): Promise<Opened> {
	const host = await guest(origin, 'Hedda');
	const joined = await createRoom(host, { title: 'A room', format: 'lunch-and-learn', ...more });
	const named = (end: string) => {
		const found = joined.documents.find(({ name }) => name.endsWith(end));
		if (!found) throw new Error(`The room has no document "${end}".`);
		return found.name;
	};
	return { ...joined, host, notes: named('/notes'), record: named('/record') };
}

/** Where the meeting is now, read from the record as any client does. */
export async function nowIn(opened: Opened): Promise<Now> {
	const synced = sync(opened.host.origin, opened.room.id, opened.record, opened.host.token);
	await synced.ready();
	const now = synced.doc.getMap<AgendaRecord['now']['current']>('agenda').get('now/current');
	synced.close();
	if (!now) throw new Error('The record does not say where the meeting is.');
	return now;
}

/** Moves an action learning group to its board: somebody presents, says what the problem is, and leaves again. */
export async function toTheBoard(opened: Opened): Promise<void> {
	const { host, room } = opened;
	const move = async (verb: 'start' | 'advance', to?: string) =>
		must(host, room.id, `agenda.${verb}`, { expects: (await nowIn(opened)).run, ...(to && { to }) });
	const presenter = await guest(host.origin, 'Priya');
	await join(presenter, room.id);
	await must(host, room.id, 'roster.assign', { person: presenter.person.id, role: 'presenter' });
	await move('start');
	await move('advance', 'P4');
	const { id: entry } = await must<{ id: string }>(presenter, room.id, 'problem.submit', {
		entry: { text: 'We have no shared definition of a complete file.' }
	});
	// Where nobody else is expected to write, it is open by now, and the command is refused.
	await command(host, room.id, 'problem.reveal');
	await must(presenter, room.id, 'problem.accept', { entry });
	await move('advance', 'P5');
	await must(presenter, room.id, 'roster.leave');
}

/** Everything that a document holds, as text to search in. */
export function textOf(doc: Y.Doc): string {
	for (const name of doc.share.keys()) doc.get(name);
	return new TextDecoder().decode(Y.encodeStateAsUpdate(doc));
}
