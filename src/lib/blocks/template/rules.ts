import * as v from 'valibot';
import { command, defineBlock, isRefusal, refuse, type Context, type Json, type Refusal } from '../block.ts';
import { checkEntry, entrySchema, fieldSchema, type Entry } from '../fields.ts';
import { id } from '../schemas.ts';
import { matters } from './matters.ts';
import {
	DEFAULTS,
	MOST_DROPPED,
	itemsOf,
	merged,
	standing,
	type Item,
	type Suggestion,
	type TemplateState,
	type Values
} from './model.ts';

const settings = v.object({
	fields: v.optional(v.array(fieldSchema), DEFAULTS.fields),
	begin: v.optional(
		v.array(v.custom<Values>((value) => typeof value === 'object' && value !== null)),
		DEFAULTS.begin
	),
	sort: v.optional(v.array(v.string()), DEFAULTS.sort),
	most: v.optional(v.number(), DEFAULTS.most),
	about: v.optional(v.nullable(v.object({ en: v.string(), de: v.optional(v.string()) })), DEFAULTS.about)
});

type Settings = v.InferOutput<typeof settings>;
type Ctx = Context<Settings>;

/** More than anybody reads; those who suggest have limits of their own. */
const MOST_SUGGESTED = 500;

const key = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

const gone = refuse('gone', 'This suggestion is not there any more: whoever wrote it took it back.', 'key');

/** What somebody suggested, as fields of this template, as far as they go. */
function wordsOf(given: { [field: string]: unknown }, { fields }: Settings): Entry {
	return Object.fromEntries(
		fields.flatMap(({ name }) => {
			const value = given[name];
			return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
				? [[name, typeof value === 'string' ? value.slice(0, 2000) : value]]
				: [];
		})
	);
}

/** From now on the items are this room's own. */
function take(state: TemplateState, ctx: Ctx): void {
	if (state.own.now !== undefined) return;
	state.items = Object.fromEntries(itemsOf(state, ctx.settings).map((item) => [item.id, item]));
	state.own.now = ctx.now;
}

function put(state: TemplateState, entry: Entry, ctx: Ctx): string | Refusal {
	const checked = checkEntry(ctx.settings.fields, entry);
	if (isRefusal(checked)) return checked;
	const { most } = ctx.settings;
	if (standing(itemsOf(state, ctx.settings)).length >= most)
		return refuse('full', 'There can be {most} items. Take one out first.', undefined, { most });
	take(state, ctx);
	const made = ctx.id();
	state.items[made] = { id: made, values: { ...checked }, dropped: false, at: ctx.now };
	return made;
}

/** Takes an item out; those that were taken out first are gone for good when there are too many of them. */
function takeOut(state: TemplateState, item: Item, ctx: Ctx): void {
	Object.assign(item, { dropped: true, out: ctx.now });
	const others = Object.values(state.items)
		.filter(({ id, dropped }) => dropped && id !== item.id)
		.sort((a, b) => (a.out ?? 0) - (b.out ?? 0));
	for (const { id } of others.slice(0, Math.max(0, others.length + 1 - MOST_DROPPED))) {
		delete state.items[id];
		for (const one of Object.values(state.suggested)) if (one.item === id) one.item = null;
	}
}

function found(state: TemplateState, which: string, ctx: Ctx): Item | Refusal {
	if (!itemsOf(state, ctx.settings).some((one) => one.id === which && !one.dropped))
		return refuse('gone', 'This item is not there any more.', 'id');
	take(state, ctx);
	return state.items[which]!;
}

function waiting(state: TemplateState, which: string): Suggestion | Refusal {
	const suggestion = Object.hasOwn(state.suggested, which) ? state.suggested[which]! : gone;
	if (isRefusal(suggestion) || suggestion.is === 'new') return suggestion;
	return refuse('settled', 'This suggestion was decided already.', 'key');
}

export const template = defineBlock<TemplateState, Settings>({
	name: 'template',
	settings,
	initial: () => ({ items: {}, suggested: {}, own: {} }),
	commands: {
		/** Run by the server: somebody would have it otherwise, or says it better now. */
		suggest: command(
			v.looseObject({ key, person: v.optional(v.nullable(v.string()), null) }),
			(state: TemplateState, { key, person, ...given }, ctx: Ctx) => {
				const entry = wordsOf(given, ctx.settings);
				const known = Object.hasOwn(state.suggested, key) ? state.suggested[key] : undefined;
				if (Object.keys(entry).length === 0) return;
				if (!known && Object.keys(state.suggested).length >= MOST_SUGGESTED) return;
				const adopted = known?.is === 'adopted';
				state.suggested[key] = {
					...{ key, entry, person, at: known?.at ?? ctx.now },
					...{ is: adopted ? 'adopted' : 'new', item: adopted ? known.item : null }
				};
			}
		),
		/** Run by the server: its author took it back. What was adopted has become an item, and stays. */
		retract: command(v.object({ key }), (state: TemplateState, { key }) => {
			delete state.suggested[key];
		}),
		/** Makes an item of it, as it stands or as `entry` says it better. */
		adopt: command(
			v.object({ key, entry: v.optional(entrySchema) }),
			(state: TemplateState, { key, entry }, ctx: Ctx) => {
				const suggestion = waiting(state, key);
				if (isRefusal(suggestion)) return suggestion;
				const item = put(state, entry ?? { ...suggestion.entry }, ctx);
				if (isRefusal(item)) return item;
				Object.assign(suggestion, { is: 'adopted', item });
				return { id: item };
			}
		),
		dismiss: command(v.object({ key }), (state: TemplateState, { key }) => {
			const suggestion = waiting(state, key);
			if (isRefusal(suggestion)) return suggestion;
			suggestion.is = 'dismissed';
		}),
		/** Undoes either: the suggestion waits again, and the item that it became is out. */
		reopen: command(v.object({ key }), (state: TemplateState, { key }, ctx: Ctx) => {
			const suggestion = Object.hasOwn(state.suggested, key) ? state.suggested[key]! : gone;
			if (isRefusal(suggestion)) return suggestion;
			if (suggestion.is === 'new')
				return refuse('waiting', 'Nothing was decided about this suggestion yet.', 'key');
			const item = suggestion.item === null ? undefined : state.items[suggestion.item];
			if (item && !item.dropped) takeOut(state, item, ctx);
			Object.assign(suggestion, { is: 'new', item: null });
		}),
		add: command(v.object({ entry: entrySchema }), (state: TemplateState, { entry }, ctx: Ctx) => {
			const made = put(state, entry, ctx);
			return isRefusal(made) ? made : { id: made };
		}),
		edit: command(v.object({ id, entry: entrySchema }), (state: TemplateState, { id, entry }, ctx: Ctx) => {
			const checked = checkEntry(ctx.settings.fields, entry);
			if (isRefusal(checked)) return checked;
			const item = found(state, id, ctx);
			if (isRefusal(item)) return item;
			item.values = merged(ctx.settings.fields, item.values, checked);
		}),
		drop: command(v.object({ id }), (state: TemplateState, payload, ctx: Ctx) => {
			const item = found(state, payload.id, ctx);
			if (isRefusal(item)) return item;
			takeOut(state, item, ctx);
		}),
		/** Undoes a drop. */
		restore: command(v.object({ id }), (state: TemplateState, payload, { settings: { most } }: Ctx) => {
			const item = Object.hasOwn(state.items, payload.id) ? state.items[payload.id]! : null;
			if (!item?.dropped) return refuse('gone', 'There is nothing to bring back.', 'id');
			if (standing(Object.values(state.items)).length >= most)
				return refuse('full', 'There can be {most} items. Take one out first.', undefined, { most });
			item.dropped = false;
			delete item.out;
		})
	},
	/** For those who may change it: what was suggested is theirs to read, and nobody else's. */
	publish: ({ items, suggested, own }) => ({
		record: {},
		desk: {
			items: Object.fromEntries(standing(Object.values(items)).map((item) => [item.id, item as Json])),
			suggested: Object.fromEntries(
				Object.values(suggested).map(({ person: _, ...one }) => [one.key, one as Json])
			),
			own: { ...own }
		}
	}),
	leaves(state, settings): Json {
		if (state.own.now === undefined) return null;
		return standing(itemsOf(state, settings)).map(({ values }) => values);
	},
	matters,
	forget(state, person) {
		for (const one of Object.values(state.suggested))
			if (one.person === person) delete state.suggested[one.key];
	}
});
