/** Where claims and cards stand on the map: cards face each other in the middle, the claims they support stand outside. */
import type { Edge, Node } from '@xyflow/svelte';
import { abroad, cardsOf, children, key, type Cases, type Marks } from './marks.ts';
import { otherSide, SIDES, type Card, type Claim, type Side } from './model.ts';

const NODE = { width: 260, height: 104 };
const GAP = { column: 72, row: 20, middle: 200 };

export type MapNode = Node<
	{ side: Side; ref: string; words: string; is: 'claim' | 'card'; fell: boolean },
	'piece'
>;
type MapEdge = Edge<{ is: 'supports' | 'rebuts'; side: Side }>;

interface Placed {
	nodes: MapNode[];
	edges: MapEdge[];
}

type Column = 'claims' | 'cards';

const COLUMNS: Record<Side, readonly Column[]> = { for: ['claims', 'cards'], against: ['cards', 'claims'] };

/** Left edge of a side's column. */
function left(side: Side, column: Column): number {
	const step = NODE.width + GAP.column;
	const start = side === 'for' ? 0 : step + NODE.width + GAP.middle;
	return start + COLUMNS[side].indexOf(column) * step;
}

function placeSide(cases: Cases, side: Side, marks: Marks): Placed {
	const { claims, cards } = cases[side];
	const nodes: MapNode[] = [];
	const edges: MapEdge[] = [];
	const step = NODE.height + GAP.row;
	let row = 0;

	const put = (of: Claim | Card, column: Column, at: number) => {
		const is = 'quote' in of ? 'card' : 'claim';
		const ref = marks.refs.get(key(of)) ?? '';
		const words = 'quote' in of ? of.quote : of.text;
		nodes.push({
			id: key(of),
			type: 'piece',
			position: { x: left(side, column), y: at * step },
			...NODE,
			data: { side, ref, words, is, fell: marks.fates.get(key(of)) === 'falls' },
			ariaLabel: `${abroad(side, ref)}: ${words}`
		});
	};
	const supports = (from: Claim | Card, to: Claim) =>
		edges.push({
			id: `${key(from)}>${key(to)}`,
			source: key(from),
			target: key(to),
			sourceHandle: side === 'for' ? 'left' : 'right',
			targetHandle: side === 'for' ? 'right' : 'left',
			data: { is: 'supports', side }
		});
	const placeClaim = (claim: Claim) => {
		const own = cardsOf(cards, claim.id);
		put(claim, 'claims', row);
		own.forEach((card, index) => {
			put(card, 'cards', row + index);
			supports(card, claim);
		});
		row += Math.max(1, own.length);
		for (const child of children(claims, claim.id)) {
			placeClaim(child);
			supports(child, claim);
		}
	};
	for (const claim of children(claims, null)) placeClaim(claim);
	for (const card of cardsOf(cards, null)) put(card, 'cards', row++);
	return { nodes, edges };
}

export function placeMap(cases: Cases, marks: Marks): Placed {
	const placed = SIDES.map((side) => placeSide(cases, side, marks));
	const nodes = placed.flatMap((side) => side.nodes);
	const known = new Set(nodes.map(({ id }) => id));
	const rebuts: MapEdge[] = SIDES.flatMap((side) =>
		[...cases[side].claims, ...cases[side].cards].flatMap((from) =>
			from.rebuts
				.map((id) => `${otherSide(side)}/${id}`)
				.filter((target) => known.has(target))
				.map((target) => ({
					id: `${key(from)}!${target}`,
					source: key(from),
					target,
					sourceHandle: side === 'for' ? 'right' : 'left',
					targetHandle: side === 'for' ? 'left' : 'right',
					data: { is: 'rebuts' as const, side }
				}))
		)
	);
	return { nodes, edges: [...placed.flatMap((side) => side.edges), ...rebuts] };
}
