import { describe, expect, it } from 'vitest';
import type { FieldInput } from '../fields.ts';
import { coursesOf } from './course.ts';
import type { Shown } from './model.ts';

const fields: FieldInput[] = [
	{
		name: 'day',
		kind: 'choice',
		text: { en: 'Which day' },
		values: [7, 30, 60, 90].map((day) => ({ value: `day${day}`, text: { en: `Day ${day}` } }))
	},
	{ name: 'clarity', kind: 'scale', text: { en: 'Clear' } },
	{ name: 'belonging', kind: 'scale', from: 0, to: 10, text: { en: 'Belong' } },
	{ name: 'stuck', kind: 'line', text: { en: 'Stuck on' } }
];
const course = { by: 'day', mirror: { field: 'clarity', at: 'day30' } };
const pulse = (day: number, clarity: number, more: Partial<Shown> = {}): Shown => ({
	id: `${day}-${clarity}`,
	entry: { day: `day${day}`, clarity },
	author: 'nia',
	at: day,
	...more
});

describe('the course of what one person fills in again and again', () => {
	it('is a line for each scale in the order of the times, and one figure', () => {
		const { courses, mirror } = coursesOf({ fields, course }, [pulse(60, 4), pulse(7, 2), pulse(30, 3)]);
		expect(courses.map(({ field }) => field.name)).toEqual(['clarity']);
		expect(courses[0]).toMatchObject({ places: 4, scale: { from: 1, to: 5 } });
		expect(courses[0]!.points.map(({ place, value }) => [place, value])).toEqual([
			[0, 2],
			[1, 3],
			[2, 4]
		]);
		expect(mirror).toMatchObject({ value: 3, to: 5, at: { value: 'day30' } });
	});

	it('takes the latest of one time, and leaves out what is missing', () => {
		const late = pulse(7, 5, { at: 9 });
		const { courses, mirror } = coursesOf({ fields, course }, [late, pulse(7, 2), pulse(90, 4)]);
		expect(courses[0]!.points.map(({ place, value }) => [place, value])).toEqual([
			[0, 5],
			[3, 4]
		]);
		expect(mirror).toBeNull();
	});

	it('is nobody’s where several have answered, or where the format asks for none', () => {
		const two = [pulse(7, 2), pulse(30, 3, { author: 'jon' })];
		expect(coursesOf({ fields, course }, two)).toEqual({ courses: [], mirror: null });
		expect(coursesOf({ fields, course: null }, [pulse(7, 2)]).courses).toEqual([]);
		expect(coursesOf({ fields, course: { by: 'clarity' } }, [pulse(7, 2)]).courses).toEqual([]);
	});
});
