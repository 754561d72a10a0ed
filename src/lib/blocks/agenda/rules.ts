import * as v from 'valibot';
import { command, defineBlock, isRefusal, refuse, type Context, type Refusal } from '../block.ts';
import { matters } from './matters.ts';
import {
	left,
	placeOf,
	type AgendaOwn,
	type AgendaPhase,
	type AgendaRecord,
	type AgendaState,
	type Clock,
	type Now,
	type Series
} from './model.ts';

const settings = v.object({
	phases: v.optional(
		v.array(
			v.object({
				id: v.string(),
				when: v.picklist(['ahead', 'live', 'after']),
				minutes: v.nullable(v.number()),
				fixed: v.boolean(),
				closing: v.optional(v.boolean(), false),
				gates: v.array(
					v.object({
						fact: v.string(),
						is: v.optional(v.union([v.number(), v.boolean(), v.string()])),
						atLeast: v.optional(v.number()),
						skippable: v.optional(v.boolean()),
						because: v.object({ en: v.string(), de: v.optional(v.string()) })
					})
				)
			})
		),
		[]
	),
	/** Meetings that the room is meant to have; null: as many as there will be. */
	planned: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))), null),
	/** Roles outside the record that are told how many meetings were held, and when. */
	told: v.optional(v.array(v.string()), [])
});

type Settings = v.InferOutput<typeof settings>;
type Ctx = Context<Settings>;

const expects = v.pipe(v.string(), v.maxLength(64));
const moving = v.object({ expects });

function clockFor(phase: AgendaPhase, now: number): Clock {
	if (phase.minutes === null) return { is: 'none' };
	const total = Math.round(phase.minutes * 60_000);
	return { is: 'running', endsAt: now + total, total };
}

/** The phase that is open, unless the one who asks saw another. */
function current(state: AgendaState, seen: string): Now | Refusal {
	const now = state.now.current;
	if (!now) return refuse('not_begun', 'This meeting has no phases.');
	if (now.status === 'ended') return refuse('ended', 'This meeting has ended.');
	if (now.run !== seen)
		return refuse('passed', 'Somebody moved the meeting on: {phase} is open now. Look again.', 'expects', {
			phase: now.phase
		});
	return now;
}

/** `opens`: the meeting goes to this very phase, and does not leave it out. */
function blocked(phase: AgendaPhase, opens: boolean, ctx: Ctx): Refusal | null {
	for (const gate of phase.gates) {
		if (gate.skippable && !opens) continue;
		const [instance, fact] = gate.fact.split('.') as [string, string];
		const value = ctx.facts[instance]?.[fact] ?? null;
		const holds =
			gate.atLeast === undefined ? value === gate.is : typeof value === 'number' && value >= gate.atLeast;
		if (!holds) return refuse('gate', '{because}', undefined, { because: gate.because });
	}
	return null;
}

/** A fixed phase may not be left before its time. */
function tooEarly(phase: AgendaPhase | undefined, now: Now, at: number): Refusal | null {
	if (!phase?.fixed) return null;
	const ms = left(now.clock, at);
	if (ms === null || ms <= 0) return null;
	return refuse('fixed', '{phase} runs its full time: up to {minutes} min more.', undefined, {
		phase: phase.id,
		minutes: Math.ceil(ms / 60_000)
	});
}

/** Something of it was live: who only closes the series has not met once more. */
function hasMet({ visits }: AgendaState, now: Now, ctx: Ctx): boolean {
	const here = ctx.settings.phases[placeOf(ctx.settings.phases, now)]?.id;
	const been = new Set([here, ...Object.values(visits).map(({ phase }) => phase)]);
	return ctx.settings.phases.some(({ id, when }) => when === 'live' && been.has(id));
}

/** The live part is over: the meeting was held, whatever still comes after it. */
function hold(state: AgendaState, now: Now, ctx: Ctx): void {
	if (now.began === null || state.held[ctx.meeting] || !hasMet(state, now, ctx)) return;
	state.held[ctx.meeting] = { began: now.began, ended: ctx.now };
	for (const { id, role } of Object.values(ctx.people)) if (ctx.settings.told.includes(role)) ctx.touch(id);
}

function open(state: AgendaState, phase: AgendaPhase, ctx: Ctx): void {
	const before = state.now.current;
	if (before && phase.when === 'after') hold(state, before, ctx);
	if (before && phase.when === 'live') delete state.held[ctx.meeting];
	if (before) state.visits[before.run] = { phase: before.phase, opened: before.opened, closed: ctx.now };
	state.now.current = {
		phase: phase.id,
		run: ctx.id(),
		opened: ctx.now,
		status: phase.when,
		clock: phase.when === 'live' ? clockFor(phase, ctx.now) : { is: 'none' },
		began: before?.began ?? (phase.when === 'ahead' ? null : ctx.now),
		ended: null
	};
	state.ready = {};
	state.check = {};
	ctx.touch('all');
	ctx.emit('opened', { phase: phase.id });
}

function move(state: AgendaState, seen: string, to: (index: number) => number, ctx: Ctx): Refusal | void {
	const now = current(state, seen);
	if (isRefusal(now)) return now;
	const phases = ctx.settings.phases;
	const at = placeOf(phases, now);
	const target = to(at);
	const phase = phases[target];
	if (!phase) return refuse('no_phase', 'There is no such phase in this meeting.', 'to');
	if (target === at) return refuse('here', '{phase} is open already.', 'to', { phase: phase.id });
	if (target > at) {
		const early = tooEarly(phases[at], now, ctx.now);
		if (early) return early;
		const skipped = phases.slice(at + 1, target).find((between) => between.fixed);
		if (skipped) return refuse('fixed', '{phase} cannot be skipped.', 'to', { phase: skipped.id });
		for (const next of phases.slice(at + 1, target + 1)) {
			const gate = blocked(next, next === phase, ctx);
			if (gate) return gate;
		}
	}
	open(state, phase, ctx);
}

function withClock(
	state: AgendaState,
	seen: string,
	change: (now: Now, clock: Exclude<Clock, { is: 'none' }>) => Clock | Refusal
): Refusal | void {
	const now = current(state, seen);
	if (isRefusal(now)) return now;
	if (now.clock.is === 'none')
		return refuse('no_clock', '{phase} has no clock.', undefined, { phase: now.phase });
	const next = change(now, now.clock);
	if (isRefusal(next)) return next;
	now.clock = next;
}

export const agenda = defineBlock<AgendaState, Settings>({
	name: 'agenda',
	settings,
	initial: () => ({ now: {}, visits: {}, ready: {}, check: {}, held: {}, series: {} }),
	commands: {
		/** The server opens the first phase when a meeting is made. */
		prepare: command(v.object({}), (state: AgendaState, _, ctx: Ctx) => {
			const first = ctx.settings.phases[0];
			if (!first) return refuse('no_phase', 'This format has no phases.');
			if (state.now.current) return refuse('here', 'The meeting is prepared already.');
			const begin = first.when === 'ahead' ? first : { ...first, when: 'ahead' as const };
			open(state, begin, ctx);
		}),
		start: command(moving, (state: AgendaState, { expects }, ctx: Ctx) => {
			const now = current(state, expects);
			if (isRefusal(now)) return now;
			if (now.status !== 'ahead') return refuse('begun', 'The meeting has begun already.');
			const phase = ctx.settings.phases.find((one) => one.when === 'live');
			if (!phase) return refuse('no_phase', 'This format has no live phase.');
			const gate = blocked(phase, true, ctx);
			if (gate) return gate;
			delete state.series.closed;
			open(state, phase, ctx);
		}),
		advance: command(
			v.object({ expects, to: v.optional(v.pipe(v.string(), v.maxLength(16))) }),
			(state: AgendaState, { expects, to }, ctx: Ctx) =>
				move(
					state,
					expects,
					(at) => (to === undefined ? at + 1 : ctx.settings.phases.findIndex((phase) => phase.id === to)),
					ctx
				)
		),
		back: command(moving, (state: AgendaState, { expects }, ctx: Ctx) => {
			const now = current(state, expects);
			if (isRefusal(now)) return now;
			const first = ctx.settings.phases[0];
			if (now.status !== 'after' || !first || hasMet(state, now, ctx))
				return move(state, expects, (at) => at - 1, ctx);
			// closed without a meeting: there is none to go back into
			now.began = null;
			open(state, { ...first, when: 'ahead' }, ctx);
		}),
		/** There will be no other meeting: the closing phase opens at once, and its gates hold. */
		close: command(moving, (state: AgendaState, { expects }, ctx: Ctx) => {
			const now = current(state, expects);
			if (isRefusal(now)) return now;
			const phase = ctx.settings.phases.find(({ closing }) => closing);
			if (!phase) return refuse('no_phase', 'There is no such phase in this meeting.');
			if (now.status !== 'ahead')
				return refuse('begun', 'This meeting is on: go through it, and close at its end.');
			const gate = blocked(phase, true, ctx);
			if (gate) return gate;
			open(state, phase, ctx);
		}),
		/**
		 * Run by the server when a programme moves its rooms: nobody there has seen a run. Where the phase is open
		 * already nothing happens; gates hold.
		 */
		lead: command(
			v.object({ to: v.pipe(v.string(), v.maxLength(16)) }),
			(state: AgendaState, { to }, ctx: Ctx) => {
				const now = state.now.current;
				if (now?.phase === to) return;
				return move(
					state,
					now?.run ?? '',
					() => ctx.settings.phases.findIndex((phase) => phase.id === to),
					ctx
				);
			}
		),
		/** Run by the server: from this phase on once more, where the meeting has come that far. */
		repeat: command(
			v.object({ from: v.pipe(v.string(), v.maxLength(16)) }),
			(state: AgendaState, { from }, ctx: Ctx) => {
				const now = state.now.current;
				const at = ctx.settings.phases.findIndex((phase) => phase.id === now?.phase);
				const target = ctx.settings.phases.findIndex((phase) => phase.id === from);
				if (now?.status === 'live' && target >= 0 && target <= at)
					open(state, ctx.settings.phases[target]!, ctx);
			}
		),
		pause: command(
			v.object({ expects, why: v.optional(v.picklist(['pause', 'reflect']), 'pause') }),
			(state: AgendaState, { expects, why }, ctx: Ctx) =>
				withClock(state, expects, (now, clock) =>
					clock.is === 'paused'
						? refuse('paused', 'The clock stands already.')
						: { is: 'paused', left: clock.endsAt - ctx.now, total: clock.total, why }
				)
		),
		resume: command(moving, (state: AgendaState, { expects }, ctx: Ctx) =>
			withClock(state, expects, (now, clock) =>
				clock.is === 'running'
					? refuse('running', 'The clock runs already.')
					: { is: 'running', endsAt: ctx.now + clock.left, total: clock.total }
			)
		),
		/** More time; twice at once is two requests with the same `expects`, and both count. */
		extend: command(
			v.object({
				expects,
				seconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3600)), 120)
			}),
			(state: AgendaState, { expects, seconds }, ctx: Ctx) =>
				withClock(state, expects, (now, clock) => {
					const ms = seconds * 1000;
					const total = clock.total + ms;
					if (clock.is === 'paused') return { ...clock, left: Math.max(0, clock.left) + ms, total };
					return { is: 'running', endsAt: Math.max(clock.endsAt, ctx.now) + ms, total };
				})
		),
		end: command(moving, (state: AgendaState, { expects }, ctx: Ctx) => {
			const now = current(state, expects);
			if (isRefusal(now)) return now;
			const phases = ctx.settings.phases;
			const at = placeOf(phases, now);
			if (now.status === 'ahead') return refuse('not_begun', 'The meeting has not begun yet.');
			const early = tooEarly(phases[at], now, ctx.now);
			if (early) return early;
			const skipped = phases.slice(at + 1).find((phase) => phase.fixed);
			if (skipped) return refuse('fixed', '{phase} cannot be skipped.', undefined, { phase: skipped.id });
			state.visits[now.run] = { phase: now.phase, opened: now.opened, closed: ctx.now };
			hold(state, now, ctx);
			if (phases[at]?.closing) state.series.closed = ctx.now;
			now.status = 'ended';
			now.clock = { is: 'none' };
			now.ended = ctx.now;
			ctx.touch('all');
			ctx.emit('ended', { phase: now.phase });
		}),
		ask: command(moving, (state: AgendaState, { expects }, ctx: Ctx) => {
			const now = current(state, expects);
			if (isRefusal(now)) return now;
			state.ready = {};
			state.check = { asked: ctx.now };
			ctx.touch('all');
		}),
		ready: command(
			v.object({ expects, ready: v.optional(v.boolean(), true) }),
			(state: AgendaState, { expects, ready }, ctx: Ctx) => {
				const now = current(state, expects);
				if (isRefusal(now)) return now;
				if (ready) state.ready[ctx.by.id] = true;
				else delete state.ready[ctx.by.id];
			},
			{ storm: true }
		)
	},
	publish(state, scene) {
		const check =
			state.check.asked === undefined ? {} : { count: readiness(state, scene.people, state.check.asked) };
		const series: Series = {
			planned: scene.settings.planned,
			held: Object.keys(state.held).length,
			closed: state.series.closed ?? null
		};
		const record: AgendaRecord = { now: state.now, visits: state.visits, check, series: { now: series } };
		return { record };
	},
	own(state, person, scene): AgendaOwn {
		const ready = state.ready[person] ?? false;
		const { planned, told } = scene.settings;
		if (!told.includes(scene.people[person]?.role ?? '')) return { ready };
		const held = Object.values(state.held).sort((a, b) => a.began - b.began);
		return { ready, told: { planned, held, closed: state.series.closed ?? null } };
	},
	/** The next meeting knows of those before it. */
	carry: (state) => ({ now: {}, visits: {}, ready: {}, check: {}, held: state.held, series: state.series }),
	facts: (state) => ({
		status: state.now.current?.status ?? 'ahead',
		phase: state.now.current?.phase ?? null,
		ready: Object.keys(state.ready).length,
		held: Object.keys(state.held).length,
		closed: state.series.closed ?? null
	}),
	matters,
	forget(state, person) {
		delete state.ready[person];
	}
});

function readiness(state: AgendaState, people: Ctx['people'], asked: number) {
	const ready = Object.keys(state.ready).filter((person) => people[person]).length;
	return { ready, of: Object.keys(people).length, asked };
}
