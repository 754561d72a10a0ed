import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	between,
	frameAt,
	freePlace,
	layOut,
	orderAt,
	type Layout,
	type Moving,
	type Rect
} from './layout.ts';
import type { BoardContent, Group, Note } from './model.ts';
import { sizeOf } from './size.ts';

const still: Moving = { notes: new Map(), groups: new Map() };
const size = { width: 208, height: 100 };

function note(id: string, more: Partial<Note> = {}): Note {
	return {
		...{ id, kind: 'idea', form: 'note', paper: 'plain', by: null, at: null, group: null, x: 0, y: 0 },
		...{ text: '', reply: '', replyBy: null, test: '', result: '' },
		...more
	};
}

const group = (id: string, x = 0, y = 0): Group => ({ id, key: null, title: id, x, y });
const content = (notes: Note[], groups: Group[] = []): BoardContent => ({ notes, groups, links: [] });
const lay = (board: BoardContent, moving = still) => layOut(board, () => size, moving);

function overlaps(a: Rect, b: Rect): boolean {
	return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe('the layout', () => {
	it('leaves free notes where they were put', () => {
		expect(lay(content([note('a', { x: 40, y: -7 })])).notes).toMatchObject([{ x: 40, y: -7, frame: null }]);
	});

	it('stacks the notes of a group inside its frame, in their order', () => {
		const { frames, notes } = lay(
			content([note('a', { group: 'g', y: 1 }), note('b', { group: 'g', y: 2 })], [group('g', 100, 50)])
		);
		expect(notes.map(({ note, y }) => [note.id, y])).toEqual([
			['a', 78],
			['b', 194]
		]);
		expect(frames[0]).toMatchObject({ x: 100, y: 50, width: 240, height: 260 });
	});

	it('begins another column when a group gets long', () => {
		const notes = Array.from({ length: 15 }, (_, at) => note(`n${at}`, { group: 'g', y: at }));
		const xs = new Set(lay(content(notes, [group('g')])).notes.map(({ x }) => x));
		expect(xs.size).toBe(2);
	});

	it('shows a note that somebody is moving where it is now, and closes its gap', () => {
		const board = content([note('a', { group: 'g', y: 1 }), note('b', { group: 'g', y: 2 })], [group('g')]);
		const moving: Moving = { notes: new Map([['a', { x: 900, y: 9 }]]), groups: new Map() };
		const { notes } = lay(board, moving);
		expect(notes.find(({ note }) => note.id === 'a')).toMatchObject({ x: 900, y: 9, frame: null });
		expect(notes.find(({ note }) => note.id === 'b')).toMatchObject({ y: 28 });
	});

	it('takes the notes of a group along when somebody moves it', () => {
		const board = content([note('a', { group: 'g' })], [group('g')]);
		const moving: Moving = { notes: new Map(), groups: new Map([['g', { x: 500, y: 500 }]]) };
		expect(lay(board, moving).notes[0]).toMatchObject({ x: 516, y: 528 });
	});

	it('never lets the notes of a group overlap, nor leave its frame', () => {
		const some = fc.array(
			fc.record({
				y: fc.integer({ min: -500, max: 500 }),
				height: fc.integer({ min: 40, max: 900 }),
				width: fc.constantFrom(208, 304)
			}),
			{ maxLength: 30 }
		);
		fc.assert(
			fc.property(some, (members) => {
				const notes = members.map(({ y }, at) => note(`n${at}`, { group: 'g', y }));
				const of = new Map(
					notes.map((one, at) => [one, { width: members[at]!.width, height: members[at]!.height }])
				);
				const layout = layOut(content(notes, [group('g', 10, 20)]), (one) => of.get(one)!, still);
				const [frame] = layout.frames;
				layout.notes.forEach((a, at) => {
					for (const b of layout.notes.slice(at + 1)) expect(overlaps(a, b)).toBe(false);
					expect(a.x >= frame!.x && a.x + a.width <= frame!.x + frame!.width).toBe(true);
					expect(a.y >= frame!.y && a.y + a.height <= frame!.y + frame!.height).toBe(true);
				});
			}),
			{ numRuns: 200 }
		);
	});
});

describe('a note that is dropped', () => {
	const layout: Layout = lay(
		content(
			[note('a', { group: 'g', y: 10 }), note('b', { group: 'g', y: 20 })],
			[group('g'), group('far', 2000, 0)]
		)
	);
	const frame = layout.frames[0]!;
	const none = new Set<string>();

	it('falls into the frame under it', () => {
		expect(frameAt(layout, { x: 30, y: 30 })?.group.id).toBe('g');
		expect(frameAt(layout, { x: 2010, y: 30 })?.group.id).toBe('far');
		expect(frameAt(layout, { x: 1000, y: 30 })).toBeNull();
	});

	it('takes the place in the order where it fell', () => {
		expect(orderAt(frame, { x: 120, y: 30 }, none)).toBeLessThan(10);
		expect(orderAt(frame, { x: 120, y: 130 }, none)).toBe(15);
		expect(orderAt(frame, { x: 120, y: 900 }, none)).toBeGreaterThan(20);
	});

	it('does not count itself', () => {
		expect(orderAt(frame, { x: 120, y: 900 }, new Set(['b']))).toBeGreaterThan(10);
		expect(orderAt(frame, { x: 120, y: 900 }, new Set(['a', 'b']))).toBe(0);
	});

	it('lies between its neighbours, or beyond the last', () => {
		expect(between(undefined, undefined)).toBe(0);
		expect(between(1, 2)).toBe(1.5);
		expect(between(undefined, 4)).toBeLessThan(4);
		expect(between(4, undefined)).toBeGreaterThan(4);
	});
});

describe('a free place', () => {
	it('covers nothing that is there', () => {
		const at = fc.record({ x: fc.integer({ min: -600, max: 600 }), y: fc.integer({ min: -600, max: 600 }) });
		fc.assert(
			fc.property(fc.array(at, { maxLength: 25 }), at, (places, near) => {
				const layout = lay(content(places.map((place, i) => note(`n${i}`, place))));
				const found = { ...freePlace(layout, size, near), ...size };
				expect(layout.notes.every((one) => !overlaps(one, found))).toBe(true);
			}),
			{ numRuns: 200 }
		);
	});
});

describe('a free place beside a frame', () => {
	it('is not covered when the next note comes into the frame', () => {
		const before = ['a'];
		const full = ['a', 'b'];
		const grown = (ids: readonly string[]) =>
			lay(
				content(
					ids.map((id, y) => note(id, { group: 'g', y })),
					[group('g', 0, 0)]
				)
			);
		const found = { ...freePlace(grown(before), size, { x: 100, y: 220 }), ...size };
		expect(grown(full).frames.every((frame) => !overlaps(frame, found))).toBe(true);
	});
});

describe('the size of a note', () => {
	const look = { scale: 1, votes: false };
	const lines = (text: string) => Math.max(1, Math.ceil(text.length / 20));

	it('grows with its words, with an answer, and with a button to vote', () => {
		const short = sizeOf(note('a', { text: 'Why?' }), lines, look);
		const long = sizeOf(note('a', { text: 'x'.repeat(300) }), lines, look);
		const answered = sizeOf(note('a', { text: 'x'.repeat(300), reply: 'So.' }), lines, look);
		expect(long.height).toBeGreaterThan(short.height);
		expect(answered.height).toBeGreaterThan(long.height);
		expect(sizeOf(note('a', { text: 'Why?' }), lines, { ...look, votes: true }).height).toBeGreaterThan(
			short.height
		);
	});

	it('follows the reader’s letter size', () => {
		expect(sizeOf(note('a'), lines, { ...look, scale: 1.5 }).width).toBe(312);
	});

	it('leaves an experiment three rows', () => {
		expect(sizeOf(note('e', { form: 'experiment' }), lines, look)).toEqual({ width: 304, height: 145 });
	});
});
