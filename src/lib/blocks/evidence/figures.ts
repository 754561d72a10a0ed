/** The mirror for the group: how the evidence held, by what the record has. */
import { fateOf, laidCase, marksOf } from './marks.ts';
import { SIDES, type EvidenceRecord, type Side } from './model.ts';

interface Held {
	for: { claims: number; cards: number };
	against: { claims: number; cards: number };
	cards: number;
	/** Challenges that wait for a ruling. */
	open: number;
	/** Cards that were challenged and ruled on. */
	ruled: number;
	survived: number;
	fell: number;
	unsupported: number;
	/** Cases stated, and those found fair at the first try. */
	stated: number;
	fairFirst: number;
}

export function heldUp(record: EvidenceRecord): Held {
	const cases = { for: laidCase(record, 'for'), against: laidCase(record, 'against') };
	const challenges = Object.values(record.challenges);
	const marks = marksOf(cases, challenges);
	const challenged = new Map(challenges.map(({ card }) => [`${card.side}/${card.id}`, card]));
	const fates = [...challenged.values()].map((card) => fateOf(card, challenges));
	const fell = fates.filter((fate) => fate === 'falls').length;
	const ruled = fates.filter((fate) => fate !== 'challenged').length;
	const count = (side: Side) => ({ claims: cases[side].claims.length, cards: cases[side].cards.length });
	const statements = Object.values(record.statements);
	return {
		for: count('for'),
		against: count('against'),
		cards: cases.for.cards.length + cases.against.cards.length,
		open: challenges.filter(({ ruling }) => ruling === null).length,
		ruled,
		survived: ruled - fell,
		fell,
		unsupported: [...marks.claims.values()].filter(({ supported }) => !supported).length,
		stated: SIDES.filter((side) => statements.some((one) => one.case === side)).length,
		fairFirst: statements.filter(({ try: nth, verdict }) => nth === 1 && verdict?.fair).length
	};
}
