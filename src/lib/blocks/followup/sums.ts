/** What a room keeps of its dates: of late ones all, of earlier ones their figures, and of the earliest one sum. */
import type { Context } from '../block.ts';
import { DAY } from '../days.ts';
import type { FollowupSettings, FollowupState, Older, Round, Tally, Try } from './model.ts';

export const triesOf = (state: FollowupState, { id }: Round): Try[] =>
	Object.values(state.tries).filter(({ round }) => round === id);

/** How much was taken away and how many of that is answered, by round; without one of which there is nothing. */
export function countsOf(state: FollowupState): Map<string, { tries: number; replies: number }> {
	const counts = new Map<string, { tries: number; replies: number }>();
	for (const { round, answer } of Object.values(state.tries)) {
		const { tries, replies } = counts.get(round) ?? { tries: 0, replies: 0 };
		counts.set(round, { tries: tries + 1, replies: replies + (answer === null ? 0 : 1) });
	}
	return counts;
}

const plus = (a: Tally, b: Tally): Tally => ({
	asked: a.asked + b.asked,
	replies: a.replies + b.replies,
	used: a.used + b.used
});

const NONE: Older = { dates: 0, asked: 0, replies: 0, used: 0 };

/** Over all dates that were ever counted. */
export function total(state: FollowupState): Tally {
	const { asked, replies, used } = state.older.sum ?? NONE;
	return Object.values(state.rounds)
		.flatMap(({ tally }) => tally ?? [])
		.reduce(plus, { asked, replies, used });
}

/** Of the dates that were closed long ago the figures stay, and of the earliest of those their sum. */
export function trim(state: FollowupState, { now, settings, touch }: Context<FollowupSettings>): void {
	const long = (id: string) => {
		const round = state.rounds[id];
		return round?.is === 'closed' && round.closes + settings.after * DAY <= now;
	};
	for (const { id, round, person } of Object.values(state.tries)) {
		if (!long(round)) continue;
		touch(person);
		delete state.tries[id];
	}
	// whose they are nobody could tell any more when somebody asks for theirs to be deleted
	for (const { id, round } of Object.values(state.words)) if (long(round)) delete state.words[id];

	const counts = countsOf(state);
	const past = Object.values(state.rounds)
		.filter(({ id, is }) => is === 'closed' && !counts.has(id))
		.sort((a, b) => b.held - a.held);
	const standing = new Set(past.filter(({ tally }) => tally !== null).slice(0, settings.dates));
	for (const round of past) {
		if (standing.has(round)) continue;
		const sum = state.older.sum ?? NONE;
		if (round.tally) state.older.sum = { dates: sum.dates + 1, ...plus(sum, round.tally) };
		delete state.rounds[round.id];
	}
}

/** So many at most; those of the oldest dates go first. */
export function trimWords(state: FollowupState, most: number): void {
	const closed = (round: string) => state.rounds[round]?.closes ?? 0;
	const newest = Object.values(state.words).sort((a, b) => closed(b.round) - closed(a.round));
	for (const { id } of newest.slice(most)) delete state.words[id];
}
