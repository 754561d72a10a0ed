import * as v from 'valibot';
import { command, defineBlock, isRefusal, refuse, type Refusal } from '../block.ts';
import { day, id, words } from '../schemas.ts';
import { matters } from './matters.ts';
import { dayOf, historyOf, type Goal, type GoalsState, type Point } from './model.ts';
import { carry, facts, forget, ledger, own, publish } from './projections.ts';
import { settings, type Ctx, type Settings } from './settings.ts';

const title = v.pipe(words(140), v.minLength(1, 'Say in one sentence what you want to be able to do.'));
const step = v.pipe(v.number('Choose a number on the scale.'), v.integer('The scale has whole steps.'));
const visibility = v.picklist(['self', 'room', 'shared']);

/** What a goal says, as it is given; `now` is where it stands at first. */
const parts = {
	area: words(80),
	why: words(500),
	sign: words(280),
	measure: words(280),
	supporter: v.nullable(id),
	now: v.nullable(step),
	target: v.nullable(step),
	by: v.nullable(day)
};
const said = words(280);

const gone = () => refuse('gone', 'This goal is not there any more.', 'id');

/** The goal, if this person can know of it. */
function found(state: GoalsState, which: string, ctx: Ctx): Goal | Refusal {
	const goal = state.goals[which];
	if (!goal || goal.state === 'dropped') return gone();
	// Of a goal that somebody keeps to themselves nobody learns that it is there.
	if (goal.visibility === 'self' && goal.owner !== ctx.by.id) return gone();
	return goal;
}

/** The goal, for its owner. */
function mine(state: GoalsState, which: string, ctx: Ctx): Goal | Refusal {
	const goal = found(state, which, ctx);
	if (isRefusal(goal) || goal.owner === ctx.by.id) return goal;
	const name = ctx.people[goal.owner]?.name;
	return name
		? refuse('not_yours', 'Only {name} can change this goal.', undefined, { name })
		: refuse('not_yours', 'Only its owner can change this goal.');
}

const settled = () => refuse('settled', 'This goal is settled. Take it up again first.', 'id');

/** Those who stand outside the record and are told of goals, when one of them may have changed. */
function tell(ctx: Ctx): void {
	if (ctx.settings.supporters === 'workspace') return ctx.touch('all');
	for (const { id, role } of Object.values(ctx.people)) if (role === ctx.settings.to) ctx.touch(id);
}

function offScale(value: number | null | undefined, field: string, ctx: Ctx): Refusal | null {
	const { from, to } = ctx.settings.scale;
	if (value === null || value === undefined || (value >= from && value <= to)) return null;
	return refuse('off_scale', 'The scale goes from {from} to {to}.', field, { from, to });
}

function supporterName(person: string, ctx: Ctx): string | null {
	const known = ctx.settings.supporters === 'workspace' ? ctx.profile(person) : null;
	return ctx.people[person]?.name ?? known?.name ?? null;
}

/** Whoever supports a goal is named with it, and told; where they need not be in the room, let in. */
function support(goal: Goal, ctx: Ctx): void {
	const person = goal.supporter;
	if (ctx.settings.supporters === 'room') return;
	if (person === null) {
		delete goal.supporterName;
		return;
	}
	goal.supporterName = supporterName(person, ctx) ?? '';
	const account = ctx.people[person]?.account ?? true;
	if (goal.visibility !== 'self')
		ctx.emit('supported', { person, name: goal.supporterName, account, goal: goal.id });
	ctx.touch(person);
}

/** What is wrong with the parts of a goal, if anything is. */
function wrong(
	given: { now?: number | null; target?: number | null; supporter?: string | null },
	ctx: Ctx
): Refusal | null {
	const off = offScale(given.now, 'now', ctx) ?? offScale(given.target, 'target', ctx);
	if (off) return off;
	if (typeof given.supporter === 'string' && supporterName(given.supporter, ctx) === null)
		return ctx.settings.supporters === 'room'
			? refuse('gone', 'This person is not in the room.', 'supporter')
			: refuse('gone', 'This person is not in the workspace. Choose somebody from the list.', 'supporter');
	if (given.supporter === ctx.by.id)
		return refuse('oneself', 'Choose somebody else to support you.', 'supporter');
	return null;
}

function unshareable(visibility: string | undefined, ctx: Ctx): Refusal | null {
	return visibility === 'shared' && ctx.settings.to === null
		? refuse('nobody', 'There is nobody here to share a goal with.', 'visibility')
		: null;
}

function point(state: GoalsState, goal: Goal, what: Pick<Point, 'kind'> & Partial<Point>, ctx: Ctx): Point {
	const made: Point = {
		id: ctx.id(),
		goal: goal.id,
		value: null,
		progress: null,
		said: '',
		by: ctx.by.id,
		at: ctx.now,
		meeting: ctx.meeting,
		run: ctx.phase?.run ?? null,
		...what
	};
	state.points[made.id] = made;
	return made;
}

export const goals = defineBlock<GoalsState, Settings>({
	name: 'goals',
	settings,
	finds: {
		published: {
			goals: { texts: ['text', 'area', 'why', 'sign', 'measure'] },
			points: { texts: ['said'], item: 'goal' }
		}
	},
	initial: () => ({ goals: {}, points: {} }),
	commands: {
		add: command(
			v.object({
				text: title,
				area: v.optional(parts.area, ''),
				why: v.optional(parts.why, ''),
				sign: v.optional(parts.sign, ''),
				measure: v.optional(parts.measure, ''),
				supporter: v.optional(parts.supporter, null),
				now: v.optional(parts.now, null),
				target: v.optional(parts.target, null),
				by: v.optional(parts.by, null),
				visibility: v.optional(visibility, 'room')
			}),
			(state: GoalsState, { now, ...what }, ctx: Ctx) => {
				const bad = wrong({ now, ...what }, ctx) ?? unshareable(what.visibility, ctx);
				if (bad) return bad;
				const open = Object.values(state.goals).filter(
					(one) => one.owner === ctx.by.id && one.state === 'open'
				);
				if (open.length >= ctx.settings.most)
					return refuse(
						'enough',
						'You have {count} open goals. Settle one before you add another.',
						undefined,
						{ count: open.length }
					);
				const goal: Goal = {
					id: ctx.id(),
					owner: ctx.by.id,
					...what,
					state: 'open',
					at: ctx.now,
					meeting: ctx.meeting,
					settled: null
				};
				support(goal, ctx);
				state.goals[goal.id] = goal;
				if (now !== null) point(state, goal, { kind: 'start', value: now }, ctx);
				if (goal.visibility === 'shared') tell(ctx);
				if (goal.visibility !== 'self')
					ctx.emit('added', { id: goal.id, owner: goal.owner, text: goal.text });
				return { id: goal.id };
			}
		),
		edit: command(
			v.object({
				id,
				text: v.optional(title),
				area: v.optional(parts.area),
				why: v.optional(parts.why),
				sign: v.optional(parts.sign),
				measure: v.optional(parts.measure),
				supporter: v.optional(parts.supporter),
				now: v.optional(parts.now),
				target: v.optional(parts.target),
				by: v.optional(parts.by)
			}),
			(state: GoalsState, { id, now, ...what }, ctx: Ctx) => {
				const goal = mine(state, id, ctx);
				if (isRefusal(goal)) return goal;
				const bad = wrong({ now, ...what }, ctx);
				if (bad) return bad;
				const history = historyOf(state.points, id);
				const start = history.find((one) => one.kind === 'start');
				if (now !== undefined && now !== (start?.value ?? null)) {
					if (history.some((one) => one !== start))
						return refuse('history', 'The scale has a history by now: add a new point to it.', 'now');
					if (start) delete state.points[start.id];
					if (now !== null) point(state, goal, { kind: 'start', value: now, at: goal.at }, ctx);
				}
				const before = goal.supporter;
				// What was left out of the command is undefined, and stays.
				for (const [key, value] of Object.entries(what))
					if (value !== undefined) Object.assign(goal, { [key]: value });
				if (goal.supporter !== before) support(goal, ctx);
				if (before !== null) ctx.touch(before);
				if (goal.visibility === 'shared') tell(ctx);
			}
		),
		/** Who may see it. */
		show: command(v.object({ id, visibility }), (state: GoalsState, payload, ctx: Ctx) => {
			const goal = mine(state, payload.id, ctx);
			if (isRefusal(goal)) return goal;
			const bad = unshareable(payload.visibility, ctx);
			if (bad) return bad;
			goal.visibility = payload.visibility;
			support(goal, ctx);
			tell(ctx);
		}),
		/** A point on the scale, with what shows it; once more in the same phase, it corrects the last. */
		rate: command(
			v.object({ id, value: step, said: v.optional(said, '') }),
			(state: GoalsState, { id, value, said }, ctx: Ctx) => {
				const goal = mine(state, id, ctx);
				if (isRefusal(goal)) return goal;
				if (goal.state !== 'open') return settled();
				const off = offScale(value, 'value', ctx);
				if (off) return off;
				const run = ctx.phase?.run ?? null;
				const last = historyOf(state.points, id).findLast((one) => one.kind === 'rating');
				if (last && last.run === run && run !== null) {
					Object.assign(last, { value, said, at: ctx.now });
					tell(ctx);
					return { point: last.id };
				}
				tell(ctx);
				return { point: point(state, goal, { kind: 'rating', value, said }, ctx).id };
			}
		),
		/** Between two meetings, by the owner or whoever supports them; once more on a day corrects the first. */
		checkIn: command(
			v.object({
				id,
				value: v.optional(v.nullable(step), null),
				progress: v.optional(v.nullable(v.picklist(['none', 'some', 'done'])), null),
				said: v.optional(said, '')
			}),
			(state: GoalsState, { id, value, progress, said }, ctx: Ctx) => {
				const goal = found(state, id, ctx);
				if (isRefusal(goal)) return goal;
				if (goal.supporter !== ctx.by.id) {
					const own = mine(state, id, ctx);
					if (isRefusal(own)) return own;
				}
				if (goal.state !== 'open') return settled();
				const scaled = ctx.settings.taps === 'scale';
				if (scaled && value === null) return refuse('no_value', 'Tap where it stands on the scale.', 'value');
				if (!scaled && progress === null) return refuse('no_value', 'Tap how far it went.', 'progress');
				const off = offScale(value, 'value', ctx);
				if (off) return off;
				tell(ctx);
				const what = { value: scaled ? value : null, progress: scaled ? null : progress, said };
				const today = historyOf(state.points, id).findLast(
					(one) => one.kind === 'checkin' && one.by === ctx.by.id && dayOf(one.at) === dayOf(ctx.now)
				);
				if (today) {
					Object.assign(today, what, { at: ctx.now });
					return { point: today.id };
				}
				const made = point(state, goal, { kind: 'checkin', ...what }, ctx);
				if (goal.visibility !== 'self') ctx.emit('checkedIn', { id, owner: goal.owner, person: ctx.by.id });
				return { point: made.id };
			}
		),
		/** Takes a point of one's own back. */
		retract: command(v.object({ point: id }), (state: GoalsState, payload, ctx: Ctx) => {
			const made = state.points[payload.point];
			if (!made || made.by !== ctx.by.id || made.kind === 'start')
				return refuse('gone', 'This is no point of yours.', 'point');
			delete state.points[payload.point];
		}),
		settle: command(
			v.object({ id, as: v.picklist(['met', 'left']) }),
			(state: GoalsState, payload, ctx: Ctx) => {
				const goal = mine(state, payload.id, ctx);
				if (isRefusal(goal)) return goal;
				if (goal.state === payload.as) return;
				goal.state = payload.as;
				goal.settled = ctx.now;
				tell(ctx);
				if (payload.as === 'met' && goal.visibility !== 'self')
					ctx.emit('met', { id: goal.id, owner: goal.owner, text: goal.text });
			}
		),
		drop: command(v.object({ id }), (state: GoalsState, payload, ctx: Ctx) => {
			const goal = mine(state, payload.id, ctx);
			if (isRefusal(goal)) return goal;
			goal.state = 'dropped';
			goal.settled = ctx.now;
			tell(ctx);
		}),
		/** Takes a goal up again that was settled, and undoes a drop. */
		reopen: command(v.object({ id }), (state: GoalsState, payload, ctx: Ctx) => {
			const goal = state.goals[payload.id];
			if (!goal || goal.owner !== ctx.by.id) return gone();
			if (goal.state === 'open') return refuse('open', 'This goal is open already.', 'id');
			goal.state = 'open';
			goal.settled = null;
			tell(ctx);
		})
	},
	publish,
	own,
	facts,
	ledger,
	matters,
	carry,
	forget
});
