import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitRecent } from './fit.ts';
import type { Layout, PlacedNote } from './layout.ts';
import type { Note } from './model.ts';

const area = { width: 704, height: 560 };

function placed(x: number, y: number, at: number | null = null): PlacedNote {
	const note: Note = {
		...{ id: `${x},${y}`, kind: 'idea', form: 'note', paper: 'plain', by: null, at, group: null, x, y },
		...{ text: '', reply: '', replyBy: null, test: '', result: '' }
	};
	return { note, frame: null, x, y, width: 208, height: 100 };
}
const board = (...notes: PlacedNote[]): Layout => ({ frames: [], notes });

describe('a board that opens', () => {
	it('is shown whole where it can be read so', () => {
		expect(fitRecent(board(), area)).toBeNull();
		expect(fitRecent(board(placed(0, 0), placed(400, 200)), area)).toBeNull();
	});

	it('is otherwise as large as can be read, with all of the last note in view', () => {
		const place = fc.record({
			x: fc.integer({ min: -3000, max: 3000 }),
			y: fc.integer({ min: -3000, max: 3000 })
		});
		fc.assert(
			fc.property(fc.array(place, { minLength: 1, maxLength: 12 }), place, (others, last) => {
				const recent = placed(last.x, last.y, 2);
				const view = fitRecent(board(...others.map(({ x, y }) => placed(x, y, 1)), recent), area);
				if (view === null) return;
				expect(view.zoom).toBeGreaterThanOrEqual(0.8);
				const [left, top] = [recent.x * view.zoom + view.x, recent.y * view.zoom + view.y];
				expect(left).toBeGreaterThanOrEqual(0);
				expect(top).toBeGreaterThanOrEqual(0);
				expect(left + recent.width * view.zoom).toBeLessThanOrEqual(area.width);
				expect(top + recent.height * view.zoom).toBeLessThanOrEqual(area.height);
			})
		);
	});

	it('shows no empty margin where there is more to be seen', () => {
		const view = fitRecent(board(placed(0, 0), placed(2000, 0, 5)), area);
		expect(view!.x + (2000 + 208) * view!.zoom).toBe(area.width - 24);
	});

	it('begins at its beginning where no note says when it was written', () => {
		expect(fitRecent(board(placed(0, 0), placed(2000, 0)), area)).toEqual({ x: 24, y: 64, zoom: 0.8 });
	});
});
