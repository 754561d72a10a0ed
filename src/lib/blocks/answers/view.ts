/** What the views of the answers look at. */
import { m } from '#lib/paraglide/messages.js';
import type { Handle } from '../block.ts';
import { dateName } from '../date-name.ts';
import type { AnswersRecord, AnswersSettings, Entry } from './model.ts';

export type AnswersHandle = Handle<AnswersRecord, null, null, Partial<AnswersSettings>>;

export interface DateAnswers {
	meeting: number;
	name: string;
	/** Most wanted first. */
	entries: Entry[];
}

/** By date, the last one first. */
export function byDate({ entries = {}, dates = {} }: Partial<AnswersRecord>): DateAnswers[] {
	return Object.values(dates)
		.sort((a, b) => b.at - a.at || b.meeting - a.meeting)
		.map(({ meeting, title, at }) => ({
			meeting,
			name: dateName(title, at),
			entries: Object.values(entries)
				.filter((one) => one.meeting === meeting)
				.sort((a, b) => b.votes - a.votes || a.at - b.at)
		}));
}

/** "Yusuf Tekin and one more", "Anonymous"; null where nobody's name belongs to it any more. */
export function askedBy({ askers, unnamed }: Pick<Entry, 'askers' | 'unnamed'>): string | null {
	const all = askers.length + unnamed;
	if (all === 0) return null;
	const first = askers[0]?.name ?? m.answers_anonymous();
	return all === 1 ? first : m.answers_and_more({ name: first, count: all - 1 });
}
