import * as v from 'valibot';
import type { Context } from '../block.ts';

export const settings = v.object({
	/** The format's roles, filled in by the server. */
	roles: v.optional(
		v.record(
			v.string(),
			v.object({
				name: v.optional(v.object({ en: v.string(), de: v.optional(v.string()) })),
				crowd: v.boolean(),
				unseen: v.optional(v.boolean(), false),
				open: v.boolean(),
				most: v.nullable(v.number()),
				facilitates: v.boolean(),
				offered: v.optional(v.boolean(), false)
			})
		),
		{}
	),
	guest: v.optional(v.string(), ''),
	/**
	 * How the seats of a role that is limited and open are filled. 'taken': whoever wants one takes it. 'drawn': people
	 * put their names in, and lots are drawn among them. Whoever runs the room may give one in either case.
	 */
	seats: v.optional(v.picklist(['taken', 'drawn']), 'taken'),
	/** A role that goes round among those who hold the others; whoever hands it on has the first of them. */
	rotation: v.optional(
		v.nullable(v.object({ role: v.string(), among: v.pipe(v.array(v.string()), v.minLength(1)) })),
		null
	),
	/** Roles among which all who hold one of `of` are spread by lot, as evenly as it goes. */
	split: v.optional(
		v.nullable(
			v.object({ into: v.pipe(v.array(v.string()), v.minLength(2)), of: v.optional(v.array(v.string()), []) })
		),
		null
	),
	/** What the desk is warned of. */
	warns: v.optional(
		v.object({
			/** Somebody reports to whoever runs the room. */
			line: v.optional(v.boolean(), false),
			/** All who hold one of these roles have one team or one job. */
			alike: v.optional(v.array(v.string()), [])
		}),
		{}
	),
	/** People at most, whatever their role. */
	capacity: v.optional(v.number(), 5000)
});

export type Settings = v.InferOutput<typeof settings>;
export type Ctx = Context<Settings>;
