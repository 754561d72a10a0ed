import { personColour } from '#lib/ui/person.ts';
import type { Member } from '../block.ts';

/** Everybody's colour, 1 to 6, by the order of joining. */
export function coloursOf(people: Readonly<Record<string, Member>>): ReadonlyMap<string, number> {
	const joined = Object.values(people).sort((a, b) => a.joined - b.joined);
	return new Map(joined.map(({ id }, index) => [id, personColour(index)]));
}
