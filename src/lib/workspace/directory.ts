/** Searching the directory: plain data for its pages. */
import type { Colleague } from '../../../server/storage/workspace-store.ts';

export const MOST_SHOWN = 100;

interface Filters {
	q: string;
	team: string;
	place: string;
	mentors: boolean;
	/** Those alone who say what they can offer. */
	offering: boolean;
}

export function filtersIn(parameters: URLSearchParams): Filters {
	const text = (name: string) => (parameters.get(name) ?? '').trim().slice(0, 100);
	return {
		q: text('q'),
		team: text('team'),
		place: text('place'),
		mentors: parameters.has('mentors'),
		offering: parameters.has('offering')
	};
}

/** Without capitals and accents: "uber" finds "Über". */
export const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Every word has to be found somewhere: in name, function, team, place, skills or interests. */
export function search(
	people: readonly Colleague[],
	{ q, team, place, mentors, offering }: Filters
): Colleague[] {
	const words = plain(q).split(/\s+/).filter(Boolean);
	return people.filter(({ name, profile }) => {
		if (offering && !profile?.offers.length) return false;
		if (mentors && !profile?.mentoring.open) return false;
		if (team && profile?.team !== team) return false;
		if (place && profile?.place !== place) return false;
		if (words.length === 0) return true;
		const { job, offers = [], wants = [], interests = [] } = profile ?? {};
		const all = plain(
			[name, job, profile?.team, profile?.place, ...offers, ...wants, ...interests].join('\n')
		);
		return words.every((word) => all.includes(word));
	});
}

/** What there is to choose from, sorted. */
export function valuesOf(people: readonly Colleague[], of: 'team' | 'place'): string[] {
	return [...new Set(people.flatMap(({ profile }) => profile?.[of] ?? []))].sort((a, b) =>
		a.localeCompare(b)
	);
}
