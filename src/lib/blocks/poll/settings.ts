import * as v from 'valibot';

const words = v.object({ en: v.string(), de: v.optional(v.string()) });

export const settings = v.object({
	kind: v.optional(v.picklist(['choice', 'roman', 'scale']), 'choice'),
	/** Asked unless whoever opens the poll asks something else. */
	question: v.optional(words, { en: '' }),
	options: v.optional(
		v.array(v.object({ id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,24}$/)), text: words })),
		[]
	),
	/** Ends of a scale, whole numbers, and the words at them. */
	scale: v.optional(
		v.object({
			from: v.optional(v.number(), 0),
			to: v.optional(v.number(), 10),
			low: v.optional(words),
			high: v.optional(words)
		}),
		{}
	),
	/** Asked twice, and compared voter by voter. */
	paired: v.optional(v.boolean(), false),
	/** Options that compete for the larger shift; without it, all. */
	sides: v.optional(v.array(v.string()), []),
	/** Totals only after the reveal. */
	sealed: v.optional(v.boolean(), true),
	/** A roll-call: the result says who voted how. Whoever votes is told beforehand. */
	named: v.optional(v.boolean(), false),
	/** Closing reveals. */
	revealAtClose: v.optional(v.boolean(), false),
	/** Comes up now and then beside something else: with no vote open there is nothing to see of it. */
	passing: v.optional(v.boolean(), false),
	/** Closes by itself after so many seconds; null: never. */
	seconds: v.optional(v.nullable(v.pipe(v.number(), v.minValue(5), v.maxValue(3600))), null),
	/** Roles that vote; empty: everybody. */
	voters: v.optional(v.array(v.string()), []),
	/** Ballots (or pairs) below which no result is shown. */
	least: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
	/** Pairs below which a margin of `drawMargin` voters is a draw. */
	drawBelow: v.optional(v.number(), 20),
	drawMargin: v.optional(v.number(), 1),
	/** Pairs from which the transitions are shown. */
	matrixFrom: v.optional(v.number(), 8),
	/** The phase in which the reveal comes, as the sealed poll names it: 'P7'. */
	revealIn: v.optional(v.nullable(v.string()), null)
});

export type Settings = v.InferOutput<typeof settings>;
