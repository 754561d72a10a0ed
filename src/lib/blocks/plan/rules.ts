import * as v from 'valibot';
import { command, defineBlock, isRefusal, refuse, type Context, type Refusal, type Scene } from '../block.ts';
import { DAY, daysFrom, plusDays, startOf } from '../days.ts';
import { day, id } from '../schemas.ts';
import { matters } from './matters.ts';
import { DEFAULTS, type Item, type PlanOwn, type PlanState, type Progress } from './model.ts';

const label = v.object({ en: v.string(), de: v.optional(v.string()) });

const settings = v.object({
	phases: v.optional(v.array(v.object({ id: v.string(), from: v.number() })), DEFAULTS.phases),
	template: v.optional(
		v.array(
			v.object({
				phase: v.string(),
				text: v.union([v.string(), label]),
				owner: v.string(),
				day: v.optional(v.number()),
				tag: v.optional(v.string()),
				group: v.optional(v.string())
			})
		),
		DEFAULTS.template
	),
	groups: v.optional(v.record(v.string(), label), DEFAULTS.groups),
	editors: v.optional(v.array(v.string()), DEFAULTS.editors),
	helper: v.optional(v.nullable(v.string()), DEFAULTS.helper),
	helpDays: v.optional(v.number(), DEFAULTS.helpDays),
	told: v.optional(v.array(v.string()), DEFAULTS.told)
});

type Settings = v.InferOutput<typeof settings>;
type Ctx = Context<Settings>;

/** More than a plan that anybody reads. */
const MOST = 200;

const text = v.pipe(
	v.string('Write down what is to be done.'),
	v.trim(),
	v.minLength(1, 'Write down what is to be done.'),
	v.maxLength(280)
);
const name = v.pipe(v.string(), v.maxLength(40));

const notBegun = refuse('not_begun', 'Set the first day first; then there is a plan.');

/** Whose items there can be: anybody who reads the plan. */
function unknownOwner(owner: string, ctx: Ctx): Refusal | null {
	const roles = new Set([
		...ctx.settings.template.map((one) => one.owner),
		...ctx.settings.editors,
		...Object.values(ctx.people).map(({ role }) => role)
	]);
	for (const role of ctx.settings.told) roles.delete(role);
	return roles.has(owner) ? null : refuse('no_owner', 'Say whose it is.', 'owner');
}

const unknownPhase = (phase: string, { settings: { phases } }: Ctx): Refusal | null =>
	phases.some((one) => one.id === phase) ? null : refuse('no_phase', 'There is no such phase.', 'phase');

function standing(state: PlanState, which: string): Item | Refusal {
	const item = state.items[which];
	return item && !item.dropped ? item : refuse('gone', 'This is not in the plan any more.', 'id');
}

const items = (state: PlanState): Item[] => Object.values(state.items).filter(({ dropped }) => !dropped);

function progress(state: PlanState): Progress {
	const all = items(state);
	return {
		done: all.filter(({ done }) => done !== null).length,
		of: all.length,
		day: state.begun.now?.day ?? null
	};
}

function tell(ctx: Ctx): void {
	for (const { id, role } of Object.values(ctx.people)) if (ctx.settings.told.includes(role)) ctx.touch(id);
}

function put(state: PlanState, item: Omit<Item, 'id' | 'at' | 'done' | 'dropped'>, ctx: Ctx): string {
	const key = ctx.id();
	state.items[key] = { ...item, id: key, done: null, dropped: false, at: ctx.now };
	tell(ctx);
	return key;
}

/** The next phase whose day is still to come, or has come and nobody has looked. */
function nextPhase(state: PlanState, { settings: { phases } }: Pick<Scene<Settings>, 'settings'>) {
	const begun = state.begun.now;
	if (!begun || state.closed.now !== undefined) return null;
	const phase = phases.find(({ id }) => state.reached[id] === undefined);
	return phase ? { id: phase.id, at: startOf(begun.day) + (phase.from - 1) * DAY } : null;
}

export const plan = defineBlock<PlanState, Settings>({
	name: 'plan',
	settings,
	finds: { published: { items: { texts: ['text'] } } },
	initial: () => ({ items: {}, begun: {}, reached: {}, closed: {} }),
	commands: {
		/**
		 * Sets the first day, from which all others count. The first time the template becomes a plan, in the words of
		 * whoever begins; afterwards what is not done moves with it.
		 */
		begin: command(
			v.object({ day, language: v.optional(v.picklist(['en', 'de']), 'en') }),
			(state: PlanState, { day, language }, ctx: Ctx) => {
				const before = state.begun.now;
				state.begun.now = { day, at: ctx.now };
				if (before) {
					const days = daysFrom(before.day, day);
					for (const item of items(state))
						if (item.done === null && item.due !== null) item.due = plusDays(item.due, days);
				} else
					for (const { phase, text, owner, day: at, tag = null, group = null } of ctx.settings.template)
						put(
							state,
							{
								phase,
								text: typeof text === 'string' ? text : (text[language] ?? text.en),
								owner,
								due: at === undefined ? null : plusDays(day, at - 1),
								tag,
								group,
								from: 'template'
							},
							ctx
						);
				if (state.closed.now !== undefined || before?.day !== day) state.reached = {};
				delete state.closed.now;
				tell(ctx);
				ctx.emit('begun', { day });
			}
		),
		add: command(
			v.object({
				text,
				phase: v.optional(name),
				owner: v.optional(name),
				due: v.optional(v.nullable(day), null)
			}),
			(state: PlanState, { text, phase, owner, due }, ctx: Ctx) => {
				if (!state.begun.now) return notBegun;
				if (items(state).length >= MOST)
					return refuse('full', 'A plan has at most {most} items. Drop one first.', undefined, {
						most: MOST
					});
				const where = phase ?? phaseNow(ctx);
				const whose = owner ?? ctx.by.role;
				const wrong = unknownPhase(where, ctx) ?? unknownOwner(whose, ctx);
				if (wrong) return wrong;
				const key = put(
					state,
					{ phase: where, text, owner: whose, due, tag: null, group: null, from: 'person' },
					ctx
				);
				ctx.emit('changed', { person: ctx.by.id });
				return { id: key };
			}
		),
		edit: command(
			v.object({
				id,
				text: v.optional(text),
				phase: v.optional(name),
				owner: v.optional(name),
				due: v.optional(v.nullable(day))
			}),
			(state: PlanState, { id, text, phase, owner, due }, ctx: Ctx) => {
				const item = standing(state, id);
				if (isRefusal(item)) return item;
				const wrong =
					(phase === undefined ? null : unknownPhase(phase, ctx)) ??
					(owner === undefined ? null : unknownOwner(owner, ctx));
				if (wrong) return wrong;
				if (text !== undefined) item.text = text;
				if (phase !== undefined) item.phase = phase;
				if (owner !== undefined) item.owner = owner;
				if (due !== undefined) item.due = due;
				ctx.emit('changed', { person: ctx.by.id });
			}
		),
		/** Ticks what is one's own, or takes the tick away. */
		tick: command(
			v.object({ id, done: v.optional(v.boolean(), true) }),
			(state: PlanState, { id, done }, ctx: Ctx) => {
				const item = standing(state, id);
				if (isRefusal(item)) return item;
				if (item.owner !== ctx.by.role) return refuse('not_yours', 'Whose it is ticks it.', 'id');
				if ((item.done !== null) === done) return;
				item.done = done ? ctx.now : null;
				tell(ctx);
				if (done) ctx.emit('done', { id, person: ctx.by.id });
			}
		),
		drop: command(v.object({ id }), (state: PlanState, payload, ctx: Ctx) => {
			const item = standing(state, payload.id);
			if (isRefusal(item)) return item;
			item.dropped = true;
			tell(ctx);
		}),
		/** Undoes a drop. */
		restore: command(v.object({ id }), (state: PlanState, payload, ctx: Ctx) => {
			const item = state.items[payload.id];
			if (!item?.dropped) return refuse('gone', 'There is nothing to bring back.', 'id');
			item.dropped = false;
			tell(ctx);
		}),
		/** Run by the server: what somebody said they are stuck on becomes an item for whoever helps. */
		raise: command(
			v.object({ text: v.optional(v.string()), from: v.optional(name, 'event') }),
			(state: PlanState, { text: said, from }, ctx: Ctx) => {
				const text = said?.trim().slice(0, 280) ?? '';
				const { helper, helpDays } = ctx.settings;
				if (text === '' || !state.begun.now || items(state).length >= MOST) return;
				const due = plusDays(new Date(ctx.now).toISOString().slice(0, 10), helpDays);
				const owner = helper ?? ctx.settings.editors[0] ?? '';
				put(state, { phase: phaseNow(ctx), text, owner, due, tag: null, group: null, from }, ctx);
			}
		),
		/** Run by the server: something that has this tag was done elsewhere. */
		settle: command(v.object({ tag: v.optional(name) }), (state: PlanState, { tag }, ctx: Ctx) => {
			for (const item of items(state))
				if (item.tag !== null && item.tag === tag && item.done === null) {
					item.done = ctx.now;
					tell(ctx);
				}
		}),
		/** Run by the server when a phase's day has come. Whoever is further already is not led back. */
		reach: command(v.object({}), (state: PlanState, _, ctx: Ctx) => {
			const next = nextPhase(state, ctx);
			if (!next || next.at > ctx.now) return refuse('not_yet', 'No phase of the plan begins now.');
			state.reached[next.id] = ctx.now;
			const order = ctx.settings.phases.map((one) => one.id);
			if (order.indexOf(next.id) > order.indexOf(ctx.phase?.id ?? ''))
				ctx.emit('reached', { phase: next.id });
		}),
		/** Run by the server: what the plan was for has ended. */
		close: command(v.object({}), (state: PlanState, _, ctx: Ctx) => {
			state.closed.now ??= ctx.now;
		})
	},
	publish: (state) => ({
		record: {
			items: Object.fromEntries(items(state).map((item) => [item.id, item])),
			begun: state.begun
		}
	}),
	own(state, person, { people, settings: { told } }): PlanOwn {
		return { told: told.includes(people[person]?.role ?? '') ? progress(state) : null };
	},
	facts(state) {
		const { done, of } = progress(state);
		return { items: of, done, begun: state.begun.now !== undefined };
	},
	matters,
	/** What is due and for whom, while there is somebody who has the role. */
	ledger(state, { people }) {
		const holder = new Map(Object.values(people).map(({ id, role }) => [role, id]));
		return items(state).flatMap(({ id, owner, due, text, done, phase }) => {
			const person = holder.get(owner);
			if (person === undefined || (state.closed.now !== undefined && done === null)) return [];
			return [
				{
					id,
					kind: 'action' as const,
					person,
					state: done === null ? 'open' : 'done',
					due,
					text,
					data: { phase }
				}
			];
		});
	},
	/** It knows roles and no persons. */
	forget: () => {},
	due(state, scene) {
		const next = nextPhase(state, scene);
		return next && scene.phase ? { at: next.at, verb: 'reach', payload: {} } : null;
	}
});

/** The plan's phase that is open, or its first. */
function phaseNow({ phase, settings: { phases } }: Ctx): string {
	const now = phases.find(({ id }) => id === phase?.id) ?? phases[0];
	return now?.id ?? '';
}
