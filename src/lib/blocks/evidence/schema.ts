/** What commands may carry, and what a format may set. */
import * as v from 'valibot';
import { idPattern, isDate, safeLink } from './document.ts';
import { CARD_KINDS, CHALLENGE_KINDS, LIMITS, RULINGS, SIDES, STRONGEST } from './model.ts';
import { DEFAULTS } from './settings.ts';

const name = v.pipe(v.string(), v.maxLength(40));

const names = v.array(name);

export const settingsSchema = v.object({
	for: v.optional(names, DEFAULTS.for),
	against: v.optional(names, DEFAULTS.against),
	documents: v.optional(v.object({ for: name, against: name }), DEFAULTS.documents),
	sides: v.optional(v.picklist(['lot', 'sign-up', 'own']), DEFAULTS.sides),
	brief: v.optional(names, DEFAULTS.brief),
	switch: v.optional(names, DEFAULTS.switch),
	mustBeFair: v.optional(v.boolean(), DEFAULTS.mustBeFair)
});

export const id = v.pipe(v.string(), v.regex(idPattern, 'This is no id of a claim or card.'));

export const words = (most: number, empty: string) =>
	v.pipe(v.string(), v.trim(), v.minLength(1, empty), v.maxLength(most));

export const maybe = (most: number) => v.optional(v.pipe(v.string(), v.trim(), v.maxLength(most)), '');

const side = v.picklist(SIDES);
const person = v.nullable(v.pipe(v.string(), v.maxLength(64)));
const rebuts = v.pipe(v.array(id), v.maxLength(LIMITS.rebuts));
const order = v.pipe(v.number(), v.finite());

const source = {
	quote: words(LIMITS.quote, 'A card needs the words it quotes.'),
	source: maybe(LIMITS.source),
	link: v.pipe(maybe(LIMITS.link), v.transform(safeLink)),
	standing: maybe(LIMITS.standing),
	date: v.optional(
		v.pipe(v.string(), v.check(isDate, 'Write the date as 2026, 2026-03 or 2026-03-12, or leave it out.')),
		''
	),
	kind: v.picklist(CARD_KINDS)
};

export const claim = v.object({
	id,
	text: words(LIMITS.claim, 'A claim needs words.'),
	order,
	parent: v.nullable(id),
	author: person,
	rebuts
});

export const card = v.object({ id, claim: v.nullable(id), ...source, order, author: person, rebuts });

export const kept = v.object({ id, side, claim: maybe(LIMITS.claim), ...source });

export const quotedCard = v.object({
	id,
	side,
	ref: v.pipe(v.string(), v.maxLength(8)),
	quote: words(LIMITS.quote, 'Quote the words of the card that you mean.'),
	revision: v.pipe(v.string(), v.minLength(1), v.maxLength(32))
});

export const challengeKind = v.picklist(CHALLENGE_KINDS);
export const rulingIs = v.picklist(RULINGS);
export const strength = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(STRONGEST));
