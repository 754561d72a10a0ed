/** All that a batch of commands changed, as one unit for the store. Pure, but for what a seed writes. */
import type { CommandRow, Unit } from '../storage/store.ts';
import type { Batch } from './batch.ts';
import { ledgerChanges, meetingRow, memberChanges, seeds, stateChanges, type Ledger } from './changes.ts';
import { nowOf, type Registry, type World } from './world.ts';

type Filled = Required<
	Pick<Unit, 'entries' | 'state' | 'ledger' | 'unledger' | 'meetings' | 'members' | 'commands'>
> &
	Unit;

/** From the world `before` the batch; `ledger` in the answer is to be adopted once the unit is durable. */
export function unitOf(
	before: World,
	batch: Batch,
	books: Ledger,
	commands: CommandRow[],
	registry: Registry,
	now: number
): { unit: Filled; ledger: Ledger } {
	const unit: Filled = {
		entries: [],
		state: [],
		ledger: [],
		unledger: [],
		meetings: [],
		members: [],
		commands
	};
	let ledger = books;
	let from = before;
	for (const world of [...batch.finished, batch.world]) {
		unit.state.push(...stateChanges(from, world));
		unit.members.push(...memberChanges(from, world));
		const changed = ledgerChanges(ledger, world, now);
		ledger = changed.ledger;
		unit.ledger.push(...changed.put);
		unit.unledger.push(...changed.remove);
		if (world.row.meeting !== from.row.meeting)
			for (const { name, update } of seeds(world, registry, false))
				unit.entries.push({
					document: `${world.row.id}/${name}`,
					update,
					person: null,
					at: now,
					cause: 'agenda.prepare'
				});
		if (nowOf(world) !== nowOf(from)) unit.meetings.push(meetingRow(world));
		from = world;
	}
	if (batch.world.row !== before.row) unit.room = batch.world.row;
	return { unit, ledger };
}
