/** Finding people of the workspace, for views that let somebody choose one. */
import * as v from 'valibot';

const found = v.object({
	found: v.number(),
	people: v.array(
		v.object({
			id: v.string(),
			name: v.string(),
			job: v.nullable(v.string()),
			team: v.nullable(v.string()),
			offers: v.array(v.string()),
			/** One of the two reports to the other. */
			line: v.boolean()
		})
	)
});

export type Found = v.InferOutput<typeof found>;
export type FoundPerson = Found['people'][number];

/** Null: no answer, or the directory is closed to this person. `all`: not a few only; `offering`: those who say what they can offer. */
export async function findPeople(
	words: string,
	{ all = false, offering = false } = {}
): Promise<Found | null> {
	const query = new URLSearchParams({ q: words, ...(all && { all: '' }), ...(offering && { offering: '' }) });
	const answer = await fetch(`/api/people?${query}`).catch(() => null);
	if (!answer?.ok) return null;
	const read = v.safeParse(found, await answer.json());
	return read.success ? read.output : null;
}
