/** What is being dragged, as others are told; and what becomes of it when it is dropped. */
import type { BoardControl } from './control.svelte.ts';
import { frameAt, inReach, orderAt, type Layout, type Point } from './layout.ts';
import { frameOf, idOf, type BoardNode } from './nodes.ts';
import type { Dragged } from './presence.svelte.ts';
import type { Place } from './write.ts';

function placeOf(layout: Layout, node: BoardNode): Point {
	const frame = layout.frames.find(({ group }) => frameOf(group.id) === node.parentId);
	return { x: node.position.x + (frame?.x ?? 0), y: node.position.y + (frame?.y ?? 0) };
}

export function dragged(layout: Layout, nodes: readonly BoardNode[]): Dragged {
	const all: Dragged = { notes: {}, groups: {} };
	for (const node of nodes) {
		all[node.type === 'frame' ? 'groups' : 'notes'][idOf(node.id)] = inReach(placeOf(layout, node));
	}
	return all;
}

/** Notes that are dropped on a frame join its group, there in the order; others lie where they were dropped. */
export function dropped(board: BoardControl, nodes: readonly BoardNode[]): void {
	const { layout } = board;
	const moved = new Set(nodes.map(({ id }) => idOf(id)));
	const places: Place[] = [];
	for (const node of nodes) {
		const id = idOf(node.id);
		const at = inReach(placeOf(layout, node));
		if (node.type === 'frame') {
			board.moveGroups([{ id, ...at }]);
			continue;
		}
		const middle = { x: at.x + (node.width ?? 0) / 2, y: at.y + (node.height ?? 0) / 2 };
		const frame = frameAt(layout, middle);
		if (frame) places.push({ id, group: frame.group.id, x: 0, y: orderAt(frame, middle, moved) });
		else places.push({ id, group: null, ...at });
	}
	board.move(places);
}
