import { describe, expect, it } from 'vitest';
import type { Entry, LedgerEntry, RoomRow, Store } from './store.ts';
import type { IndexedPassage, Seeker } from './search-store.ts';

const TOM: Seeker = { person: 'tom', account: false };
const ACCOUNT: Seeker = { person: 'ada', account: true };

/** Of the suite in store.contract.ts: what is taken in, found, and gone from the search with what it stood in. */
export function searchContract(store: () => Store, reopen: () => Promise<void>): void {
	const room = (id: string, code: string): RoomRow => ({
		...{ id, code, screen: `screen-${id}`, title: `Room ${id}`, format: 'debate', preset: null, demo: false },
		...{ settings: {}, state: 'open', meeting: 2, created: 1, updated: 2 }
	});
	const entry = (document: string, at = 1): Entry => ({
		...{ document, update: new Uint8Array([1]), person: 'tom', at, cause: null }
	});
	const words = (item: string, text: string): IndexedPassage => ({ instance: 'questions', item, text });
	const learning = (id: string, state: string): LedgerEntry => ({
		...{ room: 'r', instance: 'learned', meeting: 1, updated: 1, id, kind: 'learning', person: 'tom', state },
		...{ due: null, text: 'Herons stand still', data: {} }
	});
	/** A room with Tom in it, and a document that went as far as the number that is answered. */
	async function written(document: string, code = 'AAAAAA'): Promise<number> {
		const id = document.slice(0, document.indexOf('/'));
		const member = { room: id, person: 'tom', role: 'member', owner: false };
		const [[seq]] = (await store().commit([
			{ room: room(id, code), members: [member], entries: [entry(document)] }
		])) as [[number]];
		return seq;
	}
	const find = (seeker: Seeker, ...groups: string[][]) => store().search.find(seeker, groups, 10, 0);
	const items = async (seeker: Seeker, ...groups: string[][]) =>
		(await find(seeker, ...groups)).map(({ item }) => item);

	describe('the search', () => {
		it('names the documents that went on since they were taken in, page by page', async () => {
			const seq = await written('r/m1/board');
			await written('r2/m1/board', 'BBBBBB');
			const [first] = await store().search.stale(0, 1);
			expect(first).toMatchObject({ document: 'r/m1/board', last: seq });
			expect(await store().search.stale(first!.id, 5)).toMatchObject([{ document: 'r2/m1/board' }]);
			await store().search.index('r/m1/board', seq, []);
			await reopen();
			expect(await store().search.stale(0, 5)).toMatchObject([{ document: 'r2/m1/board' }]);
			await store().commit([{ entries: [entry('r/m1/board', 2)] }]);
			expect(await store().search.stale(0, 5)).toHaveLength(2);
		});

		it('finds the beginnings of words, one of each group, whatever their marks and capitals', async () => {
			const seq = await written('r/m1/record');
			const passages = [words('a', 'Größe der Ölkanne'), words('b', 'A heron on the bank')];
			await store().search.index('r/m1/record', seq, passages);
			await reopen();
			expect(await items(TOM, ['OLKANN'])).toEqual(['a']);
			expect(await items(TOM, ['nothing', 'heron'])).toEqual(['b']);
			expect(await items(TOM, ['heron'], ['bank'])).toEqual(['b']);
			expect(await items(TOM, ['heron'], ['ölkanne'])).toEqual([]);
			expect(await items(TOM, ['kanne'])).toEqual([]);
			const [hit] = await find(TOM, ['heron']);
			expect(hit).toEqual({
				room: {
					...{ id: 'r', code: 'AAAAAA', title: 'Room r', format: 'debate', preset: null },
					...{ meeting: 2, demo: false }
				},
				...{ role: 'member', document: 'm1/record', instance: 'questions', item: 'b' },
				snippet: 'A \u0001heron\u0002 on the bank'
			});
		});

		it('takes no word for more than a word', async () => {
			const seq = await written('r/m1/record');
			await store().search.index('r/m1/record', seq, [words('a', 'plain words OR not')]);
			for (const odd of ['"', 'a" OR "b', '*', 'text:x', 'NEAR(a', '-x', '\u0000', ''])
				expect(await items(TOM, [odd, 'plain']), JSON.stringify(odd)).toBeInstanceOf(Array);
			expect(await items(TOM, ['or'], ['not'])).toEqual(['a']);
		});

		it('replaces what a document said before, the latest first, and skips what is asked to', async () => {
			const seq = await written('r/m1/record');
			const passages = [words('a', 'heron one'), words('b', 'heron two')];
			await store().search.index('r/m1/record', seq, passages);
			expect(await items(TOM, ['heron'])).toEqual(['b', 'a']);
			expect(await store().search.find(TOM, [['heron']], 1, 1)).toMatchObject([{ item: 'a' }]);
			await store().search.index('r/m1/record', seq, [words('a', 'egret one')]);
			expect(await items(TOM, ['heron'])).toEqual([]);
			expect(await items(TOM, ['egret'])).toEqual(['a']);
		});

		it('finds nothing of a room for whoever is not in it, at once', async () => {
			const seq = await written('r/m1/record');
			await store().search.index('r/m1/record', seq, [words('a', 'heron')]);
			expect(await find({ person: 'ida', account: true }, ['heron'])).toEqual([]);
			await store().commit([{ members: [{ room: 'r', person: 'tom', role: null, owner: false }] }]);
			expect(await find(TOM, ['heron'])).toEqual([]);
		});

		it('never finds another person’s own document', async () => {
			const seq = await written('r/own/tom');
			await store().search.index('r/own/tom', seq, [words('', 'heron in my journal')]);
			const ida = { room: 'r', person: 'ida', role: 'host', owner: true };
			await store().commit([{ members: [ida] }]);
			expect(await find(TOM, ['heron'])).toHaveLength(1);
			expect(await find({ person: 'ida', account: true }, ['heron'])).toEqual([]);
		});

		it('finds what was given to the whole workspace for accounts alone, as long as it is', async () => {
			await written('r/m1/record');
			await store().commit([{ ledger: [learning('l1', 'shared'), learning('l2', 'kept')] }]);
			expect(await find(ACCOUNT, ['heron'])).toMatchObject([
				{ item: 'l1', document: null, role: null, instance: 'learned' }
			]);
			expect(await find({ person: 'ada', account: false }, ['heron'])).toEqual([]);
			await store().commit([{ ledger: [learning('l1', 'kept')] }]);
			expect(await find(ACCOUNT, ['heron'])).toEqual([]);
			await store().commit([{ ledger: [learning('l1', 'shared')] }]);
			await store().commit([{ unledger: [{ room: 'r', instance: 'learned', id: 'l1' }] }]);
			expect(await find(ACCOUNT, ['heron'])).toEqual([]);
		});

		it('drops the words of a rewritten document and says so; what was read before takes nothing in', async () => {
			const seq = await written('r/m1/board');
			await store().search.index('r/m1/board', seq, [words('a', 'heron')]);
			const rewritten: string[] = [];
			const end = store().search.onRewritten((document) => rewritten.push(document));
			await store().squash('r/m1/board', () => new Uint8Array([2]), null, 5);
			expect(rewritten).toEqual(['r/m1/board']);
			expect(await find(TOM, ['heron'])).toEqual([]);
			await store().search.index('r/m1/board', seq, [words('a', 'heron')]);
			expect(await find(TOM, ['heron'])).toEqual([]);
			end();
			await store().squash('r/m1/board', () => new Uint8Array([3]), null, 6);
			expect(rewritten).toHaveLength(1);
		});

		it('drops the words of a deleted room, and takes in none afterwards', async () => {
			const seq = await written('r/m1/board');
			await store().search.index('r/m1/board', seq, [words('a', 'heron')]);
			await store().commit([{ ledger: [learning('l1', 'shared')] }]);
			await store().deleteRoom('r');
			await store().search.index('r/m1/board', seq, [words('a', 'heron')]);
			await written('r/m2/board');
			expect(await find(TOM, ['heron'])).toEqual([]);
			expect(await find(ACCOUNT, ['heron'])).toEqual([]);
		});
	});
}
