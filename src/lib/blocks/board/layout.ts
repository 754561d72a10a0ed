/** Where everything on a board lies: groups as columns of their notes, and free notes where they were put. */
import { REACH, STEP, type BoardContent, type Group, type Note } from './model.ts';

export type Point = { x: number; y: number };
export type Size = { width: number; height: number };
export type Rect = Point & Size;

export type PlacedNote = Rect & { note: Note; frame: string | null };
export type Frame = Rect & { group: Group; notes: PlacedNote[] };
/** `notes` in the order of reading: frame by frame, then the free ones. All places from the board's middle. */
export type Layout = { frames: Frame[]; notes: PlacedNote[] };

/** What somebody is moving right now, by note or group id. */
export type Moving = { notes: ReadonlyMap<string, Point>; groups: ReadonlyMap<string, Point> };

export const GAP = 16;
const TOP = 28;
/** A column gets no longer than this before the next one begins. */
const COLUMN = 1400;
const EMPTY: Size = { width: 336, height: 128 };

export function layOut(content: BoardContent, sizeOf: (note: Note) => Size, moving: Moving): Layout {
	const free: PlacedNote[] = [];
	const grouped = new Map<string, Note[]>();
	for (const note of content.notes) {
		const moved = moving.notes.get(note.id);
		if (moved || note.group === null) {
			free.push({ note, frame: null, ...(moved ?? { x: note.x, y: note.y }), ...sizeOf(note) });
			continue;
		}
		const members = grouped.get(note.group);
		if (members) members.push(note);
		else grouped.set(note.group, [note]);
	}
	const frames = content.groups.map((group) => {
		const at = moving.groups.get(group.id) ?? group;
		return frameAround(group, at, grouped.get(group.id) ?? [], sizeOf);
	});
	frames.sort((a, b) => Math.round((a.y - b.y) / 200) || a.x - b.x);
	return { frames, notes: [...frames.flatMap((frame) => frame.notes), ...free] };
}

function frameAround(group: Group, at: Point, members: Note[], sizeOf: (note: Note) => Size): Frame {
	const notes: PlacedNote[] = [];
	let [x, y, widest, lowest] = [at.x + GAP, at.y + TOP, 0, 0];
	for (const note of members) {
		const size = sizeOf(note);
		if (y > at.y + TOP && y + size.height > at.y + COLUMN) [x, y, widest] = [x + widest + GAP, at.y + TOP, 0];
		notes.push({ note, frame: group.id, x, y, ...size });
		widest = Math.max(widest, size.width);
		y += size.height + GAP;
		lowest = Math.max(lowest, y - at.y);
	}
	const size = notes.length > 0 ? { width: x + widest + GAP - at.x, height: lowest } : EMPTY;
	return { group, x: at.x, y: at.y, ...size, notes };
}

export function frameAt(layout: Layout, point: Point): Frame | null {
	return layout.frames.findLast((frame) => contains(frame, point)) ?? null;
}

/** The place in a group's order for a note that is dropped at `point`. */
export function orderAt(frame: Frame, point: Point, except: ReadonlySet<string>): number {
	const others = frame.notes.filter(({ note }) => !except.has(note.id));
	const before = others.filter(
		(one) => one.x + one.width < point.x || (one.x <= point.x && one.y + one.height / 2 < point.y)
	).length;
	return between(others[before - 1]?.note.y, others[before]?.note.y);
}

/** Between two places in an order; `undefined` is the end of it. */
export function between(before: number | undefined, after: number | undefined): number {
	if (before === undefined) return after === undefined ? 0 : after - STEP;
	return after === undefined ? before + STEP : (before + after) / 2;
}

/** Room for what comes into a frame next: one note. More would put free notes out of sight. */
const GROWTH = 136;

/** The nearest place to `near` where something of this size covers nothing, nor is covered by a frame that grows. */
export function freePlace(layout: Layout, size: Size, near: Point): Point {
	const frames = layout.frames.map((frame): Rect => ({ ...frame, height: frame.height + GROWTH }));
	const taken = [...frames, ...layout.notes.filter(({ frame }) => frame === null)];
	const [right, down] = [size.width / 2 + GAP, size.height / 2 + GAP];
	const start = { x: near.x - size.width / 2, y: near.y - size.height / 2 };
	for (let ring = 0; ring < 60; ring++) {
		for (let i = -ring; i <= ring; i++) {
			for (let j = -ring; j <= ring; j++) {
				if (Math.max(Math.abs(i), Math.abs(j)) !== ring) continue;
				const place = { x: start.x + i * right, y: start.y + j * down, ...size };
				if (!taken.some((one) => overlap(one, place))) return inReach(place);
			}
		}
	}
	return inReach(start);
}

/** Around all that is there; null for an empty board. */
export function extent(layout: Layout): Rect | null {
	const all: Rect[] = [...layout.frames, ...layout.notes];
	if (all.length === 0) return null;
	const x = Math.min(...all.map((one) => one.x));
	const y = Math.min(...all.map((one) => one.y));
	const width = Math.max(...all.map((one) => one.x + one.width)) - x;
	const height = Math.max(...all.map((one) => one.y + one.height)) - y;
	return { x, y, width, height };
}

export function inReach({ x, y }: Point): Point {
	const clamp = (value: number) => Math.round(Math.min(REACH, Math.max(-REACH, value)));
	return { x: clamp(x), y: clamp(y) };
}

function contains(rect: Rect, { x, y }: Point): boolean {
	return x >= rect.x && y >= rect.y && x <= rect.x + rect.width && y <= rect.y + rect.height;
}

function overlap(a: Rect, b: Rect): boolean {
	return (
		a.x < b.x + b.width + GAP &&
		b.x < a.x + a.width + GAP &&
		a.y < b.y + b.height + GAP &&
		b.y < a.y + a.height + GAP
	);
}
