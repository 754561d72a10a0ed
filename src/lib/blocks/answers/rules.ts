import * as v from 'valibot';
import { command, defineBlock, refuse, type Context } from '../block.ts';
import { id } from '../schemas.ts';
import { dateKey, DEFAULTS, type AnswersState } from './model.ts';

const settings = v.object({
	most: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2000)), DEFAULTS.most)
});

type Settings = v.InferOutput<typeof settings>;
type Ctx = Context<Settings>;

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const credit = v.object({ id, name: text(200) });
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

const entry = v.object({
	id,
	meeting: whole,
	text: text(2000),
	askers: v.array(credit),
	unnamed: whole,
	votes: whole,
	how: v.picklist(['live', 'writing']),
	answer: v.nullable(v.object({ text: text(4000), by: v.nullable(credit) })),
	at: v.number()
});

/** The oldest go first, and dates of which nothing is left. */
function trim(state: AnswersState, most: number): void {
	const all = Object.values(state.entries).sort((a, b) => b.at - a.at);
	for (const { id } of all.slice(most)) delete state.entries[id];
	const named = new Set(all.slice(0, most).map(({ meeting }) => dateKey(meeting)));
	const last = Math.max(0, ...Object.values(state.dates).map(({ meeting }) => meeting));
	// what is asked on the last one may be answered on the next
	for (const [key, { meeting }] of Object.entries(state.dates))
		if (meeting < last && !named.has(key)) delete state.dates[key];
}

export const answers = defineBlock<AnswersState, Settings>({
	name: 'answers',
	settings,
	finds: { published: { entries: { texts: ['text', 'answer.text'] } } },
	initial: () => ({ entries: {}, dates: {} }),
	commands: {
		/** What a meeting has answered; for a format to wire. The same twice is kept once. */
		keep: command(v.object({ entries: v.array(entry) }), (state: AnswersState, { entries }, ctx: Ctx) => {
			for (const one of entries) {
				state.entries[one.id] = one;
				state.dates[dateKey(one.meeting)] ??= { meeting: one.meeting, title: '', at: ctx.now };
			}
			trim(state, ctx.settings.most);
		}),
		/** When a meeting was held, and what it was about. */
		held: command(
			v.object({ meeting: whole, title: text(200), starts: v.number() }),
			(state: AnswersState, { meeting, title, starts }) => {
				state.dates[dateKey(meeting)] = { meeting, title, at: starts };
			}
		),
		/** Off this page; the record of its meeting keeps it. */
		remove: command(v.object({ id }), (state: AnswersState, payload, ctx: Ctx) => {
			if (!state.entries[payload.id]) return refuse('gone', 'This is not on the page any more.', 'id');
			delete state.entries[payload.id];
			trim(state, ctx.settings.most);
		})
	},
	publish(state) {
		const named = new Set(Object.values(state.entries).map(({ meeting }) => dateKey(meeting)));
		const dates = Object.entries(state.dates).filter(([key]) => named.has(key));
		return { record: { entries: state.entries, dates: Object.fromEntries(dates) } };
	},
	facts: (state) => ({ kept: Object.keys(state.entries).length }),
	/** What was asked and answered stays, without the name. */
	forget(state, person) {
		for (const one of Object.values(state.entries)) {
			one.askers = one.askers.filter(({ id }) => id !== person);
			if (one.answer?.by?.id === person) one.answer.by = null;
		}
	}
});
