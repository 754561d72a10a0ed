import * as v from 'valibot';
import { command, defineBlock, isRefusal, refuse, type Context, type Refusal } from '../block.ts';
import { id } from '../schemas.ts';
import { DEFAULTS, type Option, type OptionsState } from './model.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

const settings = v.object({
	least: v.optional(count, DEFAULTS.least),
	advisers: v.optional(v.array(v.string()), DEFAULTS.advisers),
	most: v.optional(count, DEFAULTS.most)
});

type Settings = v.InferOutput<typeof settings>;
type Ctx = Context<Settings>;

const text = v.pipe(
	v.string('Write the option down.'),
	v.trim(),
	v.minLength(1, 'Write the option down.'),
	v.maxLength(200)
);

const standing = (state: OptionsState): Option[] =>
	Object.values(state.options).filter((one) => one.state !== 'dropped');

function found(state: OptionsState, which: string): Option | Refusal {
	const option = state.options[which];
	return !option || option.state === 'dropped'
		? refuse('gone', 'This option is not there any more.', 'id')
		: option;
}

/** One's own, as long as nothing was built on it. */
function mine(state: OptionsState, which: string, ctx: Ctx): Option | Refusal {
	const option = found(state, which);
	if (isRefusal(option)) return option;
	if (option.by !== ctx.by.id) return refuse('not_yours', 'Only who wrote an option can change it.', 'id');
	if (option.state === 'chosen')
		return refuse('chosen', 'This option is chosen. Put it back before you change it.', 'id');
	return option;
}

/** The same words twice are one option. */
function twice(state: OptionsState, words: string, but?: string): Refusal | null {
	const plain = (one: string) => one.toLowerCase().replaceAll(/\s+/g, ' ');
	return standing(state).some((one) => one.id !== but && plain(one.text) === plain(words))
		? refuse('twice', 'This option is there already. Find another one.', 'text')
		: null;
}

export const options = defineBlock<OptionsState, Settings>({
	name: 'options',
	settings,
	finds: { published: { options: { texts: ['text'] } } },
	initial: () => ({ options: {}, wish: {} }),
	commands: {
		add: command(v.object({ text }), (state: OptionsState, { text }, ctx: Ctx) => {
			const adviser = ctx.settings.advisers.includes(ctx.by.role);
			if (adviser && !state.wish.now)
				return refuse('not_asked', 'Nobody has asked for a suggestion. Ask a question instead.');
			const own = standing(state).filter((one) => one.by === ctx.by.id && one.meeting === ctx.meeting);
			if (own.length >= ctx.settings.most)
				return refuse('enough', 'You have {count} options here. Take one back to add another.', undefined, {
					count: own.length
				});
			const double = twice(state, text);
			if (double) return double;
			const option: Option = {
				id: ctx.id(),
				text,
				by: ctx.by.id,
				suggested: adviser,
				at: ctx.now,
				meeting: ctx.meeting,
				state: 'open'
			};
			state.options[option.id] = option;
			if (adviser) state.wish = {};
			ctx.emit('added', { id: option.id, text, person: option.by });
			return { id: option.id };
		}),
		edit: command(v.object({ id, text }), (state: OptionsState, { id, text }, ctx: Ctx) => {
			const option = mine(state, id, ctx);
			if (isRefusal(option)) return option;
			const double = twice(state, text, id);
			if (double) return double;
			option.text = text;
		}),
		drop: command(v.object({ id }), (state: OptionsState, payload, ctx: Ctx) => {
			const option = mine(state, payload.id, ctx);
			if (isRefusal(option)) return option;
			option.state = 'dropped';
		}),
		/** Undoes a drop. */
		restore: command(v.object({ id }), (state: OptionsState, payload, ctx: Ctx) => {
			const option = state.options[payload.id];
			if (!option || option.by !== ctx.by.id || option.state !== 'dropped')
				return refuse('gone', 'This option is not there any more.', 'id');
			const double = twice(state, option.text);
			if (double) return double;
			option.state = 'open';
		}),
		/** "I'd like a suggestion": from now on an adviser may add one. */
		wish: command(
			v.object({ on: v.optional(v.boolean(), true) }),
			(state: OptionsState, { on }, ctx: Ctx) => {
				if (ctx.settings.advisers.includes(ctx.by.role))
					return refuse('adviser', 'Whoever gives suggestions cannot ask for them.');
				if (!on) state.wish = {};
				else if (!state.wish.now) state.wish.now = { by: ctx.by.id, at: ctx.now };
			}
		),
		choose: command(
			v.object({ id, chosen: v.optional(v.boolean(), true) }),
			(state: OptionsState, payload, ctx: Ctx) => {
				const option = found(state, payload.id);
				if (isRefusal(option)) return option;
				const { least } = ctx.settings;
				const there = standing(state).length;
				if (payload.chosen && there < least)
					return refuse(
						'too_few',
						'Write down at least {least} options before you choose; so far: {count}.',
						undefined,
						{ least, count: there }
					);
				option.state = payload.chosen ? 'chosen' : 'open';
				if (payload.chosen) ctx.emit('chosen', { id: option.id, text: option.text, person: ctx.by.id });
			}
		)
	},
	publish(state) {
		const options = Object.fromEntries(standing(state).map((one) => [one.id, one]));
		return { record: { options, wish: state.wish } };
	},
	facts(state) {
		const all = standing(state);
		return {
			options: all.length,
			chosen: all.filter((one) => one.state === 'chosen').length,
			wished: state.wish.now !== undefined
		};
	},
	/** What was not chosen may be the way next time. */
	carry(state) {
		const unused = Object.entries(state.options).filter(([, one]) => one.state === 'open');
		return { options: Object.fromEntries(unused), wish: {} };
	},
	forget(state, person) {
		for (const [id, option] of Object.entries(state.options))
			if (option.by === person) delete state.options[id];
		if (state.wish.now?.by === person) state.wish = {};
	}
});
