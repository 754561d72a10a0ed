/** How a board is shown at first, and how all of it is shown. */
import type { Viewport } from '@xyflow/svelte';
import { extent, type Layout, type Size } from './layout.ts';

/** Room for the line above the board, for the tools over its lower edge, and a margin at both sides; px. */
const TOP = 64;
const BOTTOM = 88;
const SIDE = 24;

/** Smaller than this, a note's letters are hard to read. */
const READABLE = 0.8;

function zoomFor({ width, height }: Size, area: Size): number {
	const [across, down] = [area.width - 2 * SIDE, area.height - TOP - BOTTOM];
	return Math.min(1, across / (width || 1), down / (height || 1));
}

/** From its upper edge on, because it grows downwards; never larger than life. */
export function fitAll(layout: Layout, area: Size) {
	const all = extent(layout) ?? { width: 1, height: 1 };
	const below = Math.max(BOTTOM, area.height - TOP - all.height * zoomFor(all, area));
	return {
		maxZoom: 1,
		includeHiddenNodes: true,
		padding: { top: `${TOP}px`, bottom: `${Math.floor(below)}px`, x: `${SIDE}px` }
	} as const;
}

/** Where all of it would be too small to be read: the part around what was written last, large enough. Null: all of it. */
export function fitRecent(layout: Layout, area: Size): Viewport | null {
	const all = extent(layout);
	if (!all || zoomFor(all, area) >= READABLE) return null;
	const last = layout.notes.reduce<Layout['notes'][number] | null>(
		(found, one) => (found === null || (one.note.at ?? 0) > (found.note.at ?? 0) ? one : found),
		null
	);
	const { x, y, width, height } = last ?? all;
	const zoom = READABLE;
	return {
		x: inside(x + width / 2, all.x, all.width, area.width, SIDE, SIDE),
		y: inside(y + height / 2, all.y, all.height, area.height, TOP, BOTTOM),
		zoom
	};
}

/** Moves a side so that `middle` is in its middle, and nothing is shown beyond the content's ends that need not be. */
function inside(
	middle: number,
	from: number,
	long: number,
	area: number,
	before: number,
	after: number
): number {
	const first = before - from * READABLE;
	const least = area - after - (from + long) * READABLE;
	const wanted = (before + area - after) / 2 - middle * READABLE;
	// what is shorter than the area begins at its edge
	return Math.min(first, Math.max(least, wanted));
}
