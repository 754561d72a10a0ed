/** Typed fields that a format declares and people fill in: what `form` and `seal` take as an entry. */
import * as v from 'valibot';
import { isRefusal, refuse, type Refusal } from './block.ts';

const text = v.object({ en: v.string(), de: v.optional(v.string()) });
const shared = {
	name: v.pipe(v.string(), v.regex(/^[a-z][a-zA-Z0-9]{0,23}$/)),
	text,
	help: v.optional(text),
	required: v.optional(v.boolean(), false)
};
const check = v.picklist(['question', 'no-advice', 'no-trait']);

export const fieldSchema = v.variant('kind', [
	/** `line` is one line, `text` several; `most` counts characters. */
	v.object({
		...shared,
		kind: v.picklist(['line', 'text']),
		most: v.optional(v.number(), 500),
		checks: v.optional(v.array(check), [])
	}),
	v.object({ ...shared, kind: v.literal('choice'), values: v.array(v.object({ value: v.string(), text })) }),
	/** Whole numbers; `low` and `high` are the words at the two ends. */
	v.object({
		...shared,
		kind: v.literal('scale'),
		from: v.optional(v.number(), 1),
		to: v.optional(v.number(), 5),
		low: v.optional(text),
		high: v.optional(text)
	}),
	/** A whole number that is typed. */
	v.object({ ...shared, kind: v.literal('number'), from: v.number(), to: v.number() }),
	v.object({ ...shared, kind: v.literal('date') }),
	v.object({ ...shared, kind: v.literal('check') })
]);

/** As a format writes it: what has a default may be left out. */
export type FieldInput = v.InferInput<typeof fieldSchema>;
export type Field = v.InferOutput<typeof fieldSchema>;
export type Check = v.InferOutput<typeof check>;
export type Entry = { [field: string]: string | number | boolean };

/** One plain text, for formats that name no fields. */
export const ONE_TEXT: FieldInput[] = [
	{ name: 'text', text: { en: 'Text', de: 'Text' }, kind: 'text', required: true, most: 500 }
];

/** An entry as it arrives; `checkEntry` decides what of it stands. */
export const entrySchema = v.record(
	v.pipe(v.string(), v.maxLength(24)),
	v.union([v.pipe(v.string(), v.maxLength(10_000)), v.pipe(v.number(), v.finite()), v.boolean()])
);

/** A day as 2026-05-14 that the calendar has. */
export function isDay(value: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
	const day = new Date(`${value}T00:00:00Z`);
	return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** The entry with what the fields do not know left out, or the first field's error as `entry.<name>`. */
export function checkEntry(fields: readonly Field[], given: Entry): Entry | Refusal {
	const entry: Entry = {};
	for (const field of fields) {
		const value = checked(field, given[field.name]);
		if (isRefusal(value)) return value;
		if (value !== null) entry[field.name] = value;
		else if (field.required)
			return refuse('required', 'Fill in “{label}”.', at(field), { label: field.text });
	}
	if (Object.keys(entry).length === 0)
		return refuse('empty', 'Write something first.', `entry.${fields[0]?.name}`);
	return entry;
}

/** Somebody has as many entries as each may have. */
export const noMore = (most: number): Refusal =>
	refuse('enough', 'You have as many entries as there can be, {most}. Take one back first.', undefined, {
		most
	});

const at = (field: Field): string => `entry.${field.name}`;

/** Null: nothing was given. */
function checked(field: Field, value: Entry[string] | undefined): Entry[string] | null | Refusal {
	if (value === undefined || value === '') return null;
	const label = field.text;
	switch (field.kind) {
		case 'line':
		case 'text': {
			if (typeof value !== 'string') return refuse('not_text', '“{label}” takes text.', at(field), { label });
			const said = field.kind === 'line' ? value.replaceAll(/\s+/g, ' ').trim() : value.trim();
			if (said.length > field.most)
				return refuse('too_long', '“{label}” has at most {most} characters; these are {given}.', at(field), {
					label,
					most: field.most,
					given: said.length
				});
			return said || null;
		}
		case 'choice':
			if (!field.values.some((one) => one.value === value))
				return refuse('no_choice', 'Choose one of the answers to “{label}”.', at(field), { label });
			return value;
		case 'scale':
		case 'number':
			if (typeof value !== 'number' || !Number.isInteger(value) || value < field.from || value > field.to)
				return refuse('off_scale', '“{label}” goes from {from} to {to}, in whole steps.', at(field), {
					label,
					from: field.from,
					to: field.to
				});
			return value;
		case 'date':
			if (typeof value !== 'string' || !isDay(value))
				return refuse('no_date', '“{label}” takes a day, such as 2026-05-14.', at(field), { label });
			return value;
		case 'check':
			if (typeof value !== 'boolean')
				return refuse('not_yes_or_no', '“{label}” is ticked or not.', at(field), { label });
			return value;
	}
}

/** The words of an entry in one line: its first text. */
export function gist(fields: readonly { name: string; kind: string }[], entry: Entry): string {
	for (const { name, kind } of fields)
		if ((kind === 'line' || kind === 'text') && typeof entry[name] === 'string') return entry[name];
	return '';
}
