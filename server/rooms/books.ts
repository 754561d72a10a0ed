import type { Store } from '../storage/store.ts';
import { ledgerOf } from './changes.ts';
import { mattersBy } from './matters.ts';
import type { Books } from './unit.ts';

/** What the store holds of a room for those who look across rooms. */
export async function readBooks(store: Store, room: string): Promise<Books> {
	const [ledger, matters, meetings] = await Promise.all([
		store.ledger(room),
		store.matters(room),
		store.meetings(room)
	]);
	return { ledger: ledgerOf(ledger), matters: mattersBy(matters), meetings, fresh: false };
}
