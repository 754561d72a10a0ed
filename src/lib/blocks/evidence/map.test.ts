import { expect, test } from 'vitest';
import { placeMap } from './map.ts';
import { marksOf, type Cases } from './marks.ts';
import type { Card, Claim, Side } from './model.ts';

const claim = (side: Side, id: string, order: number, parent: string | null = null): Claim => ({
	id,
	side,
	text: id,
	order,
	parent,
	author: null,
	rebuts: []
});
const card = (side: Side, id: string, of: string | null, rebuts: string[] = []): Card => ({
	id,
	side,
	claim: of,
	quote: id,
	source: '',
	link: '',
	standing: '',
	date: '',
	kind: 'study',
	order: 1,
	author: null,
	rebuts
});

const cases: Cases = {
	for: {
		claims: [claim('for', 'faster', 1), claim('for', 'policy', 2), claim('for', 'sub', 3, 'policy')],
		cards: [card('for', 'pilot', 'faster'), card('for', 'calls', 'faster'), card('for', 'loose', null)]
	},
	against: {
		claims: [claim('against', 'rates', 1)],
		cards: [card('against', 'memo', 'rates', ['pilot', 'gone'])]
	}
};

test('every claim and card has a place of its own, and the sides do not overlap', () => {
	const { nodes } = placeMap(cases, marksOf(cases, []));
	expect(nodes).toHaveLength(8);
	expect(new Set(nodes.map(({ position: { x, y } }) => `${x}/${y}`)).size).toBe(8);
	const right = Math.max(
		...nodes.filter(({ data }) => data.side === 'for').map(({ position }) => position.x)
	);
	const left = Math.min(
		...nodes.filter(({ data }) => data.side === 'against').map(({ position }) => position.x)
	);
	expect(right).toBeLessThan(left);
});

test('lines go from what supports and what rebuts, and none leads to what is gone', () => {
	const { edges } = placeMap(cases, marksOf(cases, []));
	expect(edges.map(({ source, target, data }) => [source, data?.is, target])).toEqual([
		['for/pilot', 'supports', 'for/faster'],
		['for/calls', 'supports', 'for/faster'],
		['for/sub', 'supports', 'for/policy'],
		['against/memo', 'supports', 'against/rates'],
		['against/memo', 'rebuts', 'for/pilot']
	]);
});
