/** What pages are told of formats: plain data, so that no page carries all seven formats in its script. */
import type { Format } from '#lib/formats/format.ts';
import { threadOf } from '#lib/formats/thread.ts';

export interface FormatCard {
	name: string;
	text: Format['text'];
	about: Format['about'];
	people: Format['people'];
	length: Format['length'];
	/** How long each phase of its thread is. */
	minutes: number[];
}

export function formatCard(format: Format): FormatCard {
	const { name, text, about, people, length } = format;
	return { name, text, about, people, length, minutes: threadOf(format).map((one) => one.length) };
}
