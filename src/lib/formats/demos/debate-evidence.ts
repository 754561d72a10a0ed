/** What the two sides of the demo bring: the same claims and cards in their documents and on the table. */
import * as Y from 'yjs';
import type { Json } from '#lib/blocks/block.ts';
import {
	addCard,
	addClaim,
	changeCard,
	emptyCard,
	layable,
	linkRebuttal,
	readCase,
	type CardWords
} from '#lib/blocks/evidence/document.ts';
import { marksOf, quoted, type Cases } from '#lib/blocks/evidence/marks.ts';
import type { Case, Side } from '#lib/blocks/evidence/model.ts';
import type { Seen } from '../demo.ts';

type Bring = { id: string; by: string; text: string; card?: CardWords & { id: string } };

const pilot: CardWords = {
	...emptyCard,
	quote: 'Letters take 22 min; pilot 9 min, n=140.',
	source: 'Pilot log, branches Lübeck and Kiel.',
	standing: 'Dev ran the pilot.',
	date: '2026-02-12',
	kind: 'own-data'
};

const brings: Record<Side, readonly Bring[]> = {
	for: [
		{
			id: 'drafting',
			by: 'dev',
			text: 'Drafting a letter takes staff less than half the time.',
			card: { ...pilot, id: 'pilot' }
		},
		{ id: 'templates', by: 'hana', text: 'Approved templates keep the wording within policy.' },
		{
			id: 'reading',
			by: 'hana',
			text: 'Customers understand the pilot’s letters at first reading.',
			card: {
				...emptyCard,
				id: 'calls',
				quote: 'Call-backs after a letter fell from 31 to 19 in a hundred.',
				source: 'Service centre, four weeks before and after.',
				date: '2026-03',
				kind: 'study'
			}
		}
	],
	against: [
		{
			id: 'rates',
			by: 'luis',
			text: 'One wrong rate in a letter costs more than the minutes saved.',
			card: {
				...emptyCard,
				id: 'memo',
				quote: 'Wrong rate = mis-selling.',
				source: 'Compliance memo, 12 March.',
				standing: 'Author: head of conduct risk.',
				date: '2026-03-12',
				kind: 'expert'
			}
		},
		{
			id: 'answering',
			by: 'mo',
			text: 'Nobody has yet said who answers for the text.',
			card: {
				...emptyCard,
				id: 'customer',
				quote: '„Der Kunde fragte, wer das geschrieben habe. Darauf hatten wir keine Antwort.“',
				source: 'Branch Schwerin, told by Luis.',
				date: '2026-04',
				kind: 'anecdote'
			}
		}
	]
};

export function prepareSide(side: Side): (doc: Y.Doc, seen: Seen) => void {
	return (doc, { people }) => {
		for (const { id, by, text, card } of brings[side]) {
			addClaim(doc, { id, text, author: people[by]! });
			if (card) addCard(doc, { ...card, author: people[by]!, claim: id });
		}
	};
}

/** What a side adds once it knows the other's: the memo rebuts the pilot. */
export function rebutPilot(doc: Y.Doc): void {
	linkRebuttal(doc, 'cards', 'memo', 'pilot', true);
}

/** As it was ruled: the card stands, with what it leaves out. */
export function rewordPilot(doc: Y.Doc): void {
	const quote = 'Letters take 22 min; pilot 9 min, n=140, complaints excluded.';
	changeCard(doc, 'pilot', { ...pilot, quote, claim: 'drafting' });
}

/** `changed`: what was done to the side's document since. */
function written(side: Side, changed: readonly ((doc: Y.Doc) => void)[], seen: Seen) {
	const doc = new Y.Doc();
	prepareSide(side)(doc, seen);
	for (const change of changed) change(doc);
	return readCase(doc, side);
}

export const laying =
	(side: Side, ...changed: ((doc: Y.Doc) => void)[]) =>
	(seen: Seen): Json =>
		layable(written(side, changed, seen));

/** A card as those who challenge or rate it see it. */
export function seenCard(id: string, side: Side, changed: readonly ((doc: Y.Doc) => void)[], seen: Seen) {
	const none: Case = { claims: [], cards: [] };
	const cases: Cases = { for: none, against: none, [side]: written(side, changed, seen) };
	const card = cases[side].cards.find((one) => one.id === id);
	if (!card) throw new Error(`The demo's side ${side} has no card "${id}".`);
	return quoted(card, marksOf(cases, []).refs.get(`${side}/${id}`) ?? '');
}
