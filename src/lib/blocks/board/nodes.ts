/** From the board's layout to what xyflow draws. What did not change stays the same object, so that it rests. */
import { Position, type Edge, type Node } from '@xyflow/svelte';
import type { Layout, Rect } from './layout.ts';
import type { Group, Link, Note } from './model.ts';

export type NoteNode = Node<{ note: Note }, 'note'>;
export type FrameNode = Node<{ group: Group; count: number }, 'frame'>;
export type BoardNode = NoteNode | FrameNode;
export type LinkEdge = Edge<{ link: Link }, 'link'>;

// Ids of notes and groups come from anybody's client and may collide.
const nodeOf = (note: string) => `n/${note}`;
export const frameOf = (group: string) => `g/${group}`;
export const idOf = (node: string) => node.slice(2);

export type Words = { note: (note: Note) => string; frame: (group: Group, count: number) => string };

interface Drawing {
	/** Nodes that are being dragged here; they stay as they are. */
	held: ReadonlySet<string>;
	selection: readonly string[];
	words: Words;
	/** Notes that have an element, by their ids; null: all. */
	apart: ReadonlySet<string> | null;
}

export function nodesFrom(
	layout: Layout,
	before: readonly BoardNode[],
	{ held, selection, words, apart }: Drawing
): BoardNode[] {
	const known = new Map(before.map((node) => [node.id, node]));
	const selected = new Set(selection);
	const nodes: BoardNode[] = [];
	const origins = new Map(layout.frames.map((frame) => [frame.group.id, frame]));
	for (const frame of layout.frames) {
		const id = frameOf(frame.group.id);
		nodes.push(
			keep(known.get(id), held.has(id), {
				id,
				type: 'frame',
				position: { x: frame.x, y: frame.y },
				data: { group: frame.group, count: frame.notes.length },
				selectable: false,
				dragHandle: '.grip',
				zIndex: 0,
				ariaLabel: words.frame(frame.group, frame.notes.length),
				...sized(frame)
			})
		);
	}
	for (const placed of layout.notes) {
		const id = nodeOf(placed.note.id);
		const frame = placed.frame === null ? undefined : origins.get(placed.frame);
		nodes.push(
			keep(known.get(id), held.has(id), {
				id,
				type: 'note',
				position: { x: placed.x - (frame?.x ?? 0), y: placed.y - (frame?.y ?? 0) },
				...(frame ? { parentId: frameOf(frame.group.id) } : {}),
				data: { note: placed.note },
				selected: selected.has(placed.note.id),
				hidden: apart !== null && !apart.has(placed.note.id),
				zIndex: 1,
				ariaLabel: words.note(placed.note),
				...sized(placed)
			})
		);
	}
	return nodes;
}

/** `next` in the order that its nodes had `before`; frames stay ahead of the notes in them. */
export function inOrderOf(before: readonly BoardNode[], next: readonly BoardNode[]): BoardNode[] {
	const order = new Map(before.map(({ id }, index) => [id, index]));
	const rank = (node: BoardNode) =>
		(node.type === 'frame' ? -2 * before.length - 1 : 0) + (order.get(node.id) ?? before.length);
	return [...next].sort((a, b) => rank(a) - rank(b));
}

export function edgesFrom(
	links: readonly Link[],
	before: readonly LinkEdge[],
	label: (link: Link) => string
): LinkEdge[] {
	const known = new Map(before.map((edge) => [edge.id, edge]));
	return links.map((link) => {
		const there = known.get(link.id);
		if (there?.data?.link === link) return there;
		return {
			id: link.id,
			type: 'link',
			source: nodeOf(link.from),
			target: nodeOf(link.to),
			data: { link },
			ariaLabel: label(link),
			markerEnd: { type: 'arrow', width: 20, height: 20 },
			...(there?.selected ? { selected: true } : {})
		} as LinkEdge;
	});
}

/** Size and ends of links are told, so that nothing has to be drawn to be measured. */
function sized({ width, height }: Rect) {
	const end = { width: 1, height: 1, y: height / 2 };
	return {
		width,
		height,
		measured: { width, height },
		handles: [
			{ ...end, type: 'target' as const, position: Position.Left, x: 0 },
			{ ...end, type: 'source' as const, position: Position.Right, x: width }
		]
	};
}

function keep<T extends BoardNode>(before: BoardNode | undefined, held: boolean, next: T): BoardNode {
	if (!before || before.type !== next.type) return next;
	if (held) return { ...before, data: next.data } as BoardNode;
	const same =
		before.position.x === next.position.x &&
		before.position.y === next.position.y &&
		before.parentId === next.parentId &&
		before.width === next.width &&
		before.height === next.height &&
		(before.selected ?? false) === (next.selected ?? false) &&
		(before.hidden ?? false) === (next.hidden ?? false) &&
		before.ariaLabel === next.ariaLabel &&
		!before.dragging &&
		sameData(before, next);
	return same ? before : next;
}

function sameData(a: BoardNode, b: BoardNode): boolean {
	if (a.type === 'note') return b.type === 'note' && a.data.note === b.data.note;
	return b.type === 'frame' && a.data.group === b.data.group && a.data.count === b.data.count;
}
