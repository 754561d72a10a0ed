import { describe, expect, it } from 'vitest';
import { weekly } from './digest-store.ts';
import type { LedgerEntry, MeetingRow, RoomRow, Store } from './store.ts';

const NOON = Date.UTC(2026, 4, 14, 12);
const ALL = { from: 0, to: NOON + 1 };

/** Of the suite in store.contract.ts: what was taken away from meetings that have ended, and who may be told of it. */
export function digestContract(store: () => Store, reopen: () => Promise<void>): void {
	const room = (id: string, more: Partial<RoomRow> = {}): RoomRow => ({
		...{
			id,
			code: `${id}${id}AAAA`.slice(0, 6),
			screen: `screen-${id}`,
			title: `Room ${id}`,
			format: 'talk'
		},
		...{ preset: null, settings: {}, state: 'open', meeting: 3, created: 1, updated: 2, demo: false },
		...more
	});
	const member = (room: string, person: string, role: string | null = 'member') => ({
		...{ room, person, role, owner: false }
	});
	const meeting = (room: string, number: number, ended: number | null): MeetingRow => ({
		...{ room, number, started: 1, ended }
	});
	const row = (room: string, id: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
		...{ room, instance: 'last', id, meeting: 1, kind: 'takeaway', person: 'ana', state: 'room' },
		...{ due: null, text: `Words of ${id}`, data: { by: 'Ana' }, updated: 5 },
		...more
	});
	const told = async (person: string, span = ALL, meetings = 10) =>
		(await store().digest.of(person, span, meetings)).map(
			({ room, meeting, takeaways }) => `${room.id}${meeting} ${takeaways.map(({ id }) => id).join()}`
		);
	const readers = (more: { limit?: number; offset?: number } = {}) =>
		store().digest.readers({ ...ALL, reminder: '2026-05-11', limit: 10, offset: 0, ...more });

	async function furnish(): Promise<void> {
		await store().commit([
			{ room: room('r'), members: [member('r', 'tom', 'scribe'), member('r', 'ida')] },
			{ room: room('q'), members: [member('q', 'tom')] },
			{
				meetings: [
					meeting('r', 1, NOON - 9),
					meeting('r', 2, NOON),
					meeting('r', 3, null),
					meeting('q', 1, NOON - 5),
					meeting('q', 2, NOON - 1)
				]
			},
			{
				ledger: [
					row('r', 'b', { updated: 4 }),
					row('r', 'a', { person: null, data: {} }),
					row('r', 'later', { meeting: 2 }),
					row('r', 'not-ended', { meeting: 3 }),
					row('q', 'theirs'),
					row('q', 'a-question', { meeting: 2, kind: 'question' })
				]
			}
		]);
	}

	describe('the digest', () => {
		it('has what was taken away from meetings that ended in that time, the latest first, for members now', async () => {
			await furnish();
			await reopen();
			expect(await told('tom')).toEqual(['r2 later', 'q1 theirs', 'r1 b,a']);
			expect(await told('tom', { from: NOON - 5, to: NOON })).toEqual(['q1 theirs']);
			expect(await told('tom', ALL, 2)).toEqual(['r2 later', 'q1 theirs']);
			expect(await told('ida')).toEqual(['r2 later', 'r1 b,a']);
			expect(await told('eve')).toEqual([]);
			const last = (await store().digest.of('tom', { from: NOON - 9, to: NOON - 8 }, 10))[0];
			const { id, code, title, format, preset, demo } = room('r');
			expect(last).toEqual({
				...{ room: { id, code, title, format, preset, demo }, role: 'scribe', meeting: 1, ended: NOON - 9 },
				takeaways: [
					{ instance: 'last', id: 'b', text: 'Words of b', person: 'ana', data: { by: 'Ana' } },
					{ instance: 'last', id: 'a', text: 'Words of a', person: null, data: {} }
				]
			});
		});

		it('goes on where somebody left, a row was taken out, or the room is gone', async () => {
			await furnish();
			await store().commit([
				{ unledger: [{ room: 'r', instance: 'last', id: 'later' }], members: [member('q', 'tom', null)] }
			]);
			expect(await told('tom')).toEqual(['r1 b,a']);
			await store().deleteRoom('r');
			await reopen();
			expect(await told('tom')).toEqual([]);
			expect(await readers()).toEqual([]);
		});

		it('is to be mailed to each of its readers once a week, and of no demo room', async () => {
			await furnish();
			await store().commit([
				{ room: room('d', { demo: true }), members: [member('d', 'eve')] },
				{ meetings: [meeting('d', 1, NOON)], ledger: [row('d', 'invented')] }
			]);
			expect(await told('eve')).toEqual(['d1 invented']);
			expect(await readers()).toEqual(['ida', 'tom']);
			expect(await readers({ limit: 1, offset: 1 })).toEqual(['tom']);
			const of = { person: 'tom', ...weekly('2026-05-11'), at: NOON, shown: false, next: NOON };
			await store().reminders.add([{ ...of, mail: 'waiting' }]);
			await store().reminders.add([{ ...of, mail: 'waiting' }]);
			await reopen();
			expect(await readers()).toEqual(['ida']);
			expect(await store().reminders.take('tom', NOON)).toMatchObject([weekly('2026-05-11')]);
			expect(await store().reminders.take('tom', NOON)).toEqual([]);
			expect(await store().reminders.unseen('tom')).toBe(0);
			const next = { ...ALL, reminder: '2026-05-18', limit: 10, offset: 0 };
			expect(await store().digest.readers(next)).toEqual(['ida', 'tom']);
		});
	});
}
