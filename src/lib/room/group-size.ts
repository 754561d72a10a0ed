/** Are there as many people as the method needs? Whoever stands outside or only watches makes no group. */
import type { Format } from '#lib/formats/format.ts';

interface GroupSize {
	people: number;
	is: 'few' | 'right' | 'many';
}

/** `counts`: how many hold each role. */
export function groupSize(
	{ roles, least, most }: Pick<Format, 'roles' | 'least' | 'most'>,
	counts: Readonly<Record<string, number>>
): GroupSize {
	const people = Object.entries(counts)
		.filter(([name]) => roles[name] && !roles[name].outside && !roles[name].watches)
		.reduce((sum, [, count]) => sum + count, 0);
	return { people, is: people < least ? 'few' : people > most ? 'many' : 'right' };
}
