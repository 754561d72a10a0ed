import * as v from 'valibot';
import { command, defineBlock, isRefusal, refuse, type Context, type Refusal } from '../block.ts';
import { day as due, id, words } from '../schemas.ts';
import { matters } from './matters.ts';
import {
	DEFAULTS,
	inLine,
	isOpen,
	isUnsure,
	reviewKey,
	unreviewed,
	type Action,
	type ActionsState
} from './model.ts';

const settings = v.object({
	assigners: v.optional(v.array(v.string()), DEFAULTS.assigners),
	editors: v.optional(v.array(v.string()), DEFAULTS.editors),
	reviewers: v.optional(v.array(v.string()), DEFAULTS.reviewers),
	to: v.optional(v.nullable(v.string()), DEFAULTS.to),
	dated: v.optional(v.boolean(), DEFAULTS.dated),
	sure: v.optional(v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(10))), DEFAULTS.sure)
});

type Settings = v.InferOutput<typeof settings>;
type Ctx = Context<Settings>;

const step = v.pipe(
	v.string('Write down the first step.'),
	v.trim(),
	v.minLength(1, 'Write down the first step.'),
	v.maxLength(280)
);
const evidence = words(280);
const learned = words(500);

const obstacle = words(280);
const confidence = v.pipe(
	v.number('Say how sure you are, from 0 to 10.'),
	v.integer('Say how sure you are, from 0 to 10.'),
	v.minValue(0, 'Say how sure you are, from 0 to 10.'),
	v.maxValue(10, 'Say how sure you are, from 0 to 10.')
);
const missingConfidence = refuse('no_confidence', 'Say how sure you are, from 0 to 10.', 'confidence');

const missingDay = refuse('no_date', 'Say by when: choose a day.', 'due');

/** The action, or why this person may not touch it. */
function held(state: ActionsState, which: string, also: readonly string[], ctx: Ctx): Action | Refusal {
	const action = state.actions[which];
	if (!action || action.state === 'dropped')
		return refuse('gone', 'This action is not there any more.', 'id');
	const { id: person, role } = ctx.by;
	if (role === 'server' || action.owner === person || also.includes(role)) return action;
	const name = ctx.people[action.owner]?.name;
	return name === undefined
		? refuse('not_yours', 'Only its owner can change this action.')
		: refuse('not_yours', 'Only {name} can change this action.', undefined, { name });
}

function tell(ctx: Ctx): void {
	for (const { id, role } of Object.values(ctx.people)) if (role === ctx.settings.to) ctx.touch(id);
}

function settle(action: Action, state: 'done' | 'open', ctx: Ctx): void {
	action.state = state;
	action.settled = state === 'done' ? ctx.now : null;
	if (action.shared) tell(ctx);
	if (state === 'done') ctx.emit('done', { id: action.id, owner: action.owner, text: action.text });
}

export const actions = defineBlock<ActionsState, Settings>({
	name: 'actions',
	settings,
	finds: {
		published: {
			actions: { texts: ['text', 'evidence', 'learned', 'will.obstacle'] },
			reviews: { texts: ['learned'], item: 'action' }
		}
	},
	initial: () => ({ actions: {}, reviews: {}, line: {} }),
	commands: {
		add: command(
			v.object({
				text: step,
				owner: v.optional(v.nullable(id), null),
				due: v.optional(v.nullable(due), null),
				evidence: v.optional(evidence, ''),
				obstacle: v.optional(obstacle, ''),
				confidence: v.optional(v.nullable(confidence), null),
				from: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(40))), null)
			}),
			(state: ActionsState, { owner: given, from, obstacle, confidence, ...what }, ctx: Ctx) => {
				const owner = given ?? ctx.by.id;
				if (owner === '') return refuse('no_owner', 'An action needs an owner.', 'owner');
				const server = ctx.by.role === 'server';
				if (!server && owner !== ctx.by.id && !ctx.settings.assigners.includes(ctx.by.role))
					return refuse('not_yours', 'You can promise for yourself only.', 'owner');
				if (!server && !ctx.people[owner]) return refuse('gone', 'This person is not in the room.', 'owner');
				if (!server && ctx.settings.dated && what.due === null) return missingDay;
				const asked = ctx.settings.sure !== null;
				if (!server && asked && confidence === null) return missingConfidence;
				const action: Action = {
					id: ctx.id(),
					owner,
					...what,
					state: 'open',
					learned: '',
					at: ctx.now,
					meeting: ctx.meeting,
					settled: null,
					from: server ? from : null,
					shared: false,
					...(asked ? { will: { obstacle, confidence, shrunk: [] } } : {})
				};
				state.actions[action.id] = action;
				ctx.emit('added', { id: action.id, owner, text: action.text });
				return { id: action.id };
			}
		),
		edit: command(
			v.object({
				id,
				text: v.optional(step),
				due: v.optional(v.nullable(due)),
				evidence: v.optional(evidence),
				obstacle: v.optional(obstacle),
				confidence: v.optional(confidence)
			}),
			(state: ActionsState, { id, ...what }, ctx: Ctx) => {
				const action = held(state, id, ctx.settings.editors, ctx);
				if (isRefusal(action)) return action;
				if (ctx.settings.dated && what.due === null) return missingDay;
				if (action.will && what.confidence !== undefined) {
					// A step that was too large is kept beside the smaller one.
					if (isUnsure(action, ctx.settings.sure) && (what.text ?? action.text) !== action.text)
						action.will.shrunk.push({ text: action.text, confidence: action.will.confidence! });
					action.will.confidence = what.confidence;
				}
				if (action.will && what.obstacle !== undefined) action.will.obstacle = what.obstacle;
				if (what.text !== undefined) action.text = what.text;
				if (what.due !== undefined) action.due = what.due;
				if (what.evidence !== undefined) action.evidence = what.evidence;
				if (action.shared) tell(ctx);
			}
		),
		/** Ticks it, or takes the tick away. */
		done: command(
			v.object({ id, done: v.optional(v.boolean(), true), learned: v.optional(learned) }),
			(state: ActionsState, payload, ctx: Ctx) => {
				const action = held(state, payload.id, ctx.settings.editors, ctx);
				if (isRefusal(action)) return action;
				if (payload.learned !== undefined) action.learned = payload.learned;
				if ((action.state === 'done') === payload.done) return;
				settle(action, payload.done ? 'done' : 'open', ctx);
			}
		),
		/** What became of it, asked of each action once in a meeting; an answer may be corrected in that meeting. */
		review: command(
			v.object({ id, outcome: v.picklist(['done', 'partly', 'not']), learned: v.optional(learned, '') }),
			(state: ActionsState, { id, outcome, learned }, ctx: Ctx) => {
				const action = held(state, id, [...ctx.settings.editors, ...ctx.settings.reviewers], ctx);
				if (isRefusal(action)) return action;
				if (state.line[id]?.meeting !== ctx.meeting)
					return refuse('not_in_line', 'This action does not come up for review in this meeting.', 'id');
				state.reviews[reviewKey(ctx.meeting, id)] = {
					action: id,
					meeting: ctx.meeting,
					outcome,
					learned,
					by: ctx.by.id,
					at: ctx.now
				};
				if (learned) action.learned = learned;
				if (outcome === 'done') {
					if (action.state !== 'done') settle(action, 'done', ctx);
				} else {
					settle(action, 'open', ctx);
					action.state = outcome;
				}
				ctx.emit('reviewed', { id, owner: action.owner, outcome, learned });
			}
		),
		/** Lines up what a meeting has to look at: all that is open, and what was done since without a word on it. */
		startReview: command(v.object({}), (state: ActionsState, _, ctx: Ctx) => {
			const reviewed = new Set(Object.values(state.reviews).map((one) => one.action));
			const today = new Date(ctx.now).toISOString().slice(0, 10);
			const line = inLine(state, ctx.meeting);
			const waiting = Object.values(state.actions).filter(
				(action) =>
					!line.includes(action) &&
					(action.meeting < ctx.meeting || (action.due !== null && action.due <= today)) &&
					(isOpen(action) || (action.state === 'done' && !reviewed.has(action.id)))
			);
			waiting.sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9') || a.at - b.at);
			waiting.forEach(({ id }, index) => {
				state.line[id] = { meeting: ctx.meeting, order: line.length + index };
			});
		}),
		drop: command(v.object({ id }), (state: ActionsState, payload, ctx: Ctx) => {
			const action = held(state, payload.id, ctx.settings.editors, ctx);
			if (isRefusal(action)) return action;
			action.state = 'dropped';
			action.settled = ctx.now;
			if (action.shared) tell(ctx);
		}),
		/** Undoes a drop or a tick. */
		reopen: command(v.object({ id }), (state: ActionsState, payload, ctx: Ctx) => {
			const dropped = state.actions[payload.id];
			if (dropped?.state === 'dropped' && dropped.owner === ctx.by.id) {
				settle(dropped, 'open', ctx);
				return;
			}
			const action = held(state, payload.id, ctx.settings.editors, ctx);
			if (isRefusal(action)) return action;
			if (isOpen(action)) return refuse('open', 'This action is open already.', 'id');
			settle(action, 'open', ctx);
		}),
		/** Lets the role `to` see this action, or no longer. */
		share: command(
			v.object({ id, shared: v.optional(v.boolean(), true) }),
			(state: ActionsState, payload, ctx: Ctx) => {
				if (ctx.settings.to === null)
					return refuse('nobody', 'There is nobody here to share an action with.');
				const action = held(state, payload.id, [], ctx);
				if (isRefusal(action)) return action;
				action.shared = payload.shared;
				tell(ctx);
			}
		)
	},
	publish(state, scene) {
		const actions = Object.fromEntries(
			Object.entries(state.actions)
				.filter(([, action]) => action.state !== 'dropped')
				.map(([key, action]) => {
					const name = scene.people[action.owner]?.name;
					return [key, name === undefined ? action : { ...action, name }];
				})
		);
		return { record: { actions, reviews: state.reviews, line: state.line } };
	},
	own(state, person, scene) {
		const sees = scene.settings.to !== null && scene.people[person]?.role === scene.settings.to;
		if (!sees) return { shared: [] };
		const shared = Object.values(state.actions).filter((one) => one.shared && one.state !== 'dropped');
		return { shared: shared.map((one) => ({ ...one, name: scene.people[one.owner]?.name ?? null })) };
	},
	facts(state, scene) {
		const all = Object.values(state.actions);
		return {
			open: all.filter(isOpen).length,
			done: all.filter((one) => one.state === 'done').length,
			toReview: inLine(state, scene.meeting).length,
			unreviewed: unreviewed(state, scene.meeting).length,
			unsure: all.filter((one) => isOpen(one) && isUnsure(one, scene.settings.sure)).length
		};
	},
	ledger: (state) =>
		Object.values(state.actions)
			.filter((action) => action.state !== 'dropped')
			.map(({ id, owner, state, due, text, evidence, learned, meeting }) => ({
				id,
				kind: 'action' as const,
				person: owner,
				state,
				due,
				text,
				data: { evidence, learned, meeting }
			})),
	matters,
	/** Where actions belong to one meeting, the next one goes on with those that are open. */
	carry(state) {
		const open = Object.entries(state.actions).filter(([, action]) => isOpen(action));
		const reviews = Object.entries(state.reviews).filter(([, one]) => open.some(([id]) => id === one.action));
		return { actions: Object.fromEntries(open), reviews: Object.fromEntries(reviews), line: {} };
	},
	forget(state, person) {
		for (const [id, action] of Object.entries(state.actions)) {
			if (action.owner !== person) continue;
			delete state.actions[id];
			delete state.line[id];
			for (const [key, review] of Object.entries(state.reviews))
				if (review.action === id) delete state.reviews[key];
		}
	}
});
