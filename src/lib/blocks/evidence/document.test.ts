import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
	addCard,
	addClaim,
	changeCard,
	emptyCard,
	linkRebuttal,
	moveClaim,
	readCase,
	removeCard,
	removeClaim,
	rewordClaim,
	safeLink
} from './document.ts';
import { children } from './marks.ts';

const words = { ...emptyCard, quote: 'Letters take 22 min' };

function written(): Y.Doc {
	const doc = new Y.Doc();
	addClaim(doc, { id: 'one', text: 'Faster', author: 'dev' });
	addClaim(doc, { id: 'two', text: 'Within policy', author: 'hana' });
	addCard(doc, { ...words, id: 'pilot', author: 'dev', claim: 'one' });
	return doc;
}

function meet(a: Y.Doc, b: Y.Doc): void {
	Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
	Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
}

describe('a side’s document', () => {
	test('holds claims and cards in order', () => {
		const { claims, cards } = readCase(written(), 'for');
		expect(claims.map(({ id, text, side }) => [id, text, side])).toEqual([
			['one', 'Faster', 'for'],
			['two', 'Within policy', 'for']
		]);
		expect(cards).toMatchObject([
			{ id: 'pilot', claim: 'one', quote: 'Letters take 22 min', kind: 'own-data' }
		]);
	});

	test('keeps both when two people reword a claim at once', () => {
		const mine = written();
		const theirs = new Y.Doc();
		meet(mine, theirs);
		rewordClaim(mine, 'one', 'Much Faster');
		rewordClaim(theirs, 'one', 'Faster by half');
		meet(mine, theirs);
		expect(readCase(mine, 'for').claims[0]?.text).toBe('Much Faster by half');
		expect(readCase(theirs, 'for')).toEqual(readCase(mine, 'for'));
	});

	test('moves a claim among its neighbours', () => {
		const doc = written();
		moveClaim(doc, 'for', 'two', -1);
		expect(readCase(doc, 'for').claims.map(({ id }) => id)).toEqual(['two', 'one']);
		moveClaim(doc, 'for', 'two', -1);
		expect(readCase(doc, 'for').claims.map(({ id }) => id)).toEqual(['two', 'one']);
	});

	test('keeps the cards of a claim that is removed, and moves up what stood under it', () => {
		const doc = written();
		addClaim(doc, { id: 'under', text: 'Nine minutes', author: 'dev', parent: 'one' });
		removeClaim(doc, 'one');
		const { claims, cards } = readCase(doc, 'for');
		expect(claims.map(({ id, parent }) => [id, parent])).toEqual([
			['two', null],
			['under', null]
		]);
		expect(cards[0]?.claim).toBe(null);
		removeCard(doc, 'pilot');
		expect(readCase(doc, 'for').cards).toEqual([]);
	});

	test('changes a card and its links', () => {
		const doc = written();
		changeCard(doc, 'pilot', {
			...words,
			quote: 'pilot 9 min',
			kind: 'study',
			date: '2026-02-12',
			claim: 'two'
		});
		linkRebuttal(doc, 'cards', 'pilot', 'memo', true);
		linkRebuttal(doc, 'claims', 'one', 'theirs', true);
		expect(readCase(doc, 'for').cards[0]).toMatchObject({
			quote: 'pilot 9 min',
			kind: 'study',
			claim: 'two',
			rebuts: ['memo']
		});
		expect(readCase(doc, 'for').claims[0]?.rebuts).toEqual(['theirs']);
		linkRebuttal(doc, 'cards', 'pilot', 'memo', false);
		expect(readCase(doc, 'for').cards[0]?.rebuts).toEqual([]);
	});

	test('shows every claim, though two people each put one under the other', () => {
		const mine = written();
		const theirs = new Y.Doc();
		meet(mine, theirs);
		(mine.getMap('claims').get('one') as Y.Map<unknown>).set('parent', 'two');
		(theirs.getMap('claims').get('two') as Y.Map<unknown>).set('parent', 'one');
		meet(mine, theirs);
		const { claims } = readCase(mine, 'for');
		expect(children(claims, null)).toHaveLength(1);
	});
});

describe('an address', () => {
	test.each([
		['https://example.org/a?b=c', 'https://example.org/a?b=c'],
		['http://intranet/pilot', 'http://intranet/pilot'],
		[' HTTPS://EXAMPLE.org ', 'https://example.org/'],
		['javascript:alert(1)', ''],
		['java\nscript:alert(1)', ''],
		['data:text/html,x', ''],
		['//example.org', ''],
		['example.org', ''],
		['', '']
	])('%j is followed as %j', (given, followed) => {
		expect(safeLink(given)).toBe(followed);
	});
});

test('whatever is in a document, reading it answers: claims hang together, links are safe', () => {
	const leaf = fc.oneof(
		fc.string(),
		fc.double(),
		fc.constant(null),
		fc.constantFrom('a', 'b', 'c', 'javascript:alert(1)')
	);
	const field = fc.constantFrom(
		'text',
		'order',
		'parent',
		'claim',
		'quote',
		'link',
		'date',
		'kind',
		'rebuts',
		'author'
	);
	const fields = fc.array(
		fc.tuple(field, fc.oneof(leaf, fc.constant(new Y.Map()), fc.constant(new Y.Array()))),
		{ maxLength: 10 }
	);
	const written = fc
		.tuple(fc.constantFrom('a', 'b', 'c'), fields)
		.map(([parent, more]) => [
			['text' as const, 'A claim'],
			['quote' as const, 'A quote'],
			['parent' as const, parent],
			...more
		]);
	const entry = fc.oneof(leaf, fields, written);
	const id = fc.oneof(fc.constantFrom('a', 'b', 'c', '__proto__', 'a/b'), fc.string());
	let claimsSeen = 0;
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.constantFrom('claims', 'cards'), id, entry), { maxLength: 20 }),
			(steps) => {
				const doc = new Y.Doc();
				for (const [of, name, value] of steps) {
					if (!Array.isArray(value)) {
						doc.getMap(of).set(name, value);
						continue;
					}
					const map = new Y.Map<unknown>();
					for (const [key, one] of value)
						map.set(key, one instanceof Y.Map ? new Y.Map() : one instanceof Y.Array ? new Y.Array() : one);
					doc.getMap(of).set(name, map);
				}
				const { claims, cards } = readCase(doc, 'against');
				claimsSeen += claims.length;
				const reached: string[] = [];
				const walk = (parent: string | null) => {
					for (const claim of children(claims, parent)) {
						reached.push(claim.id);
						walk(claim.id);
					}
				};
				walk(null);
				expect(reached.toSorted()).toEqual(claims.map((claim) => claim.id).toSorted());
				for (const card of cards) {
					expect(card.link === '' || /^https?:/.test(card.link)).toBe(true);
					expect(card.claim === null || reached.includes(card.claim)).toBe(true);
				}
			}
		),
		{ numRuns: 500 }
	);
	expect(claimsSeen).toBeGreaterThan(50);
});
