import type { ShownNote } from './model.ts';

/** By the group that brought them, in its number's order: what it picked, or where it picked nothing, all it has. */
export function byGroup(notes: readonly ShownNote[]): { number: number; notes: ShownNote[] }[] {
	return [...Map.groupBy(notes, (note) => note.group)]
		.sort(([a], [b]) => a - b)
		.map(([number, all]) => {
			const picked = all.filter((note) => note.picked);
			return { number, notes: picked.length > 0 ? picked : all };
		});
}
