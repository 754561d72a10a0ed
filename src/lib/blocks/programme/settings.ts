import * as v from 'valibot';
import type { Json } from '../block.ts';

const json = v.custom<Json>((value) => value !== undefined);

const order = v.object({
	text: v.object({ en: v.string(), de: v.optional(v.string()) }),
	/** `<instance>.<verb>` in the rooms. */
	run: v.string(),
	payload: v.optional(v.record(v.string(), json), {}),
	/** Rooms that are opened afterwards get it as well. */
	later: v.optional(v.boolean(), false),
	/** Those who may `send` find a button for it. */
	button: v.optional(v.boolean(), false)
});

export const settings = v.object({
	/** Of the rooms; ''; as this one's. */
	format: v.optional(v.string(), ''),
	preset: v.optional(v.nullable(v.string()), null),
	/** With fields of the event in braces, where it names people their names: '{mentee} & {mentor}'. */
	title: v.optional(v.string(), ''),
	/** Role in the room ← field of the event, which is a person's id or a list of them. */
	roles: v.optional(v.record(v.string(), v.string()), {}),
	/** The role that owns the room; null: nobody does. */
	owner: v.optional(v.nullable(v.string()), null),
	/** As in "new room". Whoever has only the code has to be let in. */
	room: v.optional(v.record(v.string(), json), { joining: 'approval' }),
	/** What the programme may have its rooms do, by name. */
	orders: v.optional(v.record(v.string(), order), {})
});

export type Settings = v.InferOutput<typeof settings>;
