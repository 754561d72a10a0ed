/** Who is shown together with whom at the release: nobody's words or numbers stand in a group that is too small. Pure. */
import { GROUPS, type Group, type Mean, type Pool, type Rating, type Review } from './model.ts';

export type By = { person: string; group: Group };

interface Gathered {
	groups: Group[];
	people: Set<string>;
}

/**
 * Groups with fewer people than `least` are taken together; if that is still too few, the smallest of the others joins
 * them. What is left is one pool that may be too small, or none. There is one batch and never a second, so that no two
 * of them can be subtracted from one another.
 */
export function gather(people: readonly By[], least: number): Gathered[] {
	const all = GROUPS.map((group) => ({
		groups: [group],
		people: new Set(people.filter((one) => one.group === group).map(({ person }) => person))
	})).filter((one) => one.people.size > 0);
	const large = all.filter((one) => one.people.size >= least).sort((a, b) => a.people.size - b.people.size);
	const small = all.filter((one) => one.people.size < least);
	if (small.length === 0) return large;
	const rest: Gathered = { groups: [], people: new Set() };
	const take = ({ groups, people: more }: Gathered) => {
		rest.groups.push(...groups);
		for (const one of more) rest.people.add(one);
	};
	small.forEach(take);
	while (rest.people.size < least && large.length > 0) take(large.shift()!);
	return [...large, rest];
}

/** Of those who wrote something. `signs`: who lets their name stand under it. */
export function poolsOf(writers: readonly By[], signs: ReadonlySet<string>, least: number): Pool[] {
	return gather(writers, least).map(({ groups, people }, index) => ({
		id: String(index + 1),
		groups,
		people: people.size,
		shows: people.size >= least ? 'all' : [...people].some((one) => signs.has(one)) ? 'signed' : 'none'
	}));
}

/** Of each question, over those who answered it; a question with too few answers has no mean. */
export function meansOf(
	raters: readonly (By & Pick<Review, 'scores'>)[],
	ratings: readonly Rating[],
	least: number
): Mean[] {
	return ratings.flatMap(({ name }) => {
		const answered = raters.filter(({ scores }) => scores[name] !== undefined);
		return gather(answered, least).flatMap(({ groups, people }): Mean[] => {
			if (people.size < least) return [];
			const values = answered.filter(({ person }) => people.has(person)).map(({ scores }) => scores[name]!);
			const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
			return [{ rating: name, groups, mean, count: values.length }];
		});
	});
}
