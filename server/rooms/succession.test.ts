import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tables } from '#lib/blocks/block.ts';
import { renamed } from './succession.ts';
import { soak } from '../sync/testing/soak.ts';

const guest = 'guest-9f2c41';
const account = 'account-77aa10';

describe('a guest who goes on as an account', () => {
	it('is found under the new id as key, in keys and as value', () => {
		const before: Tables = {
			votes: { [guest]: 1, [`item/${guest}`]: true, other: 2 },
			items: { one: { owner: guest, text: 'mine', people: ['x', guest] } }
		};
		expect(renamed(before, guest, account)).toEqual({
			votes: { [account]: 1, [`item/${account}`]: true, other: 2 },
			items: { one: { owner: account, text: 'mine', people: ['x', account] } }
		});
	});

	it('has one vote where both had one: the account’s own', () => {
		const before: Tables = { votes: { [guest]: 'for', [account]: 'against' } };
		expect(renamed(before, guest, account)).toEqual({ votes: { [account]: 'against' } });
	});

	it('stands once in a list that held both', () => {
		const before: Tables = { items: { one: { voters: [guest, 'x', account] } } };
		expect(renamed(before, guest, account)).toEqual({ items: { one: { voters: [account, 'x'] } } });
	});

	it('leaves nothing of the old id, and everything else as it was', () => {
		const json = fc.jsonValue({ maxDepth: 3 });
		let runs = 0;
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.dictionary(fc.string(), json)), (state) => {
				runs++;
				const plain = state as Tables;
				expect(renamed(plain, guest, account)).toEqual(plain);
				const mine = { ...plain, mine: { [guest]: { by: guest, of: [guest] } } } as Tables;
				expect(JSON.stringify(renamed(mine, guest, account))).not.toContain(guest);
			}),
			{ numRuns: soak(200) }
		);
		expect(runs).toBeGreaterThanOrEqual(200);
	});
});
