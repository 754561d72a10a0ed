/** Where a link between two notes begins and ends: at the sides that face each other. */
import { getBezierPath, Position } from '@xyflow/svelte';
import type { Point, Rect } from './layout.ts';

function sidesOf(a: Rect, b: Rect): [Position, Position] {
	if (b.x > a.x + a.width) return [Position.Right, Position.Left];
	if (a.x > b.x + b.width) return [Position.Left, Position.Right];
	return b.y > a.y ? [Position.Bottom, Position.Top] : [Position.Top, Position.Bottom];
}

function middleOf({ x, y, width, height }: Rect, side: Position): Point {
	if (side === Position.Left) return { x, y: y + height / 2 };
	if (side === Position.Right) return { x: x + width, y: y + height / 2 };
	return { x: x + width / 2, y: side === Position.Top ? y : y + height };
}

/** An SVG path, and the place of a word on it. */
export function linkBetween(from: Rect, to: Rect): { path: string; x: number; y: number } {
	const [sourcePosition, targetPosition] = sidesOf(from, to);
	const start = middleOf(from, sourcePosition);
	const end = middleOf(to, targetPosition);
	const [path, x, y] = getBezierPath({
		sourceX: start.x,
		sourceY: start.y,
		sourcePosition,
		targetX: end.x,
		targetY: end.y,
		targetPosition
	});
	return { path, x, y };
}
