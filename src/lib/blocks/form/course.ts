/** How the answers of one person went, time after time. Pure. */
import type { FieldInput } from '../fields.ts';
import type { FormSettings, Shown } from './model.ts';

type Scale = Extract<FieldInput, { kind: 'scale' }>;
type Value = Extract<FieldInput, { kind: 'choice' }>['values'][number];

export interface Course {
	field: Scale;
	scale: { from: number; to: number };
	/** So many times there are meant to be. */
	places: number;
	/** In the order of the times; `place`: which of them. */
	points: { at: Value; place: number; value: number }[];
}

interface Courses {
	courses: Course[];
	/** The one figure of it all, once it is there. */
	mirror: { field: Scale; at: Value; value: number; to: number } | null;
}

const scaleOf = ({ from = 1, to = 5 }: Scale) => ({ from, to });

/** Of entries whose author is one and the same; of one time, the latest. */
export function coursesOf(
	{ fields, course }: Pick<FormSettings, 'fields' | 'course'>,
	shown: readonly Shown[]
): Courses {
	const none: Courses = { courses: [], mirror: null };
	const times = fields.find((one) => one.kind === 'choice' && one.name === course?.by);
	if (!course || times?.kind !== 'choice' || new Set(shown.map(({ author }) => author)).size !== 1)
		return none;
	const entries = shown.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
	const entryAt = ({ value }: Value) => entries.findLast(({ entry }) => entry[course.by] === value)?.entry;
	const courses = fields.flatMap((field): Course[] => {
		if (field.kind !== 'scale') return [];
		const points = times.values.flatMap((at, place) => {
			const value = entryAt(at)?.[field.name];
			return typeof value === 'number' ? [{ at, place, value }] : [];
		});
		return points.length === 0 ? [] : [{ field, scale: scaleOf(field), places: times.values.length, points }];
	});
	const { mirror } = course;
	const of = courses.find(({ field }) => field.name === mirror?.field);
	const point = of?.points.find(({ at }) => at.value === mirror?.at);
	return {
		courses,
		mirror: of && point ? { field: of.field, at: point.at, value: point.value, to: of.scale.to } : null
	};
}
