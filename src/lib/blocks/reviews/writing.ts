/** What reviewers write, what the moderator does with it, and the one batch that comes of it. */
import * as v from 'valibot';
import { command, isRefusal, refuse, type Refusal } from '../block.ts';
import { asked, notAt, released } from './asking.ts';
import { HOUR, monthOf, monthStart, type Comment, type ReviewsState } from './model.ts';
import { meansOf, poolsOf, type By } from './pools.ts';
import type { Ctx } from './settings.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
/** Long enough to say something, short enough to be read. */
const part = (missing: string) =>
	v.pipe(v.string(missing), v.trim(), v.minLength(3, missing), v.maxLength(400));
const words = v.object({
	kind: v.picklist(['continue', 'consider']),
	situation: part('Say when and where it was: the situation.'),
	behaviour: part('Say what the person did: what could be seen or heard.'),
	impact: part('Say what it led to: for whom, and how.'),
	next: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(280)), ''),
	project: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(80)), ''),
	month: v.pipe(
		v.string('Choose the month in which it was.'),
		v.check((month) => monthStart(month) !== null, 'Choose the month in which it was.')
	),
	sign: v.optional(v.boolean(), false)
});

const writing = ['write', 'moderate'];

/** The comment, for its author; once it is in, it is changed only if it came back. */
function mine(state: ReviewsState, which: string, ctx: Ctx): Comment | Refusal {
	const comment = state.comments[which];
	if (!comment || comment.person !== ctx.by.id) return refuse('gone', 'This is no comment of yours.', 'id');
	if (comment.is === 'in')
		return refuse('sealed', 'This is sealed. Take your review back first; until the release you can.', 'id');
	return comment;
}

/** Why nothing can be written, or not this. */
function notNow(state: ReviewsState, { month }: { month: string }, ctx: Ctx): Refusal | null {
	const wrong = notAt(state, writing);
	if (wrong) return wrong;
	const nomination = asked(state, ctx.by.id);
	if (isRefusal(nomination)) return nomination;
	return month > monthOf(ctx.now)
		? refuse('future', 'This month is still to come. Choose when it happened.', 'comment.month')
		: null;
}

const tell = (ctx: Ctx): void => ctx.touch('all');

export const writingCommands = {
	/** A comment, or with `id` one's own draft anew. All of situation, behaviour and impact are needed. */
	write: command(
		v.object({ id: v.optional(id), comment: words }),
		(state: ReviewsState, { id: which, comment: given }, ctx: Ctx) => {
			const wrong = notNow(state, given, ctx);
			if (wrong) return wrong;
			if (which !== undefined) {
				const comment = mine(state, which, ctx);
				if (isRefusal(comment)) return comment;
				if (comment.is === 'back')
					return refuse(
						'back',
						'This came back to you: say it anew, and it is with the moderator again.',
						'id'
					);
				Object.assign(comment, given);
				return { id: which };
			}
			if (state.reviews[ctx.by.id]?.submitted)
				return refuse('sealed', 'Your review is sealed. Take it back first; until the release you can.');
			const own = Object.values(state.comments).filter(({ person }) => person === ctx.by.id);
			if (own.length >= ctx.settings.most)
				return refuse('enough', 'You have {count} comments: those that matter most are enough.', undefined, {
					count: own.length
				});
			const made: Comment = {
				...given,
				id: ctx.id(),
				person: ctx.by.id,
				is: 'draft',
				returned: null,
				at: ctx.now
			};
			state.comments[made.id] = made;
			return { id: made.id };
		}
	),
	/** What came back, said anew: it is with the moderator again at once. */
	revise: command(
		v.object({ id, comment: words }),
		(state: ReviewsState, { id: which, comment: given }, ctx: Ctx) => {
			const wrong = notNow(state, given, ctx);
			if (wrong) return wrong;
			const comment = mine(state, which, ctx);
			if (isRefusal(comment)) return comment;
			if (comment.is !== 'back') return refuse('not_back', 'This did not come back to you.', 'id');
			Object.assign(comment, given);
			comment.is = 'in';
			tell(ctx);
			return { id: which };
		}
	),
	drop: command(v.object({ id }), (state: ReviewsState, payload, ctx: Ctx) => {
		if (state.batch.now) return released();
		const comment = mine(state, payload.id, ctx);
		if (isRefusal(comment)) return comment;
		delete state.comments[payload.id];
		tell(ctx);
	}),
	/** A number from 1 to 5 for one question; null takes it away. */
	rate: command(
		v.object({
			rating: v.pipe(v.string(), v.maxLength(40)),
			value: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)))
		}),
		(state: ReviewsState, { rating, value }, ctx: Ctx) => {
			const wrong = notAt(state, writing);
			if (wrong) return wrong;
			const nomination = asked(state, ctx.by.id);
			if (isRefusal(nomination)) return nomination;
			if (!state.brief.now?.scores || !ctx.settings.ratings.some(({ name }) => name === rating))
				return refuse('no_rating', 'No such number is asked for here.', 'rating');
			const review = (state.reviews[ctx.by.id] ??= { submitted: null, scores: {} });
			if (review.submitted)
				return refuse('sealed', 'Your review is sealed. Take it back first; until the release you can.');
			if (value === null) delete review.scores[rating];
			else review.scores[rating] = value;
		}
	),
	/** Seals what one has written; nobody but the moderator sees it, without a name, until the release. */
	submit: command(v.object({}), (state: ReviewsState, _, ctx: Ctx) => {
		const wrong = notAt(state, writing);
		if (wrong) return wrong;
		const nomination = asked(state, ctx.by.id);
		if (isRefusal(nomination)) return nomination;
		const review = (state.reviews[ctx.by.id] ??= { submitted: null, scores: {} });
		if (review.submitted) return refuse('already', 'You have submitted this already.');
		const own = Object.values(state.comments).filter(({ person }) => person === ctx.by.id);
		if (own.length === 0)
			return refuse('empty', 'Write at least one comment first, or decline: that is no shame.');
		for (const comment of own) comment.is = 'in';
		review.submitted = ctx.now;
		tell(ctx);
	}),
	/** Takes one's review back, to go on writing. */
	withdraw: command(v.object({}), (state: ReviewsState, _, ctx: Ctx) => {
		if (state.batch.now) return released();
		const review = state.reviews[ctx.by.id];
		if (!review?.submitted) return refuse('gone', 'You have nothing here to take back.');
		review.submitted = null;
		for (const comment of Object.values(state.comments))
			if (comment.person === ctx.by.id && comment.is === 'in') comment.is = 'draft';
		tell(ctx);
	}),
	/** The moderator gives a comment back to its author, once, with a reason; and never edits. */
	giveBack: command(
		v.object({
			id,
			reason: v.pipe(
				v.string(),
				v.trim(),
				v.minLength(3, 'Say what is missing, in a sentence.'),
				v.maxLength(280)
			)
		}),
		(state: ReviewsState, payload, ctx: Ctx) => {
			const wrong = notAt(state, writing);
			if (wrong) return wrong;
			const comment = state.comments[payload.id];
			if (!comment || comment.is === 'draft')
				return refuse('gone', 'This comment is not here any more.', 'id');
			if (comment.returned !== null)
				return refuse('once', 'This came back once already. What stands now is its author’s.', 'id');
			comment.is = 'back';
			comment.returned = payload.reason;
			ctx.touch(comment.person);
		}
	),
	/** Run by the phases when they open. */
	enter: command(
		v.object({
			step: v.picklist(['setup', 'nominate', 'approve', 'write', 'moderate', 'release', 'talk', 'follow'])
		}),
		(state: ReviewsState, { step }, ctx: Ctx) => {
			state.step.now = { is: step, since: ctx.now };
			if (step === 'release') release(state, ctx);
			if (step === 'talk') state.talk.now ??= { at: ctx.now };
			tell(ctx);
		}
	),
	/** Run by the server, a while after the release: now the manager reads it too. */
	open: command(v.object({}), (state: ReviewsState, _, ctx: Ctx) => {
		const batch = state.batch.now;
		if (!batch || batch.manager !== null || ctx.now < batch.at + ctx.settings.later * HOUR)
			return refuse('not_yet', 'The time for this has not come.');
		batch.manager = ctx.now;
		tell(ctx);
	})
};

/** What is in when it is released: submitted, and not with its author again. */
const isIn = (state: ReviewsState, comment: Comment): boolean =>
	comment.is === 'in' && Boolean(state.reviews[comment.person]?.submitted);

/** Everything that is in, at once and for good: shuffled, without authors and times, under ids of its own. */
export function release(state: ReviewsState, ctx: Ctx): void {
	if (state.batch.now) return;
	const by = new Map<string, By & { name: string }>();
	for (const { person, name, group, is } of Object.values(state.nominations))
		if (is === 'asked') by.set(person, { person, name, group });
	const comments = Object.values(state.comments).filter((one) => isIn(state, one) && by.has(one.person));
	const writers = [...new Set(comments.map(({ person }) => person))].map((person) => by.get(person)!);
	const signs = new Set(comments.filter(({ sign }) => sign).map(({ person }) => person));
	const pools = poolsOf(writers, signs, ctx.settings.verbatim);
	const raters = [...by.values()].flatMap((one) => {
		const review = state.reviews[one.person];
		return review?.submitted ? [{ ...one, scores: review.scores }] : [];
	});
	const scores = state.brief.now?.scores ?? false;
	state.batch.now = {
		at: ctx.now,
		manager: null,
		reviews: raters.length,
		pools,
		means: scores ? meansOf(raters, ctx.settings.ratings, ctx.settings.scores) : []
	};
	const shown = comments.flatMap((comment) => {
		const { group, name } = by.get(comment.person)!;
		const pool = pools.find(({ groups }) => groups.includes(group))!;
		if (pool.shows === 'none' || (pool.shows === 'signed' && !comment.sign)) return [];
		const signed = pool.shows === 'signed' ? { person: comment.person, name } : null;
		const { kind, situation, behaviour, impact, next, project, month } = comment;
		return [{ kind, situation, behaviour, impact, next, project, month, pool: pool.id, signed }];
	});
	ctx.shuffle(shown).forEach((one, order) => {
		const key = ctx.id();
		state.pooled[key] = { ...one, id: key, order };
	});
	ctx.emit('released', { comments: shown.length });
}
