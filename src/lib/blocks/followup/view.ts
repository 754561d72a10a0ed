/** What the views of the follow-up look at. */
import { m } from '#lib/paraglide/messages.js';
import { region } from '#lib/ui/region.ts';
import type { Handle } from '../block.ts';
import type { FollowupOwn, FollowupRecord, FollowupSettings, Older, ShownRound, Tally } from './model.ts';

export type FollowupHandle = Handle<FollowupRecord, null, FollowupOwn, Partial<FollowupSettings>>;
export type OwnTry = FollowupOwn['tries'][number];

export interface Seen {
	/** Dates that people are asked about now, and those that were counted: the last one first. */
	asking: ShownRound[];
	closed: ShownRound[];
	/** Over all that were counted; null where there is but one, which says it itself. */
	total: Tally | null;
	/** Of those that do not stand by themselves any more. */
	older: Older | null;
}

export function seen({ record }: FollowupHandle): Seen {
	const all = Object.values(record.rounds ?? {}).sort((a, b) => b.held - a.held);
	const closed = all.filter(({ is }) => is === 'closed');
	const { now = null, older = null } = record.figures ?? {};
	const counted = closed.filter(({ tally }) => tally !== null).length + (older?.dates ?? 0);
	return {
		asking: all.filter(({ is }) => is === 'asking'),
		closed,
		total: counted > 1 ? now : null,
		older
	};
}

export const mineOf = ({ own }: FollowupHandle, round: ShownRound): OwnTry[] =>
	(own?.tries ?? []).filter((one) => one.round === round.id);

export const wordsOf = ({ record }: FollowupHandle, round: ShownRound) =>
	Object.values(record.words ?? {}).filter((one) => one.round === round.id);

/** "5 of 14 (36 %)". */
export function usedOf({ used, replies }: Pick<Tally, 'used' | 'replies'>): string {
	const share = new Intl.NumberFormat(region(), { style: 'percent' }).format(used / replies);
	return m.followup_used_of({ used, replies, share });
}
