/** What the workspace's directory says of a person, and what follows from it. Pure. */

/** A span of the working week: day 1 is Monday; minutes since midnight in the person's own time zone. */
export type Span = { day: number; from: number; to: number };

/** Everybody with an account may see all of it, so nothing in it is secret. */
export type Profile = {
	id: string;
	name: string;
	/** What they do: 'Fraud analyst'. */
	job: string | null;
	team: string | null;
	/** To whom they report, as a person's id. */
	manager: string | null;
	place: string | null;
	/** Languages they speak at work, BCP 47: 'de', 'en'. */
	languages: string[];
	/** IANA: 'Europe/Berlin'. */
	timeZone: string | null;
	/** When they can be met; empty: not said. */
	hours: Span[];
	interests: string[];
	offers: string[];
	wants: string[];
	/** Wishes to mentor others, and how many at once. */
	mentoring: { open: boolean; capacity: number };
};

/** Of somebody who has said nothing yet. */
export const blankProfile: Omit<Profile, 'id' | 'name'> = {
	job: null,
	team: null,
	manager: null,
	place: null,
	languages: [],
	timeZone: null,
	hours: [],
	interests: [],
	offers: [],
	wants: [],
	mentoring: { open: false, capacity: 2 }
};

export type ProfileOf = (person: string) => Profile | null;

/** Nobody reports through more people than this; a loop that slipped in ends here. */
const HIGHEST = 50;

/** The people above somebody, nearest first. */
export function lineAbove(person: string, profileOf: ProfileOf): string[] {
	const line: string[] = [];
	let next = profileOf(person)?.manager ?? null;
	while (next !== null && next !== person && !line.includes(next) && line.length < HIGHEST) {
		line.push(next);
		next = profileOf(next)?.manager ?? null;
	}
	return line;
}

/** Does one of the two report to the other, at whatever distance? */
export function inReportingLine(one: string, other: string, profileOf: ProfileOf): boolean {
	return lineAbove(one, profileOf).includes(other) || lineAbove(other, profileOf).includes(one);
}

const DAY = 24 * 60;
const WEEK = 7 * DAY;

/** Minutes by which a time zone is ahead of UTC at a moment; 0 for one that is not known. */
function ahead(timeZone: string | null, at: number): number {
	if (timeZone === null) return 0;
	try {
		const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(
			at
		);
		const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
		const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
		if (!match) return 0;
		return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
	} catch {
		return 0;
	}
}

/** From and to, in minutes of the week in UTC, each within the week. */
export type Week = readonly (readonly [number, number])[];

/** When somebody can be met, cut where the week begins anew; `at` says whether it is summer time, ms since the epoch. */
export function weekOf({ hours, timeZone }: Pick<Profile, 'hours' | 'timeZone'>, at: number): Week {
	const shift = ahead(timeZone, at);
	return hours.flatMap(({ day, from, to }): [number, number][] => {
		const start = ((((day - 1) * DAY + from - shift) % WEEK) + WEEK) % WEEK;
		const end = start + (to - from);
		return end <= WEEK
			? [[start, end]]
			: [
					[start, WEEK],
					[0, end - WEEK]
				];
	});
}

/** Hours that two weeks have in common. */
export function overlap(one: Week, other: Week): number {
	let minutes = 0;
	for (const [a, b] of one)
		for (const [c, d] of other) minutes += Math.max(0, Math.min(b, d) - Math.max(a, c));
	return minutes / 60;
}
