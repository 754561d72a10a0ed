import { describe, expect, it } from 'vitest';
import { fits, has, PARTS, toggled, total } from './hours.ts';

describe('the week of a form', () => {
	const monday = { day: 1, from: 540, to: 840 };

	it('ticks what lies in longer hours, and takes one part out of them', () => {
		expect(has([monday], 1, PARTS[0])).toBe(true);
		expect(has([monday], 1, PARTS[2])).toBe(false);
		expect(toggled([monday], 1, 'morning')).toEqual([{ day: 1, from: 720, to: 840 }]);
		expect(toggled([], 3, 'noon')).toEqual([{ day: 3, from: 720, to: 840 }]);
		expect(total([monday])).toBe(5);
	});

	it('knows hours that it cannot show', () => {
		expect(fits([monday])).toBe(true);
		expect(fits([{ day: 1, from: 540, to: 600 }])).toBe(false);
		expect(fits([{ day: 6, from: 540, to: 720 }])).toBe(false);
	});
});
