import * as v from 'valibot';
import { command, defineBlock, isRefusal, refuse, type Context, type Published } from '../block.ts';
import { DAY, dayAt } from '../days.ts';
import { checkEntry, entrySchema } from '../fields.ts';
import { id } from '../schemas.ts';
import { matters } from './matters.ts';
import {
	DEFAULTS,
	FIELDS,
	isUsed,
	roundKey,
	type FollowupOwn,
	type FollowupRecord,
	type FollowupState,
	type Round
} from './model.ts';
import { countsOf, total, trim, trimWords, triesOf } from './sums.ts';

const days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(366));
const most = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2000));

const settings = v.object({
	days: v.optional(days, DEFAULTS.days),
	open: v.optional(days, DEFAULTS.open),
	least: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), DEFAULTS.least),
	after: v.optional(days, DEFAULTS.after),
	dates: v.optional(most, DEFAULTS.dates),
	words: v.optional(most, DEFAULTS.words)
});

type Settings = v.InferOutput<typeof settings>;
type Ctx = Context<Settings>;

const taken = v.object({
	id,
	person: id,
	text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500))
});

type Taken = v.InferOutput<typeof taken>;

/** The date's round, which begins with the first thing that is taken away on it, or when it was held. */
function roundOf(state: FollowupState, meeting: number, { now, settings }: Ctx): Round {
	const asks = now + settings.days * DAY;
	return (state.rounds[roundKey(meeting)] ??= {
		...{ id: roundKey(meeting), meeting, title: '', held: now, asks },
		closes: asks + settings.open * DAY,
		is: 'ahead',
		tally: null
	});
}

function tellAll(state: FollowupState, round: Round, ctx: Ctx): void {
	for (const { person } of triesOf(state, round)) ctx.touch(person);
}

/**
 * For good, and all at once: figures that followed each answer would give it away. Of a date with too few answers
 * nothing is shown.
 */
function close(state: FollowupState, round: Round, ctx: Ctx): void {
	const tries = triesOf(state, round);
	const answered = tries.filter(({ answer }) => answer !== null);
	round.is = 'closed';
	round.closes = Math.min(round.closes, ctx.now);
	tellAll(state, round, ctx);
	if (answered.length < ctx.settings.least) return;
	const used = answered.filter(({ answer }) => isUsed(answer!.entry)).length;
	round.tally = { asked: tries.length, replies: answered.length, used };
	for (const { id: of, answer } of ctx.shuffle(answered)) {
		const what = answer!.entry.what;
		if (typeof what !== 'string') continue;
		const key = ctx.id();
		state.words[key] = { id: key, round: round.id, text: what, try: of };
	}
	trimWords(state, ctx.settings.words);
}

/** Keeps it with its date; of one that is closed nobody is asked any more. The date; null: it was known. */
function take(state: FollowupState, { id, person, text }: Taken, ctx: Ctx): Round | null {
	const known = state.tries[id];
	if (known) {
		known.text = text;
		ctx.touch(known.person);
		return null;
	}
	const round = roundOf(state, ctx.meeting, ctx);
	if (round.is === 'closed') return round;
	state.tries[id] = { id, round: round.id, person, text, at: ctx.now, answer: null };
	ctx.touch(person);
	return round;
}

export const followup = defineBlock<FollowupState, Settings>({
	name: 'followup',
	settings,
	finds: {
		published: { words: { texts: ['text'] } },
		own: { tries: ['text', 'answer.entry.what'] }
	},
	initial: () => ({ rounds: {}, tries: {}, words: {}, older: {} }),
	commands: {
		/** Somebody takes something away to try; for a format to wire. */
		keep: command(taken, (state: FollowupState, payload, ctx: Ctx) => {
			const round = take(state, payload, ctx);
			if (round === null) return;
			const { id, person, text } = payload;
			ctx.emit('kept', { id, person, text, due: dayAt(Math.max(round.asks, ctx.now)) });
		}),
		/** They say it better. What was taken away before this block came to the room is no news then. */
		reword: command(taken, (state: FollowupState, payload, ctx: Ctx) => {
			take(state, payload, ctx);
		}),
		/** What the date was about and when it began, once it is over. */
		held: command(
			v.object({ meeting: v.number(), title: v.pipe(v.string(), v.maxLength(200)), starts: v.number() }),
			(state: FollowupState, { meeting, title, starts }, ctx: Ctx) => {
				const round = roundOf(state, meeting, ctx);
				round.title = title;
				round.held = starts;
			}
		),
		/** Time has come to ask, to count, or to keep no more than the figures. */
		tick: command(v.object({}), (state: FollowupState, _, ctx: Ctx) => {
			for (const round of Object.values(state.rounds)) {
				if (round.is === 'ahead' && round.asks <= ctx.now) {
					// nobody took anything away, so there is nobody to ask
					if (triesOf(state, round).length === 0) {
						delete state.rounds[round.id];
						continue;
					}
					round.is = 'asking';
					tellAll(state, round, ctx);
				}
				if (round.is === 'asking' && round.closes <= ctx.now) close(state, round, ctx);
			}
			trim(state, ctx);
		}),
		/** "I used it", "not yet"; it may be said anew until the answers are closed. */
		submit: command(
			v.object({ id, entry: entrySchema }),
			(state: FollowupState, payload, ctx: Ctx) => {
				const found = state.tries[payload.id];
				const round = found && state.rounds[found.round];
				if (!round || found.person !== ctx.by.id)
					return refuse('not_yours', 'This is nothing that you took away.', 'id');
				if (round.is === 'ahead') return refuse('too_early', 'You are asked about it later.', 'id');
				if (round.is === 'closed')
					return refuse('closed', 'This is closed; nothing can be added any more.', 'id');
				const entry = checkEntry(FIELDS, payload.entry);
				if (isRefusal(entry)) return entry;
				found.answer = { entry, at: ctx.now };
			},
			{ storm: true }
		),
		/** Earlier than by itself. */
		close: command(v.object({ round: id }), (state: FollowupState, payload, ctx: Ctx) => {
			const round = state.rounds[payload.round];
			if (round?.is !== 'asking') return refuse('not_asked', 'Nobody is asked about this date now.', 'round');
			close(state, round, ctx);
		})
	},
	publish(state): Published {
		const { sum } = state.older;
		const figures = { now: total(state), ...(sum && { older: sum }) };
		const record: FollowupRecord = { rounds: {}, words: {}, figures };
		const counts = countsOf(state);
		for (const round of Object.values(state.rounds))
			record.rounds[round.id] = { ...round, ...(counts.get(round.id) ?? { tries: 0, replies: 0 }) };
		for (const { try: _, ...word } of Object.values(state.words)) record.words[word.id] = word;
		return { record };
	},
	own: (state, person): FollowupOwn => ({
		tries: Object.values(state.tries)
			.filter((one) => one.person === person)
			.map(({ person: _, ...mine }) => mine)
	}),
	facts(state) {
		const { replies, used } = total(state);
		const is = Object.values(state.rounds).map((round) => round.is);
		const told = is.includes('closed') || state.older.sum !== undefined;
		return { replies, used, asking: is.includes('asking'), told };
	},
	matters,
	due(state, { settings }) {
		const counts = countsOf(state);
		const times = Object.values(state.rounds).flatMap(({ id, is, asks, closes }) => {
			if (is === 'closed') return counts.has(id) ? [closes + settings.after * DAY] : [];
			return [is === 'ahead' ? asks : closes];
		});
		return times.length === 0 ? null : { at: Math.min(...times), verb: 'tick', payload: {} };
	},
	/** What was counted stays counted; what they said goes, also what stands without their name. */
	forget(state, person) {
		for (const one of Object.values(state.tries)) {
			if (one.person !== person) continue;
			delete state.tries[one.id];
			for (const word of Object.values(state.words)) if (word.try === one.id) delete state.words[word.id];
		}
	}
});
