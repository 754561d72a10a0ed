import * as v from 'valibot';
import { command, defineBlock, isRefusal, refuse, type Context, type Refusal } from '../block.ts';
import { inReportingLine, lineAbove } from '../profile.ts';
import {
	DEFAULTS,
	type CycleState,
	type Enrolled,
	type Obstacle,
	type Overview,
	type Part,
	type Setup
} from './model.ts';

const DAY = 86_400_000;

const settings = v.object({
	steps: v.optional(
		v.array(
			v.object({
				name: v.string(),
				days: v.number(),
				text: v.object({ en: v.string(), de: v.optional(v.string()) })
			})
		),
		DEFAULTS.steps
	),
	few: v.optional(v.number(), DEFAULTS.few),
	most: v.optional(v.number(), DEFAULTS.most)
});
type Settings = v.InferOutput<typeof settings>;
type Ctx = Context<Settings>;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const days = v.pipe(v.number(), v.integer(), v.minValue(1, 'A step takes one day at least.'), v.maxValue(90));

const setupOf = (state: CycleState, { steps }: Settings): Setup =>
	(state.setup.now ??= {
		purpose: '',
		scores: false,
		days: Object.fromEntries(steps.map(({ name, days }) => [name, days])),
		started: null,
		dates: {}
	});

function locked(state: CycleState): Refusal | null {
	return state.setup.now?.started
		? refuse('locked', 'It has started: who takes part and what it is for stay as they are.')
		: null;
}

function known(person: string, ctx: Ctx, field: string): (Part & { team: string | null }) | Refusal {
	const profile = ctx.profile(person);
	const name = profile?.name ?? ctx.people[person]?.name;
	return name === undefined
		? refuse('outside', 'This person is not in the workspace. Choose somebody from the list.', field)
		: { person, name, team: profile?.team ?? ctx.people[person]?.team ?? null };
}

/** Whoever the reviewee reports to; where the directory knows nobody, anybody that is named. */
function managerFor(person: string, given: string | undefined, ctx: Ctx): Part | null | Refusal {
	const line = lineAbove(person, ctx.profile);
	const wanted = given ?? line[0];
	if (wanted === undefined) return null;
	if (wanted === person) return refuse('oneself', 'Nobody is their own manager.', 'manager');
	if (line.length > 0 && !line.includes(wanted))
		return refuse(
			'no_manager',
			'The directory says that this person does not report to them. Choose somebody they report to.',
			'manager'
		);
	const part = known(wanted, ctx, 'manager');
	return isRefusal(part) ? part : { person: part.person, name: part.name };
}

/** Fits where they have no other part, and neither reports to the other. */
const fits = (moderator: string, one: Enrolled, ctx: Ctx): boolean =>
	moderator !== one.person &&
	moderator !== one.manager?.person &&
	!inReportingLine(moderator, one.person, ctx.profile);

/** Everybody's moderator: of those who fit, whoever has the fewest by then. */
function share(state: CycleState, ctx: Ctx): Refusal | null {
	const loads = new Map(Object.values(state.moderators).map((one) => [one, 0]));
	for (const one of Object.values(state.enrolled)) {
		const [chosen] = [...loads]
			.filter(([{ person }]) => fits(person, one, ctx))
			.sort(([, a], [, b]) => a - b);
		if (!chosen)
			return refuse(
				'no_moderator',
				'Nobody who moderates stands outside the reporting line of {name}. Name somebody else besides.',
				'moderators',
				{ name: one.name }
			);
		loads.set(chosen[0], chosen[1] + 1);
		one.moderator = { person: chosen[0].person, name: chosen[0].name };
	}
	return null;
}

function overview(state: CycleState, settings: Settings): Overview {
	const all = Object.values(state.enrolled);
	const setup = setupOf({ ...state, setup: { ...state.setup } }, settings);
	const unmanaged = all.filter(({ manager }) => manager === null).length;
	const obstacles: Obstacle[] = [];
	if (setup.purpose === '') obstacles.push('purpose');
	if (all.length === 0) obstacles.push('nobody');
	if (unmanaged > 0) obstacles.push('managers');
	if (Object.keys(state.moderators).length === 0) obstacles.push('moderators');
	return { setup, enrolled: all.length, unmanaged, few: all.length < settings.few, obstacles };
}

export const cycle = defineBlock<CycleState, Settings>({
	name: 'cycle',
	settings,
	finds: {
		published: {
			overview: { texts: ['setup.purpose'] },
			enrolled: { texts: ['name', 'team', 'manager.name'] },
			moderators: { texts: ['name'] }
		}
	},
	initial: () => ({ setup: {}, enrolled: {}, moderators: {} }),
	commands: {
		/** What it is for, whether numbers are asked for, and how long each step takes. */
		describe: command(
			v.object({
				purpose: v.pipe(
					v.string(),
					v.trim(),
					v.minLength(3, 'Say what it is for, in a sentence.'),
					v.maxLength(280)
				),
				scores: v.optional(v.boolean()),
				days: v.optional(v.record(v.pipe(v.string(), v.maxLength(40)), days), {})
			}),
			(state: CycleState, payload, ctx: Ctx) => {
				const wrong = locked(state);
				if (wrong) return wrong;
				const setup = setupOf(state, ctx.settings);
				for (const [name, value] of Object.entries(payload.days)) {
					if (!ctx.settings.steps.some((step) => step.name === name))
						return refuse('no_step', 'There is no such step here.', `days.${name}`);
					setup.days[name] = value;
				}
				setup.purpose = payload.purpose;
				setup.scores = payload.scores ?? setup.scores;
			}
		),
		/** People take part; of each the manager as the directory says, or as it is given. Who is in it stays. */
		enrol: command(
			v.object({
				people: v.pipe(
					v.array(v.object({ person: id, manager: v.optional(id) })),
					v.minLength(1, 'Choose somebody first.'),
					v.maxLength(500)
				)
			}),
			(state: CycleState, { people }, ctx: Ctx) => {
				const wrong = locked(state);
				if (wrong) return wrong;
				for (const { person, manager: given } of people) {
					const part = known(person, ctx, 'people');
					if (isRefusal(part)) return part;
					const manager = managerFor(person, given, ctx);
					if (isRefusal(manager)) return manager;
					const before = state.enrolled[person];
					if (before && given === undefined) continue;
					state.enrolled[person] = { ...part, manager, moderator: null };
				}
				if (Object.keys(state.enrolled).length > ctx.settings.most)
					return refuse('enough', 'A cycle has at most {most} people. Open another one.', 'people', {
						most: ctx.settings.most
					});
				return { enrolled: Object.keys(state.enrolled).length };
			}
		),
		withdraw: command(v.object({ person: id }), (state: CycleState, { person }) => {
			const wrong = locked(state);
			if (wrong) return wrong;
			if (!state.enrolled[person]) return refuse('gone', 'This person does not take part.', 'person');
			delete state.enrolled[person];
		}),
		/** Reads without names; or with `on: false` no longer. */
		moderate: command(
			v.object({ person: id, on: v.optional(v.boolean(), true) }),
			(state: CycleState, { person, on }, ctx: Ctx) => {
				const wrong = locked(state);
				if (wrong) return wrong;
				if (!on) {
					delete state.moderators[person];
					return;
				}
				const part = known(person, ctx, 'person');
				if (isRefusal(part)) return part;
				state.moderators[person] = { person, name: part.name };
			}
		),
		/** For good: from now on everybody's room is there, and the dates run. */
		start: command(v.object({}), (state: CycleState, _, ctx: Ctx) => {
			const wrong = locked(state);
			if (wrong) return wrong;
			const { obstacles, unmanaged } = overview(state, ctx.settings);
			if (obstacles.includes('purpose')) return refuse('purpose', 'Say what it is for first.', 'purpose');
			if (obstacles.includes('nobody'))
				return refuse('nobody', 'Nobody takes part yet. Add people first.', 'people');
			if (obstacles.includes('managers'))
				return refuse(
					'managers',
					'Of {count} people it is not known to whom they report. Name somebody for each, or take them out.',
					'people',
					{ count: unmanaged }
				);
			if (obstacles.includes('moderators'))
				return refuse('moderators', 'Name somebody who moderates first.', 'moderators');
			const none = share(state, ctx);
			if (none) return none;
			const setup = setupOf(state, ctx.settings);
			setup.started = ctx.now;
			let at = ctx.now;
			for (const { name } of ctx.settings.steps) {
				at += (setup.days[name] ?? 1) * DAY;
				setup.dates[name] = at;
			}
			const { purpose, scores, dates } = setup;
			ctx.emit('started', { brief: { purpose, scores, ...dates } });
			for (const { person, manager, moderator } of Object.values(state.enrolled))
				ctx.emit('enrolled', {
					person,
					manager: manager?.person ?? null,
					moderator: moderator?.person ?? null
				});
			return { rooms: Object.keys(state.enrolled).length };
		}),
		/** Every date that is still to come, in all rooms. */
		postpone: command(
			v.object({ days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)) }),
			(state: CycleState, { days }, ctx: Ctx) => {
				const setup = state.setup.now;
				if (!setup?.started) return refuse('not_started', 'It has not started yet: set the days themselves.');
				for (const [name, at] of Object.entries(setup.dates))
					if (at > ctx.now) setup.dates[name] = at + days * DAY;
				ctx.emit('postponed', { with: { days } });
			}
		)
	},
	publish: (state, { settings }) => ({
		record: { overview: { now: overview(state, settings) } },
		desk: { enrolled: state.enrolled, moderators: state.moderators }
	}),
	facts: (state, { settings }) => ({
		enrolled: Object.keys(state.enrolled).length,
		obstacles: overview(state, settings).obstacles.length,
		started: Boolean(state.setup.now?.started)
	}),
	forget(state, person) {
		delete state.enrolled[person];
		delete state.moderators[person];
		for (const one of Object.values(state.enrolled)) {
			if (one.manager?.person === person) one.manager = null;
			if (one.moderator?.person === person) one.moderator = null;
		}
	}
});
