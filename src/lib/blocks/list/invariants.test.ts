import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Tables } from '../block.ts';
import { harness } from '../testing.ts';
import { rootOf, type ListOwn, type ListRecord, type ListState } from './model.ts';
import { list } from './rules.ts';
import { likeness, nearest, stems } from '../similar.ts';

const people = { host: 'host', a: 'crowd', b: 'crowd', c: 'crowd', d: 'crowd' };
const names = Object.keys(people);
const person = fc.constantFrom(...names);
const pick = fc.nat(7);

const step = fc.oneof(
	fc.record({ do: fc.constant('submit' as const), by: person, anonymous: fc.boolean() }),
	fc.record({ do: fc.constant('vote' as const), by: person, item: pick, votes: fc.nat(2) }),
	fc.record({ do: fc.constant('merge' as const), item: pick, into: pick }),
	fc.record({
		do: fc.constantFrom(
			'approve',
			'unmerge',
			'archive',
			'restore',
			'stage',
			'next',
			'back',
			'dismiss',
			'return',
			'withdraw'
		),
		item: pick
	})
);

function play(steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[], settings: object) {
	const h = harness<ListRecord, Tables, ListOwn>(list, { anonymity: 'allowed', ...settings }, people);
	const items: string[] = [];
	const at = (n: number) => items[n % Math.max(1, items.length)] ?? 'none';
	for (const one of steps) {
		h.clock.now += 1000;
		const { record } = { record: h.record() };
		const expects = Object.values(record.items).find((item) => item.status.is === 'stage')?.id ?? null;
		if (one.do === 'submit') {
			const outcome = h.run(one.by, 'submit', { text: `Text ${items.length}`, anonymous: one.anonymous });
			if (outcome.ok) items.push((outcome.result as { item: string }).item);
		} else if (one.do === 'vote') h.run(one.by, 'vote', { item: at(one.item), votes: one.votes });
		else if (one.do === 'merge') h.run('host', 'merge', { item: at(one.item), into: at(one.into) });
		else if (one.do === 'withdraw')
			h.run((h.state as ListState).items[at(one.item)]?.author?.id ?? 'a', 'withdraw', {
				item: at(one.item)
			});
		else h.run('host', one.do, { item: at(one.item), expects, reason: 'Because.' });
	}
	return h;
}

const runs = { numRuns: 150 };

it('counts each person at most once an item, and the tally is the sum of what each sees as their own', () => {
	fc.assert(
		fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
			const h = play(steps, {});
			const record = h.record();
			const sum: Record<string, number> = {};
			for (const name of names)
				for (const [item, votes] of Object.entries(h.own(name).votes)) {
					expect(votes).toBe(1);
					if (record.items[item]) sum[item] = (sum[item] ?? 0) + votes;
				}
			expect(record.tally).toEqual(sum);
		}),
		runs
	);
});

it('lets nobody give more dots than the budget has, whatever is merged and taken apart', () => {
	fc.assert(
		fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
			const h = play(steps, { budget: 3, perItem: 2 });
			for (const name of names) {
				const own = h.own(name);
				expect(own.left).toBeGreaterThanOrEqual(0);
				expect(Object.values(own.votes).reduce((sum, one) => sum + one, 0)).toBe(3 - own.left!);
			}
		}),
		runs
	);
});

it('has at most one item on stage, and every entry stands for itself or in one other', () => {
	fc.assert(
		fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), fc.boolean(), (steps, moderation) => {
			const h = play(steps, { moderation });
			const { items } = h.state as ListState;
			const record = h.record();
			const shown = Object.values(record.items);
			expect(shown.filter((item) => item.status.is === 'stage').length).toBeLessThanOrEqual(1);
			expect(record.figures.now?.asked).toBe(
				Object.values(items).filter((item) => item.into === null).length
			);
			for (const item of shown) {
				const group = Object.keys(items).filter((id) => rootOf(items, id) === item.id);
				expect(item.joined).toBe(group.length - 1);
				const authors = new Set(group.flatMap((id) => (items[id]!.anonymous ? [] : [items[id]!.author!.id])));
				expect(new Set(item.askers.map((asker) => asker.id))).toEqual(authors);
			}
		}),
		runs
	);
});

it('merging loses no voter, and taking apart brings back exactly what was', () => {
	fc.assert(
		fc.property(fc.array(step, { minLength: 8, maxLength: 40 }), pick, pick, (steps, one, two) => {
			const h = play(steps, {});
			const before = h.record();
			const open = Object.values(before.items).filter((item) => item.status.is === 'open');
			const [from, into] = [open[one % open.length || 0], open[two % open.length || 0]];
			if (!from || !into || from === into) return;
			const voters = (item: string) => names.filter((name) => h.own(name).votes[item] !== undefined);
			const union = new Set([...voters(from.id), ...voters(into.id)]);
			h.must('host', 'merge', { item: from.id, into: into.id });
			expect(new Set(voters(into.id))).toEqual(union);
			expect(h.record().tally[into.id] ?? 0).toBe(union.size);
			h.must('host', 'unmerge', { item: from.id });
			expect(h.record()).toEqual(before);
		}),
		runs
	);
});

it('shows what waits, is returned or is dismissed to nobody in the room', () => {
	fc.assert(
		fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
			const h = play(steps, { moderation: true });
			const text = JSON.stringify(h.record());
			for (const item of Object.values((h.state as ListState).items))
				if (item.shown === null) expect(text).not.toContain(`"${item.text}"`);
			expect(text).not.toContain('Because.');
		}),
		runs
	);
});

it('finds near-duplicates by the words they share', () => {
	const among = [
		{ text: 'Where does my team’s cloud bill sit?' },
		{ text: 'How do I tell a one-off from a bad habit?' }
	];
	expect(nearest('Where can I see the cloud bills of my teams?', among)).toBe(among[0]);
	expect(nearest('Which three lines should I read first?', among)).toBeNull();
	expect(nearest('', among)).toBeNull();
	expect(likeness(stems('Wo steht die Rechnung?'), stems('Wo stehen die Rechnungen?'))).toBeGreaterThan(0.4);
});
