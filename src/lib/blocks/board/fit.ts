/** How the whole board is shown. */
import { extent, type Layout, type Size } from './layout.ts';

/** Room for the line above the board, for the tools over its lower edge, and a margin at both sides; px. */
const TOP = 64;
const BOTTOM = 88;
const SIDE = 24;

/** From its upper edge on, because it grows downwards; never larger than life. */
export function fitAll(layout: Layout, area: Size) {
	const all = extent(layout);
	const width = all?.width || 1;
	const height = all?.height || 1;
	const zoom = Math.min(1, (area.width - 2 * SIDE) / width, (area.height - TOP - BOTTOM) / height);
	const below = Math.max(BOTTOM, area.height - TOP - height * zoom);
	return {
		maxZoom: 1,
		includeHiddenNodes: true,
		padding: { top: `${TOP}px`, bottom: `${Math.floor(below)}px`, x: `${SIDE}px` }
	} as const;
}
