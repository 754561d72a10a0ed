/** Before anybody writes: what it is for, who has which place, who is nominated, and what the manager makes of it. */
import * as v from 'valibot';
import { command, isRefusal, refuse, type Json, type Refusal } from '../block.ts';
import { inReportingLine, lineAbove } from '../profile.ts';
import {
	DATED,
	DAY,
	isActive,
	SEATS,
	STEPS,
	type Brief,
	type Group,
	type Nomination,
	type ReviewsState
} from './model.ts';
import { holder, stepOf } from './seen.ts';
import type { Ctx } from './settings.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const why = v.pipe(v.string(), v.trim(), v.minLength(3, 'Give a reason, in a sentence.'), v.maxLength(280));
const purpose = v.pipe(
	v.string(),
	v.trim(),
	v.minLength(3, 'Say what it is for, in a sentence.'),
	v.maxLength(280)
);
const moment = v.pipe(v.number(), v.integer(), v.minValue(0));

export const released = () => refuse('released', 'This was released. What was handed over stays as it is.');

/** Null: it is the time for it. */
export function notAt(state: ReviewsState, steps: readonly string[]): Refusal | null {
	if (state.batch.now) return released();
	if (steps.includes(stepOf(state))) return null;
	return STEPS.indexOf(stepOf(state)) < STEPS.indexOf(steps[0] as (typeof STEPS)[number])
		? refuse('too_early', 'It is too early for this. Look at the dates.')
		: refuse('too_late', 'The time for this is over. Look at the dates.');
}

/** Somebody of the room or the workspace. */
function known(person: string, ctx: Ctx): { name: string; account: boolean } | Refusal {
	const member = ctx.people[person];
	if (member) return { name: member.name, account: member.account };
	const profile = ctx.profile(person);
	return profile
		? { name: profile.name, account: true }
		: refuse('outside', 'This person is not in the workspace. Choose somebody from the list.', 'person');
}

function groupOf(person: string, reviewee: string, ctx: Ctx): Group {
	const [one, other] = [ctx.profile(person), ctx.profile(reviewee)];
	if (one?.manager === reviewee) return 'reports';
	// Of whom nothing is known is a colleague like others: a group of its own would show them up.
	if (!one || !other) return 'peers';
	const alike =
		(one.team !== null && one.team === other.team) || (one.manager !== null && one.manager === other.manager);
	return alike ? 'peers' : 'others';
}

/** A nomination of this person, or why there can be none. */
function nominated(
	state: ReviewsState,
	person: string,
	what: Pick<Nomination, 'reason' | 'by' | 'is'>,
	ctx: Ctx
): Nomination | Refusal {
	const reviewee = holder(ctx, 'reviewee');
	if (!reviewee) return refuse('nobody', 'It is not said yet whom this is about.');
	if (person === reviewee.id)
		return refuse(
			'oneself',
			'Nobody reviews themselves here: the self-review has a place of its own.',
			'person'
		);
	const taken = SEATS.find((seat) => ctx.people[person]?.role === ctx.settings.roles[seat]);
	if (taken || ctx.people[person]?.role === ctx.settings.roles.organiser)
		return refuse('seated', 'This person has another part in this review. Choose somebody else.', 'person');
	const who = known(person, ctx);
	if (isRefusal(who)) return who;
	const others = Object.values(state.nominations);
	if (others.some((one) => one.person === person && isActive(one)))
		return refuse('twice', '{name} is on the list already.', 'person', { name: who.name });
	return {
		id: ctx.id(),
		person,
		name: who.name,
		group: groupOf(person, reviewee.id, ctx),
		why: '',
		load: ctx.load(person),
		at: ctx.now,
		...what
	};
}

/** From now on this person may write: they are let in, and told. */
export function ask(nomination: Nomination, ctx: Ctx): void {
	nomination.is = 'asked';
	const { person, name } = nomination;
	const account = ctx.people[person]?.account ?? true;
	ctx.emit('asked', { person, name, account, role: ctx.settings.roles.reviewer });
	ctx.touch(person);
}

function busy(nomination: Nomination, despite: boolean, ctx: Ctx): Refusal | null {
	nomination.load = ctx.load(nomination.person);
	if (despite || nomination.load < ctx.settings.cap) return null;
	return refuse(
		'busy',
		'{name} writes {count} reviews already. Choose somebody else, or confirm that it is to be this person.',
		'person',
		{ name: nomination.name, count: nomination.load }
	);
}

/** Those who see the list when it changes. */
function tell(ctx: Ctx): void {
	ctx.touch('all');
}

function open(state: ReviewsState, which: string): Nomination | Refusal {
	const nomination = state.nominations[which];
	if (!nomination || !isActive(nomination)) return refuse('gone', 'This is not on the list any more.', 'id');
	return nomination;
}

function datesFrom(given: Partial<Brief['dates']>, now: number): Brief['dates'] | Refusal {
	let last = now;
	const dates = {} as Brief['dates'];
	for (const step of DATED) {
		const at = given[step] ?? null;
		if (at !== null && at < last)
			return refuse('order', 'Each date comes after the one before it, and none has passed.', step);
		dates[step] = at;
		last = at ?? last;
	}
	return dates;
}

const reach = (step: (typeof STEPS)[number], ctx: Ctx): void => {
	const phase = ctx.settings.phases[step];
	if (phase !== undefined) ctx.emit('reached', { phase });
};

export const askingCommands = {
	/** What it is for and when; until it has begun. `begin` begins it and locks it. */
	brief: command(
		v.object({
			purpose,
			scores: v.optional(v.boolean(), false),
			...v.object(Object.fromEntries(DATED.map((step) => [step, v.optional(v.nullable(moment), null)])))
				.entries,
			begin: v.optional(v.boolean(), false)
		}),
		(state: ReviewsState, { purpose, scores, begin, ...given }, ctx: Ctx) => {
			if (state.brief.now?.begun)
				return refuse('locked', 'It has begun: purpose and who sees what stay as they are.');
			// The schema's other entries are the dates.
			const dates = datesFrom(given as Partial<Brief['dates']>, ctx.now);
			if (isRefusal(dates)) return dates;
			if (begin)
				for (const seat of SEATS)
					if (!holder(ctx, seat))
						return refuse('nobody', 'First say who has which part: reviewee, manager and moderator.', seat);
			state.brief.now = { purpose, scores, dates, begun: begin ? ctx.now : null };
			tell(ctx);
			if (begin) reach('nominate', ctx);
		}
	),
	/** All dates that are still to come, later by so many days; one that waits is set anew. */
	postpone: command(
		v.object({ days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)) }),
		(state: ReviewsState, { days }, ctx: Ctx) => {
			const brief = state.brief.now;
			if (!brief?.begun) return refuse('not_begun', 'It has not begun yet: set the dates themselves.');
			if (state.batch.now) return released();
			const at = STEPS.indexOf(stepOf(state));
			let last = ctx.now;
			for (const step of DATED) {
				if (STEPS.indexOf(step) <= at) continue;
				const date = brief.dates[step];
				brief.dates[step] = Math.max(last, (date ?? ctx.now) + days * DAY);
				last = brief.dates[step];
			}
			tell(ctx);
		}
	),
	/** Goes on now, without waiting for the date; never back. */
	move: command(v.object({ to: v.picklist(STEPS) }), (state: ReviewsState, { to }, ctx: Ctx) => {
		if (!state.brief.now?.begun) return refuse('not_begun', 'Say first what it is for, and begin.', 'to');
		if (STEPS.indexOf(to) !== STEPS.indexOf(stepOf(state)) + 1)
			return refuse('order', 'One step comes after the other, and none comes again.', 'to');
		reach(to, ctx);
	}),
	/** Gives somebody a place: they are let in with that role. */
	seat: command(
		v.object({ person: id, seat: v.picklist(SEATS) }),
		(state: ReviewsState, { person, seat }, ctx: Ctx) => {
			if (state.brief.now?.begun && seat === 'reviewee')
				return refuse('locked', 'It has begun: whom it is about stays as it is.', 'seat');
			const who = known(person, ctx);
			if (isRefusal(who)) return who;
			if (holder(ctx, seat)) return refuse('taken', 'This part is taken already.', 'seat');
			if (ctx.people[person] && ctx.people[person].role !== ctx.settings.roles.reviewer)
				return refuse(
					'seated',
					'This person has another part in this review. Choose somebody else.',
					'person'
				);
			if (Object.values(state.nominations).some((one) => one.person === person && isActive(one)))
				return refuse(
					'seated',
					'This person has another part in this review. Choose somebody else.',
					'person'
				);
			const about = seat === 'reviewee' ? person : holder(ctx, 'reviewee')?.id;
			const reader = seat === 'moderator' ? person : holder(ctx, 'moderator')?.id;
			if (about && reader && inReportingLine(about, reader, ctx.profile))
				return refuse(
					'in_line',
					'Whoever reads without names stands outside the reporting line of the reviewee. Choose somebody else.',
					'person'
				);
			const boss = seat === 'manager' ? person : holder(ctx, 'manager')?.id;
			if (about && boss && seat !== 'moderator') {
				const line = lineAbove(about, ctx.profile);
				if (line.length > 0 && !line.includes(boss))
					return refuse(
						'no_manager',
						'The directory says that the reviewee does not report to this person. Choose somebody they report to.',
						'person'
					);
			}
			ctx.emit('seated', { person, name: who.name, account: who.account, role: ctx.settings.roles[seat] });
			ctx.touch('all');
		}
	),
	/** What the reviewee would like to hear about; the reviewers read it while they write. */
	question: command(
		v.object({ text: v.pipe(v.string(), v.trim(), v.maxLength(280)) }),
		(state: ReviewsState, { text }, ctx: Ctx) => {
			const wrong = notAt(state, ['nominate', 'approve', 'write']);
			if (wrong) return wrong;
			state.question.now = { text };
			tell(ctx);
		}
	),
	nominate: command(
		v.object({ person: id, reason: why }),
		(state: ReviewsState, { person, reason }, ctx: Ctx) => {
			const wrong = notAt(state, ['nominate']);
			if (wrong) return wrong;
			const many = Object.values(state.nominations).filter(isActive).length;
			if (many >= ctx.settings.wanted)
				return refuse('enough', 'You have nominated {count}. Take one back first.', undefined, {
					count: many
				});
			const made = nominated(state, person, { reason, by: 'reviewee', is: 'nominated' }, ctx);
			if (isRefusal(made)) return made;
			state.nominations[made.id] = made;
			tell(ctx);
			return { id: made.id };
		},
		{ loads: true }
	),
	/** The reviewee takes a nomination back. */
	unnominate: command(v.object({ id }), (state: ReviewsState, payload, ctx: Ctx) => {
		const wrong = notAt(state, ['nominate']);
		if (wrong) return wrong;
		const nomination = open(state, payload.id);
		if (isRefusal(nomination)) return nomination;
		delete state.nominations[payload.id];
		tell(ctx);
	}),
	/** `despite`: although this person writes as many as somebody should. */
	approve: command(
		v.object({ id, despite: v.optional(v.boolean(), false) }),
		(state: ReviewsState, payload, ctx: Ctx) => {
			const wrong = notAt(state, ['approve', 'write']);
			if (wrong) return wrong;
			const nomination = open(state, payload.id);
			if (isRefusal(nomination)) return nomination;
			if (nomination.is === 'asked') return refuse('already', 'This is approved already.', 'id');
			const full = busy(nomination, payload.despite, ctx);
			if (full) return full;
			ask(nomination, ctx);
			tell(ctx);
		},
		{ loads: true }
	),
	/** Somebody else instead, or, without `id`, besides: where one has declined. */
	swap: command(
		v.object({
			id: v.optional(id),
			person: id,
			reason: why,
			despite: v.optional(v.boolean(), false)
		}),
		(state: ReviewsState, payload, ctx: Ctx): Refusal | Json => {
			const wrong = notAt(state, ['approve', 'write']);
			if (wrong) return wrong;
			const instead = payload.id === undefined ? null : open(state, payload.id);
			if (isRefusal(instead)) return instead;
			// Whether somebody has written, the manager is not told: so from then on nobody is replaced.
			if (instead?.is === 'asked' && stepOf(state) === 'write')
				return refuse('writing', '{name} may be writing already, and stays. Ask somebody besides.', 'id', {
					name: instead.name
				});
			if (instead?.person === payload.person)
				return refuse('twice', '{name} is on the list already.', 'person', { name: instead.name });
			const made = nominated(
				state,
				payload.person,
				{ reason: payload.reason, by: 'manager', is: 'asked' },
				ctx
			);
			if (isRefusal(made)) return made;
			const full = busy(made, payload.despite, ctx);
			if (full) return full;
			if (instead) {
				instead.is = 'swapped';
				instead.why = payload.reason;
				removeReview(state, instead.person);
				ctx.touch(instead.person);
			}
			state.nominations[made.id] = made;
			ask(made, ctx);
			tell(ctx);
			return { id: made.id };
		},
		{ loads: true }
	),
	/** Whoever was asked does not want to, or cannot. What they had written goes with it. */
	decline: command(v.object({ reason: why }), (state: ReviewsState, { reason }, ctx: Ctx) => {
		const nomination = asked(state, ctx.by.id);
		if (isRefusal(nomination)) return nomination;
		if (state.batch.now) return released();
		nomination.is = 'declined';
		nomination.why = reason;
		removeReview(state, ctx.by.id);
		tell(ctx);
	}),
	/** Run by the server when somebody has left the room. */
	left: command(v.object({ person: id }), (state: ReviewsState, { person }, ctx: Ctx) => {
		const nomination = asked(state, person);
		if (isRefusal(nomination) || state.batch.now) return;
		nomination.is = 'declined';
		removeReview(state, person);
		tell(ctx);
	})
};

/** The nomination by which this person may write. */
export function asked(state: ReviewsState, person: string): Nomination | Refusal {
	const found = Object.values(state.nominations).find((one) => one.person === person && one.is === 'asked');
	return found ?? refuse('not_asked', 'You have not been asked to write here.');
}

function removeReview(state: ReviewsState, person: string): void {
	delete state.reviews[person];
	for (const [key, comment] of Object.entries(state.comments))
		if (comment.person === person) delete state.comments[key];
}
