import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { Once } from './once.ts';
import { createSqliteStore } from './sqlite.ts';

async function maker(database = new DatabaseSync(':memory:')) {
	const store = await createSqliteStore(database);
	const once = new Once({ store, now: () => 1 });
	const made: string[] = [];
	const make = (person: string, id: string | null, { type = 'cake', refuses = false } = {}) =>
		once.make(
			{ person, type, id },
			{
				again: async (result) => result,
				async first(note) {
					if (refuses) return 'refused';
					const one = `${person} ${made.length}`;
					made.push(one);
					await store.commit([{ commands: note(one) }]);
					return one;
				}
			}
		);
	return { database, store, made, make };
}

describe('what is made once', () => {
	it('is the first’s for whoever asks again, and for whoever asks meanwhile', async () => {
		const { make, made } = await maker();
		const all = await Promise.all([make('ada', 'x'), make('ada', 'x'), make('ada', 'x')]);
		expect([...all, await make('ada', 'x')]).toEqual(Array(4).fill('ada 0'));
		expect(made).toHaveLength(1);
	});

	it('is another’s own, and another thing’s, under the same id', async () => {
		const { make } = await maker();
		await make('ada', 'x');
		expect(await make('ben', 'x')).toBe('ben 1');
		expect(await make('ada', 'x', { type: 'tea' })).toBe('ada 2');
	});

	it('is known after a restart, for a day', async () => {
		const { make, database } = await maker();
		await make('ada', 'x');
		const after = await maker(database);
		expect(await after.make('ada', 'x')).toBe('ada 0');
		await after.store.forgetCommands(2);
		expect(await after.make('ada', 'x')).toBe('ada 0');
		expect(after.made).toEqual(['ada 0']);
	});

	it('is made anew where it was refused or has no id', async () => {
		const { make } = await maker();
		expect(await make('ada', 'x', { refuses: true })).toBe('refused');
		expect(await make('ada', 'x')).toBe('ada 0');
		expect(await make('ada', null)).toBe('ada 1');
		expect(await make('ada', null)).toBe('ada 2');
	});
});
