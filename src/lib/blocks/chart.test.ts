import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { chart, type Frame, type Point } from './chart.ts';

const frame: Frame = { width: 320, height: 160, left: 24, right: 24, top: 20, bottom: 24 };
const scale = { from: 0, to: 10 };
const points = (values: number[]): Point[] =>
	values.map((value, index) => ({ id: `p${index}`, value, label: `${index}` }));

describe('the picture of points on a scale', () => {
	it('lets higher values lie higher, and shows what is still to come', () => {
		const { dots, ahead, target } = chart(points([3, 4, 6]), scale, 7, frame);
		expect(dots.map(({ x }) => x)).toEqual([24, 114.7, 205.3]);
		expect(dots[0]!.y).toBeGreaterThan(dots[1]!.y);
		expect(target).toBeLessThan(dots[2]!.y);
		expect(ahead).toBe(`205.3,${dots[2]!.y} 296,${target}`);
	});

	it('has nothing to come once the target is reached, or where there is none', () => {
		expect(chart(points([3, 7]), scale, 7, frame).ahead).toBeNull();
		expect(chart(points([3, 9]), scale, 7, frame).ahead).toBeNull();
		expect(chart(points([8, 2]), scale, 4, frame).ahead).toBeNull();
		expect(chart(points([8, 6]), scale, 4, frame).ahead).not.toBeNull();
		expect(chart(points([3]), scale, null, frame)).toMatchObject({ ahead: null, target: null });
	});

	it('keeps the places of those that are missing', () => {
		const given = points([2, 4]).map((point, index) => ({ ...point, place: index * 2 }));
		const { dots } = chart(given, { from: 1, to: 5 }, null, frame, 4);
		expect(dots.map(({ x }) => x)).toEqual([24, 205.3]);
	});

	it('stays inside its frame, and the last point always has its day', () => {
		let runs = 0;
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 60 }),
				fc.option(fc.integer({ min: 0, max: 10 })),
				fc.integer({ min: 200, max: 900 }),
				(values, target, width) => {
					runs++;
					const { dots } = chart(points(values), scale, target, { ...frame, width });
					for (const { x, y } of dots) {
						expect(x).toBeGreaterThanOrEqual(frame.left);
						expect(x).toBeLessThanOrEqual(width - frame.right + 0.1);
						expect(y).toBeGreaterThanOrEqual(frame.top);
						expect(y).toBeLessThanOrEqual(frame.height - frame.bottom);
					}
					expect(dots.at(-1)!.labelled).toBe(true);
					const labelled = dots.filter((one) => one.labelled);
					for (const [index, one] of labelled.slice(1).entries())
						expect(one.x - labelled[index]!.x).toBeGreaterThan(50);
				}
			),
			{ numRuns: 200 }
		);
		expect(runs).toBe(200);
	});
});
