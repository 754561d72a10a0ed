/** A meeting's minutes for programs: stable names, ISO moments. */
import type { Minutes } from '#lib/record/minutes.ts';

const moment = (at: number | null | undefined) =>
	at === null || at === undefined ? null : new Date(at).toISOString();

export function toJson(minutes: Minutes): string {
	const { room, meeting, status, began, ended, people, crowd, chapters, sections } = minutes;
	const plain = {
		version: 1,
		room: { title: room.title, code: room.code, format: room.format },
		meeting: { number: meeting, status, began: moment(began), ended: moment(ended) },
		people,
		crowd,
		phases: chapters.map(({ phase, name, opened, closed }) => ({
			phase,
			name,
			opened: moment(opened),
			closed: moment(closed)
		})),
		// where a page's links end is of no use outside it
		sections: sections.map(({ entries, item: _, ...section }) => ({
			...section,
			entries: entries.map(({ at, item: __, ...entry }) => ({ ...entry, at: moment(at) }))
		}))
	};
	return `${JSON.stringify(plain, null, '\t')}\n`;
}
