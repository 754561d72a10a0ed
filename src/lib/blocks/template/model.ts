/** What every new room of a kind begins with, and what those who were in one would have it begin with. */
import type { Json, Text } from '../block.ts';
import type { Entry, FieldInput } from '../fields.ts';

/** As it is left to a new room: the fields, and what else the format gave it. Words of the format's are a `Text`. */
export type Values = { [field: string]: Json };

/** What a format leaves out. The page reads the format's settings as they stand, so it needs these too. */
export const DEFAULTS = {
	/** What an item says. */
	fields: [] as FieldInput[],
	/** The items as long as nobody has changed any. */
	begin: [] as Values[],
	/** Fields by which they are ordered, a choice by the order of its values. */
	sort: [] as string[],
	most: 80,
	/** Which rooms begin with it, and what is suggested. */
	about: null as Text | null
};

/** Items that were taken out and can be brought back: the last ones. */
export const MOST_DROPPED = 40;

export type TemplateSettings = typeof DEFAULTS;

/** `out`: when it was dropped. */
export type Item = { id: string; values: Values; dropped: boolean; at: number; out?: number };

export type Suggestion = {
	key: string;
	entry: Entry;
	/** Who wrote it, where that is known here: only to be forgotten, and told nobody. */
	person: string | null;
	at: number;
	is: 'new' | 'adopted' | 'dismissed';
	/** What it became; null too where that was taken out since, too long ago to bring it back. */
	item: string | null;
};

export type TemplateState = {
	/** Empty until something is changed: `itemsOf`. */
	items: Record<string, Item>;
	suggested: Record<string, Suggestion>;
	/** It is this room's own now, and no more as the format has it. */
	own: { now?: number };
};

export type TemplateDesk = {
	items: Record<string, Item>;
	suggested: Record<string, Omit<Suggestion, 'person'>>;
	own: { now?: number };
};

/** All there are, those that were taken out too. */
export function itemsOf(
	{ items, own }: Pick<TemplateState, 'items' | 'own'>,
	{ begin }: Pick<TemplateSettings, 'begin'>
): Item[] {
	if (own.now !== undefined) return Object.values(items);
	return begin.map((values, at) => ({ id: `t${at + 1}`, values, dropped: false, at: 0 }));
}

export const standing = (items: readonly Item[]): Item[] => items.filter(({ dropped }) => !dropped);

const isText = (value: Json | undefined): value is Text =>
	typeof value === 'object' && value !== null && 'en' in value && typeof value.en === 'string';

/** An item as somebody fills it in. */
export function entryOf(fields: readonly FieldInput[], values: Values, text: (text: Text) => string): Entry {
	return Object.fromEntries(
		fields.flatMap(({ name }) => {
			const value = values[name];
			if (isText(value)) return [[name, text(value)]];
			return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
				? [[name, value]]
				: [];
		})
	);
}

/** Changes an item's fields; words that are the same in one of their languages keep the others. */
export function merged(fields: readonly { name: string }[], before: Values, entry: Entry): Values {
	const values: Values = { ...before };
	for (const { name } of fields) {
		const [was, now] = [before[name], entry[name]];
		if (isText(was) && Object.values(was).includes(String(now))) continue;
		if (now === undefined) delete values[name];
		else values[name] = now;
	}
	return values;
}

/** In the order in which a room goes through them. */
export function inOrder(
	items: readonly Item[],
	{ fields, sort }: Pick<TemplateSettings, 'fields' | 'sort'>
): Item[] {
	const rank = ({ values }: Item, name: string): number => {
		const [field, value] = [fields.find((one) => one.name === name), values[name]];
		if (field?.kind === 'choice') return field.values.findIndex((one) => one.value === value);
		return typeof value === 'number' ? value : Number.MAX_SAFE_INTEGER;
	};
	return [...items].sort((a, b) => {
		for (const name of sort) if (rank(a, name) !== rank(b, name)) return rank(a, name) - rank(b, name);
		return a.at - b.at;
	});
}
