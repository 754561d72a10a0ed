import { describe, expect, it } from 'vitest';
import { harness } from '../testing.ts';
import type { ContactsRecord } from './model.ts';
import { contacts } from './rules.ts';

const room = () => {
	const h = harness<ContactsRecord>(
		contacts,
		{ wanted: 12, owners: ['mentee'] },
		{ nia: 'mentee', omar: 'mentor' },
		['mentor']
	);
	return {
		...h,
		list: () => Object.values(h.record().contacts),
		add: (name: string, by = 'omar') =>
			(h.must(by, 'add', { name, why: 'why we cannot tell the customer', through: 'Omar' }) as { id: string })
				.id
	};
};

describe('a contact', () => {
	it('is introduced by one, met by the other, and counted', () => {
		const h = room();
		const bea = h.add('Bea');
		h.add('Tom', 'nia');
		expect(h.facts()).toEqual({ listed: 2, met: 0, wanted: 12 });
		h.must('nia', 'meet', { id: bea, day: '2026-04-28', learned: 'There is a law.' });
		expect(h.facts()).toMatchObject({ met: 1 });
		expect(h.list()[0]).toMatchObject({
			name: 'Bea',
			met: '2026-04-28',
			through: 'Omar',
			learned: 'There is a law.'
		});
		h.must('nia', 'meet', { id: bea, day: null });
		expect(h.facts()).toMatchObject({ met: 0 });
	});

	it('is taken along by whoever introduced it: who and why, and nobody twice', () => {
		const h = room();
		const bea = h.add('Bea');
		h.add('Tom', 'nia');
		h.must('nia', 'meet', { id: bea, day: '2026-04-28', learned: 'There is a law.' });
		expect(h.ledger()).toMatchObject([
			{ kind: 'contact', person: 'omar', text: 'Bea', data: { why: 'why we cannot tell the customer' } }
		]);
		expect(JSON.stringify(h.ledger())).not.toMatch(/law|Tom|nia/);
		const next = room();
		next.add('BEA', 'nia');
		const contacts = [{ name: 'Bea' }, { name: 'Ida', why: 'Knows the archive' }, { name: 'ida' }];
		expect(next.run('omar', 'take', { contacts })).toMatchObject({ ok: true, result: { added: 1 } });
		expect(next.list().at(-1)).toMatchObject({ name: 'Ida', through: 'omar', by: 'omar', met: null });
		expect(next.run('omar', 'take', { contacts })).toMatchObject({ error: { code: 'twice' } });
		expect(next.run('omar', 'take', { contacts: [] })).toMatchObject({ error: { code: 'invalid' } });
	});

	it('is changed by whose list it is, and by whoever added it', () => {
		const h = room();
		const [bea, tom] = [h.add('Bea'), h.add('Tom', 'nia')];
		expect(h.run('omar', 'edit', { id: tom, why: 'a' })).toMatchObject({ error: { code: 'not_yours' } });
		h.must('omar', 'edit', { id: bea, why: 'legal' });
		h.must('nia', 'edit', { id: bea, name: 'Bea Lind' });
		h.must('nia', 'drop', { id: bea });
		expect(h.list()).toHaveLength(1);
		h.must('nia', 'restore', { id: bea });
		expect(h.run('omar', 'restore', { id: tom })).toMatchObject({ error: { code: 'gone' } });
	});

	it.each([
		['add', { name: ' ' }, 'invalid', 'name'],
		['add', { name: 'BEA' }, 'twice', 'name'],
		['meet', { id: 'x', day: null }, 'gone', 'id'],
		['meet', { day: '2027-01-01' }, 'ahead', 'day'],
		['meet', { day: 'soon' }, 'invalid', 'day']
	])('is refused: %s %j', (verb, payload, code, field) => {
		const h = room();
		const id = h.add('Bea');
		expect(h.run('nia', verb, { id, ...payload })).toMatchObject({ error: { code, field } });
	});
});
