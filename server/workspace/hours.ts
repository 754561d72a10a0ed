/** Working hours as people write them: "Mon–Thu 9:00–17:00, Fri 9:00–13:00". */
import type { Span } from '#lib/blocks/profile.ts';

const names: Record<string, readonly string[]> = {
	en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
	de: ['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So']
};
/** By the first two letters, in both languages. */
const days = new Map([
	...['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'].map((name, at) => [name, at + 1] as const),
	...['mo', 'di', 'mi', 'do', 'fr', 'sa', 'so'].map((name, at) => [name, at + 1] as const)
]);

const part =
	/^([a-z]{2,10})\.?(?:\s*[-–—]\s*([a-z]{2,10})\.?)?\s+(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?(?:\s*(?:h|uhr))?$/i;
const MOST = 28;

const dayOf = (word: string) => days.get(word.slice(0, 2).toLowerCase());

/** Null: it cannot be read. Empty: not said. Overlapping spans of a day are one. */
export function parseHours(text: string): Span[] | null {
	const spans: Span[] = [];
	for (const piece of text.split(/[,;\n]/)) {
		const trimmed = piece.trim();
		if (trimmed === '') continue;
		const match = part.exec(trimmed);
		if (!match) return null;
		const [, first, last, h1, m1 = '0', h2, m2 = '0'] = match;
		const start = dayOf(first!);
		const end = last === undefined ? start : dayOf(last);
		const [from, to] = [Number(h1) * 60 + Number(m1), Number(h2) * 60 + Number(m2)];
		if (!start || !end || Number(m1) > 59 || Number(m2) > 59 || from >= to || to > 24 * 60) return null;
		for (let day = start; ; day = (day % 7) + 1) {
			spans.push({ day, from, to });
			if (day === end) break;
		}
		if (spans.length > MOST) return null;
	}
	spans.sort((a, b) => a.day - b.day || a.from - b.from);
	return spans.reduce<Span[]>((joined, span) => {
		const before = joined.at(-1);
		if (before && before.day === span.day && span.from <= before.to)
			joined[joined.length - 1] = { ...before, to: Math.max(before.to, span.to) };
		else joined.push(span);
		return joined;
	}, []);
}

const clock = (minutes: number) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

/** Days with the same hours are drawn together. */
export function hoursText(hours: readonly Span[], locale: string): string {
	const named = names[locale] ?? names.en!;
	const ofDay = new Map<number, string>();
	for (const { day, from, to } of hours) {
		const text = `${clock(from)}–${clock(to)}`;
		ofDay.set(day, ofDay.has(day) ? `${ofDay.get(day)}+${text}` : text);
	}
	const runs: { first: number; last: number; text: string }[] = [];
	for (const [day, text] of [...ofDay].sort(([a], [b]) => a - b)) {
		const before = runs.at(-1);
		if (before && before.last === day - 1 && before.text === text) before.last = day;
		else runs.push({ first: day, last: day, text });
	}
	return runs
		.flatMap(({ first, last, text }) => {
			const range = first === last ? named[first - 1]! : `${named[first - 1]}–${named[last - 1]}`;
			return text.split('+').map((span) => `${range} ${span}`);
		})
		.join(', ');
}
