/**
 * Hundreds of notes in view are too many for an element each: seen from afar they are painted on one sheet, and
 * only those that somebody has in hand get an element, with all that a note can do.
 */
import type { Point, Rect } from './layout.ts';
import type { BoardNode, NoteNode } from './nodes.ts';

/** So many in view have an element each. */
export const MOST = 100;
/** So many get theirs in one frame, when there are few enough again. */
export const STEP = 16;

export type View = { x: number; y: number; zoom: number; width: number; height: number };

/** A note where it is now, while it is being dragged too. */
type Lying = Rect & { node: NoteNode };

/** In the order in which they lie over each other. */
export function lying(nodes: readonly BoardNode[]): Lying[] {
	const frames = new Map<string, Point>();
	const all: Lying[] = [];
	for (const node of nodes) {
		if (node.type === 'frame') {
			frames.set(node.id, node.position);
			continue;
		}
		const frame = node.parentId === undefined ? undefined : frames.get(node.parentId);
		all.push({
			node,
			x: node.position.x + (frame?.x ?? 0),
			y: node.position.y + (frame?.y ?? 0),
			width: node.width ?? 0,
			height: node.height ?? 0
		});
	}
	return all;
}

/** The part of the board that is seen, in its own coordinates. */
export function seen({ x, y, zoom, width, height }: View): Rect {
	return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
}

export function touches(a: Rect, b: Rect): boolean {
	return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function within<T extends Rect>(all: readonly T[], area: Rect): T[] {
	return all.filter((one) => touches(one, area));
}

/** The note on top at this place. */
export function noteAt(nodes: readonly BoardNode[], point: Point): NoteNode | null {
	const found = lying(nodes).findLast((one) => touches(one, { ...point, width: 0, height: 0 }));
	return found?.node ?? null;
}

/** Gives `some` more of the notes that are seen their element; null once all of them have it. */
export function grown(
	apart: ReadonlySet<string>,
	inView: readonly { id: string }[],
	some: number = STEP
): ReadonlySet<string> | null {
	const missing = inView.filter(({ id }) => !apart.has(id));
	if (missing.length === 0) return null;
	return new Set([...apart, ...missing.slice(0, some).map(({ id }) => id)]);
}
