/** What the views of a template look at. */
import type { Handle } from '../block.ts';
import { gist, type Entry, type FieldInput } from '../fields.ts';
import { m } from '#lib/paraglide/messages.js';
import {
	DEFAULTS,
	entryOf,
	inOrder,
	itemsOf,
	standing,
	type Item,
	type Suggestion,
	type TemplateDesk,
	type TemplateSettings
} from './model.ts';

export type TemplateHandle = Handle<Record<string, never>, TemplateDesk, null, Partial<TemplateSettings>>;
export type Suggested = Omit<Suggestion, 'person'>;

export interface Seen {
	settings: TemplateSettings;
	items: Item[];
	/** Somebody has changed it. */
	own: boolean;
	waiting: Suggested[];
	/** The last one first. */
	decided: Suggested[];
}

export function seen({ desk, settings: given }: TemplateHandle): Seen {
	const settings = { ...DEFAULTS, ...given };
	const state = { items: desk?.items ?? {}, own: desk?.own ?? {} };
	const suggested = Object.values(desk?.suggested ?? {}).sort((a, b) => a.at - b.at);
	return {
		settings,
		items: inOrder(standing(itemsOf(state, settings)), settings),
		own: state.own.now !== undefined,
		waiting: suggested.filter(({ is }) => is === 'new'),
		decided: suggested.filter(({ is }) => is !== 'new').reverse()
	};
}

export const entryIn = (handle: TemplateHandle, { values }: Item): Entry =>
	entryOf(seen(handle).settings.fields, values, handle.text);

/** What stands beside its words: "Week 1 · Mentee · day 7". */
export function besides(handle: TemplateHandle, fields: readonly FieldInput[], entry: Entry): string {
	const head = gist(fields, entry);
	return fields
		.flatMap((field) => {
			const value = entry[field.name];
			if (value === undefined || value === head) return [];
			if (field.kind === 'choice') {
				const chosen = field.values.find((one) => one.value === value);
				return chosen ? [handle.text(chosen.text)] : [];
			}
			return [
				field.kind === 'number'
					? m.template_number({ label: handle.text(field.text), value: String(value) })
					: String(value)
			];
		})
		.join(' · ');
}
