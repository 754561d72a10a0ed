import * as v from 'valibot';

const most = (n: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(n));

export const settings = v.object({
	/** What the stage shows: hands and turns, speeches against a clock, or questions and answers. */
	mode: v.optional(v.picklist(['queue', 'speeches', 'questions']), 'queue'),
	/** Kinds of hands; known: point-of-order, clarify, reply, new, question, answer. */
	kinds: v.optional(v.pipe(v.array(v.string()), v.minLength(1)), ['reply', 'new']),
	/** Earlier kinds go before later ones. */
	ranked: v.optional(v.boolean(), true),
	policy: v.optional(v.picklist(['first-come', 'not-yet-spoken', 'alternate']), 'first-come'),
	/** Roles by side, where sides speak: {for: ['speaker-for'], against: ['speaker-against']}. */
	sides: v.optional(v.record(v.string(), v.array(v.string())), {}),
	/** What a turn by tap is until somebody tags it otherwise. */
	tag: v.optional(v.picklist(['question', 'answer', 'statement']), 'statement'),
	/** Turns can be told apart as questions, answers, statements. */
	tags: v.optional(v.boolean(), false),
	/** Characters of a written question or answer. */
	most: v.optional(most(2000), 140),
	mostAnswer: v.optional(most(4000), 500),
	/** Roles whose turns count for the balance; empty: all that do not facilitate. */
	counted: v.optional(v.array(v.string()), []),
	/** Roles that answer. */
	answers: v.optional(v.array(v.string()), []),
	/** Nobody has a second turn in a round before everybody had one, or passed. */
	strict: v.optional(v.boolean(), false),
	/** Chairs of a fishbowl, one of which is always empty; null: everybody may speak from where they are. */
	chairs: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(3), v.maxValue(12))), null),
	/** Turns that are over carry no name: what was said is not whose it was. */
	unnamed: v.optional(v.boolean(), false),
	/** Below this balance, or with one person above this share, those who lead are told; from so many turns on. */
	amber: v.optional(
		v.object({
			balance: v.optional(v.number(), 0.75),
			share: v.optional(v.number(), 0.4),
			from: v.optional(v.number(), 6)
		}),
		{}
	),
	/** Share of questions that the mirror holds up as good. */
	goodRatio: v.optional(v.number(), 0.9),
	/** More time for a speech: how much, and how often. */
	grant: v.optional(
		v.object({ seconds: v.optional(most(600), 30), times: v.optional(v.pipe(v.number(), v.minValue(0)), 1) }),
		{}
	),
	/** The server ends a speech when its time is over. */
	hardStop: v.optional(v.boolean(), true),
	/** Seconds that each side may take to prepare between speeches; 0: none. */
	bank: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(3600)), 0)
});

export type Settings = v.InferOutput<typeof settings>;

export function sideOf(role: string, { sides }: Pick<Settings, 'sides'>): string | null {
	return Object.keys(sides).find((side) => sides[side]!.includes(role)) ?? null;
}

/** As a format gives them, with what it leaves out filled in. */
export function readSettings(given: unknown): Settings {
	return v.parse(settings, given ?? {});
}
