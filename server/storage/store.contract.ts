import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '#lib/blocks/block.ts';
import type { RoomWish } from '#lib/blocks/wish.ts';
import type {
	ChildDone,
	CommandRow,
	Entry,
	LedgerEntry,
	MatterEntry,
	RoomRow,
	Snapshot,
	StateChange,
	Store
} from './store.ts';
import { digestContract } from './digest.contract.ts';
import { remindersContract } from './reminders.contract.ts';
import { searchContract } from './search.contract.ts';
import { workspaceContract } from './workspace.contract.ts';

/**
 * What every store has to hold. `open` gives a store on the same data each time it is called within one test, so
 * that reopening can be tried; `reset` begins anew before each.
 */
export function storeContract(open: () => Promise<Store>, reset: () => Promise<void>): void {
	let store: Store;

	beforeEach(async () => {
		await reset();
		store = await open();
	});
	afterEach(() => store.close());

	async function reopen(): Promise<void> {
		await store.close();
		store = await open();
	}

	describe('log', () => {
		it('numbers entries in the order of units and entries, and tells each unit its own', async () => {
			const first = await store.commit([{ entries: [entry('r/a', 1), entry('r/b', 2)] }, {}]);
			const second = await store.commit([{ entries: [entry('r/a', 3)] }]);
			const [one, two] = first[0]!;
			expect(two).toBe(one! + 1);
			expect(first[1]).toEqual([]);
			expect(second).toEqual([[two! + 1]]);
		});

		it('loads nothing of a document that was never written', async () => {
			expect(await store.load('r/a')).toEqual({ snapshot: null, tail: [], upTo: 0 });
			expect(await store.history('r/a', 0, 10)).toEqual([]);
		});

		it('loads the updates of one document, oldest first, after it was opened again', async () => {
			const seqs = await store.commit([
				{ entries: [entry('r/a', 1), entry('r/b', 2)] },
				{ entries: [entry('r/a', 3)] }
			]);
			await reopen();
			const loaded = await store.load('r/a');
			expect(loaded.snapshot).toBeNull();
			expect(loaded.tail).toEqual([bytes(1), bytes(3)]);
			expect(loaded.upTo).toBe(seqs[1]![0]);
		});

		it('pages through history with who, when and why', async () => {
			const written = [1, 2, 3, 4, 5].map((n) => ({
				...entry('r/a', n),
				at: n * 1000,
				person: n === 2 ? null : `p${n}`,
				cause: n === 2 ? 'agenda.advance' : null
			}));
			const [seqs] = await store.commit([{ entries: written }]);
			const page = await store.history('r/a', 0, 3);
			expect(page).toEqual(written.slice(0, 3).map((e, i) => ({ ...e, seq: seqs![i] })));
			const rest = await store.history('r/a', page.at(-1)!.seq, 3);
			expect(rest).toEqual(written.slice(3).map((e, i) => ({ ...e, seq: seqs![i + 3] })));
		});

		it('loads snapshot and tail after a compaction, and keeps the history', async () => {
			const [seqs] = await store.commit([{ entries: [entry('r/a', 1), entry('r/a', 2)] }]);
			await store.compact('r/a', kept(bytes(12)), seqs![1]!);
			expect(await store.load('r/a')).toEqual({ snapshot: kept(bytes(12)), tail: [], upTo: seqs![1] });
			const [[later]] = (await store.commit([{ entries: [entry('r/a', 3)] }])) as [[number]];
			await reopen();
			expect(await store.load('r/a')).toEqual({ snapshot: kept(bytes(12)), tail: [bytes(3)], upTo: later });
			expect(await store.history('r/a', 0, 10)).toHaveLength(3);
		});

		it('does not let an older snapshot replace a newer one', async () => {
			const [seqs] = await store.commit([{ entries: [entry('r/a', 1), entry('r/a', 2)] }]);
			await store.compact('r/a', kept(bytes(12)), seqs![1]!);
			await store.compact('r/a', kept(bytes(1)), seqs![0]!);
			expect((await store.load('r/a')).snapshot).toEqual(kept(bytes(12)));
		});

		it('names the documents of a room with the time of their last entry', async () => {
			await store.commit([{ entries: [entry('r/a', 1, 10), entry('r/a', 1, 20), entry('r/m1/b', 1, 15)] }]);
			await store.commit([{ entries: [entry('rr/a', 1, 30)] }]);
			expect(await store.documents('r')).toEqual([
				{ document: 'r/a', entries: 2, last: 20 },
				{ document: 'r/m1/b', entries: 1, last: 15 }
			]);
		});
	});

	describe('a squash', () => {
		it('replaces the history by one entry that says who and when', async () => {
			const [before] = await store.commit([{ entries: [entry('r/a', 1), entry('r/a', 2), entry('r/b', 9)] }]);
			await store.compact('r/a', kept(bytes(12)), before![1]!);
			await store.squash('r/a', () => bytes(7), 'ruth', 99);
			const loaded = await store.load('r/a');
			expect(loaded).toMatchObject({ snapshot: null, tail: [bytes(7)] });
			const history = await store.history('r/a', 0, 10);
			expect(history).toEqual([
				{ document: 'r/a', update: bytes(7), person: 'ruth', at: 99, cause: 'squash', seq: loaded.upTo }
			]);
			expect(loaded.upTo).toBeGreaterThan(before![2]!);
			expect(await store.history('r/b', 0, 10)).toHaveLength(1);
		});

		it('keeps a note of earlier ones, without what they held', async () => {
			await store.commit([{ entries: [entry('r/a', 1)] }]);
			await store.squash('r/a', () => bytes(2), 'ruth', 10);
			await store.squash('r/a', () => bytes(3), 'tom', 20);
			const history = await store.history('r/a', 0, 10);
			expect(history.map(({ person, at, update }) => [person, at, update])).toEqual([
				['ruth', 10, bytes(0, 0)],
				['tom', 20, bytes(3)]
			]);
		});

		it('is not undone by a snapshot that was taken before it', async () => {
			const [seqs] = await store.commit([{ entries: [entry('r/a', 1)] }]);
			await store.squash('r/a', () => bytes(2), 'ruth', 10);
			await store.compact('r/a', kept(bytes(1)), seqs![0]!);
			expect(await store.load('r/a')).toMatchObject({ snapshot: null, tail: [bytes(2)] });
		});
	});

	describe('a commit', () => {
		it('writes all of its units or nothing', async () => {
			await store.commit([{ room: room('r1', 'AAAAAA') }]);
			const units = [
				{ entries: [entry('r2/a', 1)], state: [state('r2', 1, 'list', 'items', 'k', 1)] },
				{ room: room('r2', 'AAAAAA') }
			];
			await expect(store.commit(units)).rejects.toThrow();
			await reopen();
			expect(await store.load('r2/a')).toMatchObject({ tail: [] });
			expect(await store.documents('r2')).toEqual([]);
			expect(await store.state('r2', 1)).toEqual([]);
			expect(await store.roomByCode('AAAAAA')).toMatchObject({ id: 'r1' });
		});

		it('can write a document whose first entry failed before', async () => {
			await store.commit([{ commands: [command('c1')] }]);
			await expect(
				store.commit([{ entries: [entry('r/a', 1)], commands: [command('c1')] }])
			).rejects.toThrow();
			await store.commit([{ entries: [entry('r/b', 5)] }]);
			await store.commit([{ entries: [entry('r/a', 2)] }]);
			expect((await store.load('r/a')).tail).toEqual([bytes(2)]);
			expect((await store.load('r/b')).tail).toEqual([bytes(5)]);
		});

		it('refuses a command that was already carried out, and remembers its answer', async () => {
			await store.commit([{ commands: [command('c1', { n: 1 })] }]);
			await expect(store.commit([{ commands: [command('c1', { n: 2 })] }])).rejects.toThrow();
			expect(await store.command('r', 'tom', 'c1')).toEqual(command('c1', { n: 1 }));
			expect(await store.command('r', 'aisha', 'c1')).toBeNull();
			await store.commit([{ commands: [{ ...command('c1'), person: 'aisha' }] }]);
			await store.forgetCommands(6);
			expect(await store.command('r', 'tom', 'c1')).toBeNull();
		});
	});

	describe('rows', () => {
		it('keeps a room under its id, its code and its screen', async () => {
			const row = { ...room('r1', 'ABC234'), settings: { joining: 'open', options: { quiet: true } } };
			await store.commit([{ room: room('r1', 'ZZZZZZ') }, { room: row }]);
			await reopen();
			expect(await store.room('r1')).toEqual(row);
			expect(await store.roomByCode('ABC234')).toEqual(row);
			expect(await store.roomByScreen('screen-r1')).toEqual(row);
			expect(await store.roomByCode('ZZZZZZ')).toBeNull();
		});

		it('keeps the meetings of a room in order', async () => {
			await store.commit([
				{ meetings: [{ room: 'r', number: 2, started: null, ended: null }] },
				{ meetings: [{ room: 'r', number: 1, started: 5, ended: null }] },
				{ meetings: [{ room: 'r', number: 1, started: 5, ended: 6 }] }
			]);
			expect(await store.meetings('r')).toEqual([
				{ room: 'r', number: 1, started: 5, ended: 6 },
				{ room: 'r', number: 2, started: null, ended: null }
			]);
		});

		it('keeps keys in the order in which they came, whatever they are called, changed or brought back', async () => {
			const put = (key: string, value: Json | undefined) => state('r', 1, 'list', 'items', key, value);
			await store.commit([{ state: [put('z', 1), put('m', 1), put('a', 1)] }]);
			await store.commit([{ state: [put('m', 2), put('b', 1)] }]);
			await store.commit([{ state: [put('z', undefined)] }, { state: [put('z', 3)] }]);
			expect((await store.state('r', 1)).map(({ key }) => key)).toEqual(['m', 'a', 'b', 'z']);
		});

		it("reads the room's own state with one meeting's, changed and removed by key", async () => {
			await store.commit([
				{
					state: [
						state('r', 0, 'actions', 'items', 'a', { text: 'x' }),
						state('r', 1, 'list', 'items', 'a', 1),
						state('r', 1, 'list', 'items', 'b', null),
						state('r', 2, 'list', 'items', 'a', 2),
						state('other', 1, 'list', 'items', 'a', 3)
					]
				}
			]);
			await store.commit([
				{ state: [state('r', 1, 'list', 'items', 'a', [5]), state('r', 1, 'list', 'items', 'b', undefined)] }
			]);
			await reopen();
			expect(await store.state('r', 1)).toEqual([
				state('r', 0, 'actions', 'items', 'a', { text: 'x' }),
				state('r', 1, 'list', 'items', 'a', [5])
			]);
		});

		it('finds what concerns a person and all in their rooms, as long as they are members', async () => {
			const matter = (room: string, id: string, person: string | null): MatterEntry => ({
				...{ room, instance: 'todo', id, person, kind: 'promised', text: { en: 'Promised' } },
				...{ said: 'Ask', own: true, when: { day: '2026-05-14' }, item: id, since: 7 }
			});
			const mine = matter('r', 'a', 'tom');
			const ours = matter('r', 'b', null);
			const member = { room: 'r', person: 'tom', role: 'member', owner: false };
			await store.commit([
				{ matters: [mine, ours, matter('r', 'a', 'ida'), matter('r2', 'a', 'tom'), matter('r2', 'b', null)] },
				{ members: [member] }
			]);
			expect(await store.mattersOf('tom')).toEqual([mine, ours]);
			expect(await store.matters('r')).toHaveLength(3);
			await store.commit([{ matters: [{ ...mine, said: 'Ask twice' }], unmatters: [ours] }]);
			expect(await store.mattersOf('tom')).toEqual([{ ...mine, said: 'Ask twice' }]);
			await store.commit([{ members: [{ ...member, role: null }] }]);
			expect(await store.mattersOf('tom')).toEqual([]);
		});

		it('finds ledger rows by room and by person', async () => {
			const mine = ledger('r', 'l1', 'tom', 10);
			const theirs = ledger('r', 'l2', null, 20);
			await store.commit([{ ledger: [mine, theirs, ledger('r2', 'l1', 'tom', 30)] }]);
			await store.commit([{ unledger: [{ room: 'r2', instance: 'actions', id: 'l1' }] }]);
			await store.commit([{ ledger: [{ ...mine, state: 'done' }] }]);
			expect(await store.ledger('r')).toEqual([{ ...mine, state: 'done' }, theirs]);
			expect(await store.ledgerOf('tom')).toEqual([{ ...mine, state: 'done' }]);
		});

		it('lists the rooms of a person, the one last written in first', async () => {
			const member = { person: 'tom', role: 'coach', owner: false };
			await store.commit([
				{
					room: room('r1', 'AAAAAA'),
					members: [
						{ ...member, room: 'r1', owner: true },
						{ ...member, room: 'r1', person: 'aisha' }
					]
				},
				{ room: room('r2', 'BBBBBB'), members: [{ ...member, room: 'r2' }] },
				{ room: room('r3', 'CCCCCC'), members: [{ ...member, room: 'r3' }] },
				{ entries: [entry('r1/page', 1, 500), entry('r1/m1/board', 1, 400)] }
			]);
			await store.commit([{ members: [{ ...member, room: 'r3', role: null }] }]);
			expect(await store.roomsOf('tom')).toEqual([
				{ room: room('r1', 'AAAAAA'), role: 'coach', owner: true, members: 2, touched: 500 },
				{ room: room('r2', 'BBBBBB'), role: 'coach', owner: false, members: 1, touched: 2 }
			]);
			expect(await store.membership('r1', 'tom')).toEqual({ role: 'coach', owner: true });
			expect(await store.membership('r3', 'tom')).toBeNull();
		});
	});

	describe('programmes', () => {
		const wish = (title: string): RoomWish => ({
			key: 'k1',
			format: 'debate',
			preset: null,
			title,
			settings: { joining: 'approval' },
			people: [{ person: 'tom', role: 'chair' }],
			owner: 'chair',
			orders: [{ id: 'o1', type: 'agenda.lead', payload: { to: 'P1' } }]
		});
		const child = (title: string, key = 'k1', id = 'r2') => ({
			parent: 'r1',
			instance: 'rooms',
			key,
			room: id,
			wish: wish(title)
		});
		const untouched: ChildDone = { opened: null, refused: null, people: {}, orders: {} };
		const opened: ChildDone = { opened: 5, refused: null, people: { tom: null }, orders: {} };

		it('keeps what a room wishes for, and waits for it to be carried out', async () => {
			await store.commit([{ wishes: [child('First'), child('Other', 'k2', 'r3')] }]);
			await reopen();
			const row = { ...child('First'), done: untouched, report: null, gone: false, code: null };
			expect(await store.children('r1')).toMatchObject([row, { key: 'k2' }]);
			expect(await store.childOf('r2')).toEqual(row);
			expect(await store.childOf('r1')).toBeNull();
			expect(await store.unsettled(10)).toHaveLength(2);
			expect(await store.unsettled(1)).toHaveLength(1);
		});

		it('is done with a wish once it is carried out, until it is another', async () => {
			await store.commit([{ wishes: [child('First')] }]);
			await store.commit([
				{ room: room('r2', 'BBBBBB'), children: [{ room: 'r2', wish: wish('First'), done: opened }] }
			]);
			expect(await store.unsettled(10)).toEqual([]);
			expect(await store.childOf('r2')).toMatchObject({ done: opened, code: 'BBBBBB' });
			// the same key under another id: the room of the first time stays
			await store.commit([{ wishes: [child('Second', 'k1', 'r9')] }]);
			expect(await store.unsettled(10)).toMatchObject([
				{ room: 'r2', wish: { title: 'Second' }, done: opened }
			]);
		});

		it('does not take for done what was wished meanwhile', async () => {
			await store.commit([{ wishes: [child('First')] }]);
			await store.commit([{ wishes: [child('Second')] }]);
			await store.commit([{ children: [{ room: 'r2', wish: wish('First'), done: opened }] }]);
			expect(await store.unsettled(10)).toMatchObject([{ wish: { title: 'Second' }, done: opened }]);
		});

		it('keeps the last report of a room', async () => {
			const report = { state: 'open' as const, held: 2, phase: null, facts: {} };
			await store.commit([{ wishes: [child('First')] }, { reports: [{ room: 'r2', report }] }]);
			await store.commit([{ reports: [{ room: 'elsewhere', report }] }]);
			expect((await store.childOf('r2'))?.report).toEqual(report);
		});

		it('remembers that a room was deleted, and forgets the wishes of one that was', async () => {
			const report = { state: 'open' as const, held: 2, phase: null, facts: {} };
			await store.commit([
				{ wishes: [child('First')], room: room('r1', 'AAAAAA') },
				{ room: room('r2', 'BBBBBB'), reports: [{ room: 'r2', report }] }
			]);
			await store.deleteRoom('r2');
			expect(await store.childOf('r2')).toMatchObject({ gone: true, code: null, report: null });
			await store.commit([{ wishes: [child('Second')] }]);
			expect(await store.unsettled(10)).toEqual([]);
			await store.deleteRoom('r1');
			expect(await store.childOf('r2')).toBeNull();
		});
	});

	describe('what rooms have to do by themselves', () => {
		it('is kept with when it is due, the first first, until there is nothing', async () => {
			await store.commit([{ due: [{ room: 'r', at: 9 }] }, { due: [{ room: 'r2', at: 5 }] }]);
			await store.commit([{ due: [{ room: 'r', at: 3 }] }]);
			await reopen();
			expect(await store.alarms()).toEqual([
				{ room: 'r', at: 3 },
				{ room: 'r2', at: 5 }
			]);
			await store.commit([{ due: [{ room: 'r', at: null }] }]);
			expect(await store.alarms()).toEqual([{ room: 'r2', at: 5 }]);
		});

		it('is settled only where nobody knew', async () => {
			const due = [0, 0, 5].map((at, n) => ({ room: `r${n}`, at }));
			await store.commit([{ due }]);
			await store.settleAlarm('r0', null);
			await store.settleAlarm('r1', 8);
			await store.settleAlarm('r2', null);
			await store.settleAlarm('r2', 8);
			expect(await store.alarms()).toEqual([
				{ room: 'r2', at: 5 },
				{ room: 'r1', at: 8 }
			]);
		});
	});

	workspaceContract(() => store, reopen);
	searchContract(() => store, reopen);
	remindersContract(() => store, reopen);
	digestContract(() => store, reopen);

	it('leaves nothing of a deleted room, and everything of the others', async () => {
		const fill = (id: string, code: string) => ({
			room: room(id, code),
			entries: [entry(`${id}/m1/board`, 1)],
			state: [state(id, 1, 'list', 'items', 'a', 1)],
			ledger: [ledger(id, 'l1', 'tom', 1)],
			meetings: [{ room: id, number: 1, started: 1, ended: null }],
			members: [{ room: id, person: 'tom', role: 'coach', owner: true }],
			commands: [{ ...command('c1'), room: id }],
			due: [{ room: id, at: 7 }]
		});
		const [[seq]] = (await store.commit([fill('r', 'AAAAAA'), fill('r2', 'BBBBBB')])) as [[number]];
		await store.compact('r/m1/board', kept(bytes(1)), seq);
		const traces = async (id: string) => [
			(await store.room(id)) !== null,
			(await store.documents(id)).length,
			(await store.load(`${id}/m1/board`)).upTo > 0,
			(await store.history(`${id}/m1/board`, 0, 1)).length,
			(await store.state(id, 1)).length,
			(await store.ledger(id)).length,
			(await store.meetings(id)).length,
			(await store.membership(id, 'tom')) !== null,
			(await store.command(id, 'tom', 'c1')) !== null,
			(await store.alarms()).filter(({ room }) => room === id).length
		];
		expect(await traces('r')).toEqual([true, 1, true, 1, 1, 1, 1, true, true, 1]);
		await store.deleteRoom('r');
		await store.compact('r/m1/board', kept(bytes(1)), seq);
		await reopen();
		expect(await traces('r')).toEqual([false, 0, false, 0, 0, 0, 0, false, false, 0]);
		expect(await traces('r2')).toEqual([true, 1, true, 1, 1, 1, 1, true, true, 1]);
		await store.commit([{ entries: [entry('r/m1/board', 8)] }]);
		expect((await store.load('r/m1/board')).tail).toEqual([bytes(8)]);
	});

	it('tells nobody outside of a demo room what was given to all in it', async () => {
		const shared = (id: string) => ({
			...{ room: id, instance: 'learning', id: 'l1', meeting: 1, kind: 'learning' as const, person: null },
			...{ state: 'shared', due: null, text: `We measured hand-backs in ${id}`, data: {}, updated: 5 }
		});
		await store.commit([
			{ room: room('real', 'AAAAAA'), ledger: [shared('real')] },
			{ room: { ...room('demo', 'BBBBBB'), demo: true }, ledger: [shared('demo')] }
		]);
		expect((await store.room('demo'))?.demo).toBe(true);
		expect((await store.published(10)).map(({ room }) => room)).toEqual(['real']);
		const seeker = { person: 'ana', account: true };
		const hits = await store.search.find(seeker, [['hand']], 10, 0);
		expect(hits.map((hit) => hit.room.id)).toEqual(['real']);
	});

	it('says whether it can write', async () => {
		expect(await store.healthy()).toBe(true);
		await store.close();
		expect(await store.healthy()).toBe(false);
	});
}

function bytes(...values: number[]): Uint8Array {
	return new Uint8Array(values);
}

function entry(document: string, value: number, at = 1): Entry {
	return { document, update: bytes(value), person: 'tom', at, cause: null };
}

function room(id: string, code: string): RoomRow {
	return {
		id,
		code,
		screen: `screen-${id}`,
		title: `Room ${id}`,
		format: 'debate',
		preset: null,
		settings: {},
		state: 'open',
		meeting: 1,
		created: 1,
		updated: 2,
		demo: false
	};
}

function kept(state: Uint8Array): Snapshot {
	return { state, known: new Uint8Array([...state, 0]), shape: new Uint8Array([...state, 1]) };
}

function state(
	room: string,
	meeting: number,
	instance: string,
	collection: string,
	key: string,
	value: StateChange['value']
): StateChange {
	return { room, meeting, instance, collection, key, value };
}

function ledger(room: string, id: string, person: string | null, updated: number): LedgerEntry {
	return {
		room,
		instance: 'actions',
		meeting: 1,
		updated,
		id,
		kind: 'action',
		person,
		state: 'open',
		due: '2026-05-14',
		text: 'checklist',
		data: { first: true }
	};
}

function command(id: string, result: CommandRow['result'] = null): CommandRow {
	return { room: 'r', person: 'tom', id, type: 'list.add', at: 5, result };
}
