/** All that a batch of commands changed, as one unit for the store. Pure, but for what a seed writes. */
import type { CommandRow, MeetingRow, Unit } from '../storage/store.ts';
import type { Batch } from './batch.ts';
import {
	dueChanges,
	ledgerChanges,
	meetingRow,
	memberChanges,
	seeds,
	stateChanges,
	type Ledger
} from './changes.ts';
import { matterChanges, type Matters } from './matters.ts';
import { nowOf, type Registry, type World } from './world.ts';

type Filled = Required<
	Pick<
		Unit,
		| 'entries'
		| 'state'
		| 'ledger'
		| 'unledger'
		| 'matters'
		| 'unmatters'
		| 'meetings'
		| 'members'
		| 'commands'
		| 'due'
	>
> &
	Unit;

/** What the store holds of a room for those who look across rooms. */
export interface Books {
	ledger: Ledger;
	matters: Matters;
	meetings: readonly MeetingRow[];
	/** Of this version of the program: an earlier one may have made other matters of the same state. */
	fresh: boolean;
}

/** May documents begin in this batch? Then `begun` is to be known. */
export function beginsDocuments(before: World, batch: Batch): boolean {
	return batch.finished.length > 0 || batch.world.row.preset !== before.row.preset;
}

/**
 * From the world `before` the batch. `begun`: the room's documents that have been written in, by full name. `books`
 * in the answer are to be adopted once the unit is durable.
 */
export function unitOf(
	before: World,
	batch: Batch,
	books: Books,
	begun: ReadonlySet<string>,
	commands: CommandRow[],
	registry: Registry,
	now: number,
	archivedDays: number | null
): { unit: Filled; books: Books } {
	const unit: Filled = {
		entries: [],
		state: [],
		ledger: [],
		unledger: [],
		matters: [],
		unmatters: [],
		meetings: [],
		members: [],
		commands,
		// an earlier version may have had other things to do in the same state
		due: dueChanges(books.fresh ? before : null, batch.world)
	};
	const written = new Set(begun);
	let { ledger } = books;
	let from = before;
	for (const world of [...batch.finished, batch.world]) {
		unit.state.push(...stateChanges(from, world));
		unit.members.push(...memberChanges(from, world));
		const changed = ledgerChanges(ledger, world, now);
		ledger = changed.ledger;
		unit.ledger.push(...changed.put);
		unit.unledger.push(...changed.remove);
		const meets = world.row.meeting !== from.row.meeting;
		if (meets || world.row.preset !== from.row.preset) {
			const cause = meets ? 'agenda.prepare' : 'room.configure';
			for (const { name, update } of seeds(world, registry, written)) {
				written.add(name);
				unit.entries.push({ document: `${world.row.id}/${name}`, update, person: null, at: now, cause });
			}
		}
		if (nowOf(world) !== nowOf(from)) unit.meetings.push(meetingRow(world));
		from = world;
	}
	if (batch.world.row !== before.row) unit.room = batch.world.row;
	const anew = new Map([...books.meetings, ...unit.meetings].map((meeting) => [meeting.number, meeting]));
	const meetings = unit.meetings.length === 0 ? books.meetings : [...anew.values()];
	const kept = { meetings, archivedDays };
	const changed = matterChanges(books.matters, books.fresh ? before : null, batch.world, now, kept);
	unit.matters.push(...changed.put);
	unit.unmatters.push(...changed.remove);
	return { unit, books: { ledger, matters: changed.matters, meetings, fresh: true } };
}
