import { describe, expect, it } from 'vitest';
import { grown, lying, noteAt, seen, within } from './crowd.ts';
import type { Note } from './model.ts';
import type { BoardNode } from './nodes.ts';
import { breakLines } from './size.ts';

const note = (id: string) => ({ id }) as Note;
const free = (id: string, x: number, y: number): BoardNode => ({
	id: `n/${id}`,
	type: 'note',
	position: { x, y },
	width: 200,
	height: 100,
	data: { note: note(id) }
});
const framed: BoardNode[] = [
	{ id: 'g/g', type: 'frame', position: { x: 1000, y: 500 }, data: { group: {} as never, count: 1 } },
	{ ...free('inside', 16, 28), parentId: 'g/g' } as BoardNode
];

describe('where notes lie', () => {
	it('is told from their frame, wherever that is just now', () => {
		expect(lying(framed)).toMatchObject([{ x: 1016, y: 528, width: 200, height: 100 }]);
	});

	it('says which one is on top at a place, and that there is none', () => {
		const nodes = [free('below', 0, 0), free('above', 50, 50), ...framed];
		expect(noteAt(nodes, { x: 100, y: 80 })?.id).toBe('n/above');
		expect(noteAt(nodes, { x: 20, y: 20 })?.id).toBe('n/below');
		expect(noteAt(nodes, { x: 1020, y: 530 })?.id).toBe('n/inside');
		expect(noteAt(nodes, { x: 600, y: 600 })).toBeNull();
	});

	it('says which of them are seen', () => {
		const area = seen({ x: 100, y: 50, zoom: 0.5, width: 400, height: 200 });
		expect(area).toEqual({ x: -200, y: -100, width: 800, height: 400 });
		const all = lying([free('in', 590, 0), free('out', 610, 0), free('edge', -390, 299)]);
		expect(within(all, area).map(({ node }) => node.id)).toEqual(['n/in', 'n/edge']);
	});
});

it('leaves the crowd little by little, those in view first, and then as a whole', () => {
	const inView = Array.from({ length: 5 }, (_, index) => note(`${index}`));
	let apart: ReadonlySet<string> | null = new Set(['held']);
	const sizes: number[] = [];
	while ((apart = grown(apart, inView, 2)) !== null) sizes.push(apart.size);
	expect(sizes).toEqual([3, 5, 6]);
});

describe('a text in lines', () => {
	const lines = (text: string, width = 10) => breakLines(text, width, (part) => part.length);

	it('breaks between words and where its author broke it', () => {
		expect(lines('How often does\na file').map((line) => line.trim())).toEqual([
			'How often',
			'does',
			'a file'
		]);
	});

	it('breaks a word that is longer than a line, and loses none of it', () => {
		const broken = lines('Abschreibungsdauer');
		expect(broken).toHaveLength(2);
		expect(broken.join('')).toBe('Abschreibungsdauer');
	});

	it('is one line where there is nothing', () => {
		expect(lines('')).toEqual(['']);
	});
});
