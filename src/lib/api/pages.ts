/** What pages are told of formats: plain data, so that no page carries all seven formats in its script. */
import type { Format } from '#lib/formats/format.ts';

export interface FormatCard {
	name: string;
	text: Format['text'];
	about: Format['about'];
	people: Format['people'];
	length: Format['length'];
	/** Minutes of the live phases, for the thread. */
	minutes: number[];
}

export function formatCard(format: Format): FormatCard {
	const { name, text, about, people, length, phases } = format;
	const minutes = phases.filter((phase) => phase.when === 'live').map((phase) => phase.minutes ?? 1);
	return { name, text, about, people, length, minutes };
}
