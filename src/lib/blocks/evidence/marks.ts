/** What can be said of claims and cards by looking at them: references, rebuttals, what is missing. */
import {
	SIDES,
	type Card,
	type Case,
	type Challenge,
	type Claim,
	type Quoted,
	type RulingIs,
	type Side
} from './model.ts';

export type Cases = Record<Side, Case>;

const LETTER: Record<Side, string> = { for: 'F', against: 'A' };

/** What became of a card: its last ruling, or that a challenge waits. */
type CardFate = 'unchallenged' | 'challenged' | RulingIs;

interface ClaimMarks {
	/** A card that has not fallen stands for it, or for a claim under it. */
	supported: boolean;
	/** The other side rebutted it or something it rests on, or challenged a card of it. */
	answered: boolean;
}

export interface Marks {
	/** 'F1', 'A2' for cards; a claim's number within its side, '1', '2.1'. By `<side>/<id>`. */
	refs: ReadonlyMap<string, string>;
	claims: ReadonlyMap<string, ClaimMarks>;
	/** References of what rebuts this claim or card, by `<side>/<id>`. */
	rebuttedBy: ReadonlyMap<string, readonly string[]>;
	fates: ReadonlyMap<string, CardFate>;
}

export const key = ({ side, id }: { side: Side; id: string }): string => `${side}/${id}`;

export const byOrder = (a: { order: number; id: string }, b: { order: number; id: string }): number =>
	a.order - b.order || (a.id < b.id ? -1 : 1);

/** What a side laid on the table, as the record has it. */
export function laidCase(
	record: { claims: Record<string, Claim>; cards: Record<string, Card> },
	side: Side
): Case {
	const mine = (item: Claim | Card) => item.side === side;
	return {
		claims: Object.values(record.claims).filter(mine).sort(byOrder),
		cards: Object.values(record.cards).filter(mine).sort(byOrder)
	};
}

/** Changes with every word of a card, and only with them: what was rated or challenged is told by it. */
export function revisionOf(
	card: Pick<Card, 'quote' | 'source' | 'link' | 'standing' | 'date' | 'kind'>
): string {
	const words = [card.quote, card.source, card.link, card.standing, card.date, card.kind].join('\u0000');
	let [high, low] = [0xdeadbeef, 0x41c6ce57];
	for (let at = 0; at < words.length; at++) {
		const code = words.charCodeAt(at);
		high = Math.imul(high ^ code, 2654435761);
		low = Math.imul(low ^ code, 1597334677);
	}
	return (high >>> 0).toString(36) + (low >>> 0).toString(36);
}

export function quoted(card: Card, ref: string): Quoted {
	return { id: card.id, side: card.side, ref, quote: card.quote, revision: revisionOf(card) };
}

/** Two people may each put a claim under the other's at the same time: such a circle is cut open. */
export function withoutCircles<C extends Pick<Claim, 'id' | 'parent'>>(claims: readonly C[]): C[] {
	const parents = new Map(claims.map(({ id, parent }) => [id, parent]));
	const hangsOnItself = (id: string): boolean => {
		const seen = new Set<string>();
		let above = parents.get(id) ?? null;
		while (above !== null && above !== id && !seen.has(above)) {
			seen.add(above);
			above = parents.get(above) ?? null;
		}
		return above === id;
	};
	for (const { id, parent } of claims)
		if (parent !== null && (!parents.has(parent) || hangsOnItself(id))) parents.set(id, null);
	return claims.map((claim) => ({ ...claim, parent: parents.get(claim.id) ?? null }));
}

export function children(claims: readonly Claim[], parent: string | null): Claim[] {
	return claims.filter((claim) => claim.parent === parent);
}

export function cardsOf(cards: readonly Card[], claim: string | null): Card[] {
	return cards.filter((card) => card.claim === claim);
}

/** The latest ruling counts, and a challenge that waits counts more. */
export function fateOf(card: Pick<Card, 'id' | 'side'>, challenges: readonly Challenge[]): CardFate {
	const against = challenges.filter(({ card: seen }) => seen.id === card.id && seen.side === card.side);
	if (against.length === 0) return 'unchallenged';
	if (against.some(({ ruling }) => ruling === null)) return 'challenged';
	const rulings = against.flatMap(({ ruling }) => (ruling ? [ruling] : []));
	return rulings.reduce((last, ruling) => (ruling.at >= last.at ? ruling : last)).is;
}

function numberClaims(
	claims: readonly Claim[],
	parent: string | null,
	before: string,
	refs: Map<string, string>
) {
	children(claims, parent).forEach((claim, index) => {
		const ref = `${before}${index + 1}`;
		refs.set(key(claim), ref);
		numberClaims(claims, claim.id, `${ref}.`, refs);
	});
}

function references(cases: Cases): Map<string, string> {
	const refs = new Map<string, string>();
	for (const side of SIDES) {
		numberClaims(cases[side].claims, null, '', refs);
		cases[side].cards.forEach((card, index) => refs.set(key(card), `${LETTER[side]}${index + 1}`));
	}
	return refs;
}

/** A claim is "2" within its side, and "A·2" for the other one; a card is "A1" everywhere. */
export const abroad = (side: Side, ref: string): string => (/^\d/.test(ref) ? `${LETTER[side]}·${ref}` : ref);

function rebuttals(cases: Cases, refs: ReadonlyMap<string, string>, fates: ReadonlyMap<string, CardFate>) {
	const by = new Map<string, string[]>();
	for (const side of SIDES) {
		const target = side === 'for' ? 'against' : 'for';
		const add = (id: string, ref: string) => {
			const known = by.get(`${target}/${id}`);
			if (known) known.push(ref);
			else by.set(`${target}/${id}`, [ref]);
		};
		for (const card of cases[side].cards) {
			if (fates.get(key(card)) === 'falls') continue;
			for (const id of card.rebuts) add(id, refs.get(key(card))!);
		}
		for (const claim of cases[side].claims)
			for (const id of claim.rebuts) add(id, abroad(side, refs.get(key(claim))!));
	}
	return by;
}

export function marksOf(cases: Cases, challenges: readonly Challenge[]): Marks {
	const refs = references(cases);
	const fates = new Map<string, CardFate>();
	for (const side of SIDES)
		for (const card of cases[side].cards) fates.set(key(card), fateOf(card, challenges));
	const rebuttedBy = rebuttals(cases, refs, fates);

	const claims = new Map<string, ClaimMarks>();
	const look = (side: Side, claim: Claim): ClaimMarks => {
		const cards = cardsOf(cases[side].cards, claim.id);
		const below = children(cases[side].claims, claim.id).map((child) => look(side, child));
		const marks: ClaimMarks = {
			supported:
				cards.some((card) => fates.get(key(card)) !== 'falls') || below.some(({ supported }) => supported),
			answered:
				rebuttedBy.has(key(claim)) ||
				cards.some((card) => rebuttedBy.has(key(card)) || fates.get(key(card)) !== 'unchallenged') ||
				below.some(({ answered }) => answered)
		};
		claims.set(key(claim), marks);
		return marks;
	};
	for (const side of SIDES) for (const claim of children(cases[side].claims, null)) look(side, claim);
	return { refs, claims, rebuttedBy, fates };
}
