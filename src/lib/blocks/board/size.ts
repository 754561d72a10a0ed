/**
 * How large a note will be, before it is drawn: a board of hundreds draws only what is in view, and still must know
 * where everything lies. The figures are those of parts/board.css.
 */
import type { Form, Note } from './model.ts';
import type { Size } from './layout.ts';

/** What people wrote is set in this; parts of it load late. */
export const VOICE = 'Vollkorn, Charter, "Iowan Old Style", Georgia, serif';

type LinesOf = (text: string, px: number, width: number) => number;

const NOTE = { width: 208, padding: 24, least: 96 };
const EXPERIMENT = { width: 304, text: 198 };
const SNUG = 1.32;
/** What a button to vote with adds to the footer. */
const VOTES: Readonly<Record<Form, number>> = { note: 14, question: 14, experiment: 38 };
/** Kind, footer, their gaps and the paddings. */
const AROUND = 16 + 8 + 8 + 18 + 20;

export interface Look {
	/** The reader's letter size: 1 for the usual 16 px. */
	scale: number;
	/** There are buttons to vote with. */
	votes: boolean;
}

export function sizeOf(note: Note, lines: LinesOf, { scale, votes }: Look): Size {
	const { width, height } = usualSizeOf(note, lines);
	const button = votes ? VOTES[note.form] : 0;
	return { width: Math.round(width * scale), height: Math.ceil((height + button) * scale) };
}

function usualSizeOf(note: Note, lines: LinesOf): Size {
	if (note.form === 'experiment') {
		const rows = [note.text, note.test, note.result];
		const height = rows.reduce((sum, text) => sum + 15 + 16 * SNUG * lines(text, 16, EXPERIMENT.text), 36);
		return { width: EXPERIMENT.width, height };
	}
	const width = NOTE.width - NOTE.padding;
	let height = AROUND + 17 * SNUG * lines(note.text, 17, width);
	if (note.reply) height += 17 + 15 * SNUG * lines(note.reply, 15, width) + (note.replyBy ? 19 : 0);
	return { width: NOTE.width, height: Math.max(NOTE.least, height) };
}

/** Counts lines as the browser will break them; one canvas for all. */
export function measure(font: string): LinesOf {
	const context = document.createElement('canvas').getContext('2d');
	const known = new Map<string, number>();
	if (!context) return (text, px, width) => Math.max(1, Math.ceil((text.length * px * 0.46) / width));
	return (text, px, width) => {
		const key = `${px} ${width} ${text}`;
		let lines = known.get(key);
		if (lines === undefined) {
			context.font = `${px}px ${font}`;
			lines = breakLines(text, width, (part) => context.measureText(part).width).length;
			if (known.size > 5000) known.clear();
			known.set(key, lines);
		}
		return lines;
	};
}

/** A word that is longer than a line takes as many as it needs. */
export function breakLines(text: string, width: number, widthOf: (part: string) => number): string[] {
	const lines: string[] = [];
	for (const paragraph of text.split('\n')) {
		let line = '';
		let used = 0;
		for (const word of paragraph.match(/\S+\s*/g) ?? []) {
			const bare = widthOf(word.trimEnd());
			if (used > 0 && used + bare > width) {
				lines.push(line);
				[line, used] = ['', 0];
			}
			line += word;
			for (let more = Math.ceil(bare / width) - 1; more > 0; more--) {
				const part = Math.ceil(line.length / (more + 1));
				lines.push(line.slice(0, part));
				line = line.slice(part);
			}
			used += widthOf(word);
		}
		lines.push(line);
	}
	return lines;
}
