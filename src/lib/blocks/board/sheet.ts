/** Paints notes and links as they look from afar: words on paper, and where they are too small for that, lines. */
import type { Rect } from './layout.ts';
import { breakLines } from './size.ts';
import type { Note, Paper } from './model.ts';
import type { View } from './crowd.ts';

/** As NoteOnCanvas.svelte shows a note from afar; px at the usual letter size. */
const LETTER = 20;
const LEADING = 26.4;
const PADDING = 12;
/** Letters smaller than this on the screen are drawn as lines; px. */
const LEGIBLE = 6;

export type Painted = Rect & { note: Note; selected: boolean };
type Colours = Readonly<Record<Paper | 'ink' | 'link' | 'focus', string>>;
type Line = { text: string; width: number };

export interface Scene {
	notes: readonly Painted[];
	/** SVG paths. */
	links: readonly string[];
}

export interface Look {
	colours: Colours;
	font: string;
	/** The reader's letter size: 1 for the usual 16 px. */
	scale: number;
	/** Of the screen: pixels of the sheet for a px. */
	ratio: number;
	/** How each note's text breaks, kept from one painting to the next. */
	lines: WeakMap<Note, readonly Line[]>;
}

export function paint(
	context: CanvasRenderingContext2D,
	{ notes, links }: Scene,
	view: View,
	look: Look
): void {
	const { colours, ratio, scale } = look;
	context.setTransform(1, 0, 0, 1, 0, 0);
	context.clearRect(0, 0, context.canvas.width, context.canvas.height);
	const zoom = view.zoom * ratio;
	context.setTransform(zoom, 0, 0, zoom, view.x * ratio, view.y * ratio);

	context.strokeStyle = colours.link;
	context.lineWidth = 1.5;
	for (const path of links) context.stroke(new Path2D(path));

	const legible = LETTER * scale * view.zoom >= LEGIBLE;
	context.font = `${LETTER * scale}px ${look.font}`;
	context.textBaseline = 'alphabetic';
	for (const { note, selected, ...box } of notes) {
		context.fillStyle = colours[note.paper];
		context.fillRect(box.x, box.y, box.width, box.height);
		context.fillStyle = colours.ink;
		if (!legible) context.globalAlpha = 0.4;
		write(context, note, box, look, legible);
		context.globalAlpha = 1;
		if (!selected) continue;
		context.strokeStyle = colours.focus;
		context.lineWidth = 2 / view.zoom;
		context.strokeRect(box.x - 2, box.y - 2, box.width + 4, box.height + 4);
	}
}

function write(
	context: CanvasRenderingContext2D,
	note: Note,
	box: Rect,
	{ lines: known, scale }: Look,
	legible: boolean
): void {
	const padding = PADDING * scale;
	let lines = known.get(note);
	if (!lines) {
		const widthOf = (text: string) => context.measureText(text).width;
		lines = breakLines(note.text, box.width - 2 * padding, widthOf).map((text) => ({
			text,
			width: Math.min(widthOf(text), box.width - 2 * padding)
		}));
		known.set(note, lines);
	}
	const room = Math.floor((box.height - padding) / (LEADING * scale));
	for (const [index, { text, width }] of lines.slice(0, room).entries()) {
		const top = box.y + padding + index * LEADING * scale;
		if (legible) context.fillText(text, box.x + padding, top + 19 * scale);
		else context.fillRect(box.x + padding, top + 8 * scale, width, 10 * scale);
	}
}
