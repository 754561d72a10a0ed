/** A week as its page shows it, from what concerns a person. Pure. */
import type { Course, MatterKind, When } from '#lib/blocks/matter.ts';
import type { Json } from '#lib/blocks/block.ts';
import { later, mondayOf } from './days.ts';

/** A matter in the reader's language, with where it is. */
export interface Item {
	/** Unique across rooms. */
	key: string;
	kind: MatterKind;
	text: string;
	said: string | null;
	room: { id: string; title: string; format: string; formatName: string };
	/** Lands on it in its room. */
	href: string;
	when: When | null;
	/** The day of `when`, in the reader's zone. */
	day: string | null;
	/** '12:15', '12:15 to 13:00'; null: all day. */
	time: string | null;
	since: number;
	quick: { type: string; payload: Json; undo: Json | null; text: string }[];
	stages: { meeting: number; is: string; word: string }[];
	course: Course | null;
}

interface Day {
	day: string;
	is: 'past' | 'today' | 'ahead';
	items: Item[];
}

export interface Week {
	from: string;
	to: string;
	today: string;
	/** Monday to Friday, and days of the weekend on which there is something. */
	days: Day[];
	/** The most urgent first; those without a day last. */
	promised: Item[];
	answers: Item[];
	awaited: Item[];
}

const LAST = '9999';
const byDay = (a: Item, b: Item) =>
	(a.day ?? LAST).localeCompare(b.day ?? LAST) || a.since - b.since || a.key.localeCompare(b.key);

/** All day first, then as the clock goes. */
const byTime = (a: Item, b: Item) => startOf(a) - startOf(b) || a.key.localeCompare(b.key);
const startOf = ({ when }: Item) => (when && 'at' in when ? when.at : 0);

/** What is going on now although it began on an earlier day stands on today. */
function placeOf(item: Item, today: string): string | null {
	if (item.day === null) return null;
	return item.kind === 'coming' && item.day < today ? today : item.day;
}

export function weekOf(items: readonly Item[], today: string, from = mondayOf(today)): Week {
	const days = Array.from({ length: 7 }, (_, index): Day => {
		const day = later(from, index);
		return {
			day,
			is: day < today ? 'past' : day === today ? 'today' : 'ahead',
			items: items.filter((item) => placeOf(item, today) === day).sort(byTime)
		};
	});
	const of = (kind: MatterKind) => items.filter((item) => item.kind === kind);
	return {
		from,
		to: later(from, 6),
		today,
		days: days.filter(({ items, is }, index) => index < 5 || items.length > 0 || is === 'today'),
		promised: of('promised').sort(byDay),
		// What is asked for a later day waits in the calendar until then.
		answers: of('answer')
			.filter(({ when, day }) => when === null || 'at' in when || day === null || day <= today)
			.sort(byDay),
		awaited: of('awaited').sort(byDay)
	};
}
