/** Reads and writes one side's document. What is in it came over the wire: nothing of it is taken for granted. */
import * as Y from 'yjs';
import { byOrder, withoutCircles } from './marks.ts';
import { CARD_KINDS, LIMITS, type Card, type CardKind, type Case, type Claim, type Side } from './model.ts';

/** Marks this person's own changes, so that undo is theirs alone. */
export const MINE = 'evidence';

const fields = ['source', 'link', 'standing', 'date', 'kind'] as const;

/** What a card's form asks for. */
export type CardWords = Pick<Card, 'quote' | (typeof fields)[number]>;

export const emptyCard: CardWords = {
	quote: '',
	source: '',
	link: '',
	standing: '',
	date: '',
	kind: 'own-data'
};

/** Names of claims and cards. `__proto__` names no entry of a plain object, and readers have them in such. */
export const idPattern = /^(?!__proto__$)[A-Za-z0-9_-]{1,64}$/;
const datePattern = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

/** The address if it is one that may be followed; otherwise empty. */
export function safeLink(value: string): string {
	const text = value.trim();
	if (!/^https?:\/\//i.test(text) || text.length > LIMITS.link) return '';
	try {
		const { href, protocol } = new URL(text);
		return (protocol === 'http:' || protocol === 'https:') && href.length <= LIMITS.link ? href : '';
	} catch {
		return '';
	}
}

export const isDate = (value: string): boolean => value === '' || datePattern.test(value);

const isKind = (value: unknown): value is CardKind => CARD_KINDS.some((kind) => kind === value);

const claimsOf = (doc: Y.Doc) => doc.getMap<unknown>('claims');
const cardsOf = (doc: Y.Doc) => doc.getMap<unknown>('cards');

/** What undo covers. */
export const sharedTypes = (doc: Y.Doc) => [claimsOf(doc), cardsOf(doc)];

function text(value: unknown, most: number): string {
	const words = value instanceof Y.Text ? value.toJSON() : value;
	return typeof words === 'string' ? words.trim().slice(0, most).trim() : '';
}

const id = (value: unknown): string | null =>
	typeof value === 'string' && idPattern.test(value) ? value : null;

const order = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

function rebuts(value: unknown): string[] {
	if (!(value instanceof Y.Map)) return [];
	return [...value.keys()]
		.filter((target) => idPattern.test(target))
		.sort()
		.slice(0, LIMITS.rebuts);
}

const author = (value: unknown): string | null =>
	typeof value === 'string' && value.length > 0 && value.length <= 64 ? value : null;

function entries(map: Y.Map<unknown>): [string, Y.Map<unknown>][] {
	return [...map.entries()].flatMap(([name, value]) =>
		value instanceof Y.Map && idPattern.test(name) ? [[name, value as Y.Map<unknown>]] : []
	);
}

export function readCase(doc: Y.Doc, side: Side): Case {
	const claims = entries(claimsOf(doc))
		.map(([name, map]): Claim => ({
			id: name,
			side,
			text: text(map.get('text'), LIMITS.claim),
			order: order(map.get('order')),
			parent: id(map.get('parent')),
			author: author(map.get('author')),
			rebuts: rebuts(map.get('rebuts'))
		}))
		.filter((claim) => claim.text !== '')
		.sort(byOrder)
		.slice(0, LIMITS.items);
	const known = new Set(claims.map((claim) => claim.id));
	const cards = entries(cardsOf(doc))
		.map(([name, map]): Card => {
			const claim = id(map.get('claim'));
			const kind = map.get('kind');
			const date = text(map.get('date'), 10);
			return {
				id: name,
				side,
				claim: claim !== null && known.has(claim) ? claim : null,
				quote: text(map.get('quote'), LIMITS.quote),
				source: text(map.get('source'), LIMITS.source),
				link: safeLink(text(map.get('link'), LIMITS.link)),
				standing: text(map.get('standing'), LIMITS.standing),
				date: isDate(date) ? date : '',
				kind: isKind(kind) ? kind : 'anecdote',
				order: order(map.get('order')),
				author: author(map.get('author')),
				rebuts: rebuts(map.get('rebuts'))
			};
		})
		.filter((card) => card.quote !== '')
		.sort(byOrder)
		.slice(0, LIMITS.items);
	return { claims: withoutCircles(claims), cards };
}

/** What a side lays on the table: all that its document holds. */
export function layable({ claims, cards }: Case) {
	return {
		claims: claims.map(({ id, text, order, parent, author, rebuts }) => ({
			id,
			text,
			order,
			parent,
			author,
			rebuts
		})),
		cards: cards.map(({ id, claim, quote, source, link, standing, date, kind, order, author, rebuts }) => ({
			id,
			claim,
			quote,
			source,
			link,
			standing,
			date,
			kind,
			order,
			author,
			rebuts
		}))
	};
}

/** After the last one; two who add at the same time get the same number, and the id decides. */
function nextOrder(map: Y.Map<unknown>): number {
	return 1 + Math.max(0, ...entries(map).map(([, entry]) => order(entry.get('order'))));
}

function words(text: string): Y.Text {
	return new Y.Text(text.trim());
}

export function addClaim(
	doc: Y.Doc,
	claim: { id: string; text: string; author: string; parent?: string | null }
): void {
	doc.transact(() => {
		const map = claimsOf(doc);
		const entry = new Y.Map<unknown>();
		entry.set('text', words(claim.text));
		entry.set('order', nextOrder(map));
		entry.set('parent', claim.parent ?? null);
		entry.set('author', claim.author);
		entry.set('rebuts', new Y.Map());
		map.set(claim.id, entry);
	}, MINE);
}

export function addCard(
	doc: Y.Doc,
	card: CardWords & { id: string; author: string; claim: string | null; rebuts?: readonly string[] }
): void {
	doc.transact(() => {
		const map = cardsOf(doc);
		const entry = new Y.Map<unknown>();
		entry.set('claim', card.claim);
		entry.set('quote', words(card.quote));
		for (const field of fields) entry.set(field, card[field]);
		entry.set('order', nextOrder(map));
		entry.set('author', card.author);
		const links = new Y.Map<boolean>();
		for (const target of card.rebuts ?? []) links.set(target, true);
		entry.set('rebuts', links);
		map.set(card.id, entry);
	}, MINE);
}

function entryOf(map: Y.Map<unknown>, name: string): Y.Map<unknown> | null {
	const entry = map.get(name);
	return entry instanceof Y.Map ? (entry as Y.Map<unknown>) : null;
}

/** Replaces only what differs, so that two people who reword at once keep both their words. */
function reword(entry: Y.Map<unknown>, field: string, next: string): void {
	const shared = entry.get(field);
	if (!(shared instanceof Y.Text)) {
		entry.set(field, new Y.Text(next));
		return;
	}
	const old = shared.toJSON();
	let start = 0;
	while (start < old.length && start < next.length && old[start] === next[start]) start++;
	let end = 0;
	while (end < old.length - start && end < next.length - start && old.at(-1 - end) === next.at(-1 - end))
		end++;
	if (old.length - start - end > 0) shared.delete(start, old.length - start - end);
	if (next.length - start - end > 0) shared.insert(start, next.slice(start, next.length - end));
}

export function rewordClaim(doc: Y.Doc, name: string, next: string): void {
	doc.transact(() => {
		const entry = entryOf(claimsOf(doc), name);
		if (entry) reword(entry, 'text', next.trim());
	}, MINE);
}

export function changeCard(doc: Y.Doc, name: string, next: CardWords & { claim: string | null }): void {
	doc.transact(() => {
		const entry = entryOf(cardsOf(doc), name);
		if (!entry) return;
		reword(entry, 'quote', next.quote.trim());
		for (const field of fields) if (entry.get(field) !== next[field]) entry.set(field, next[field]);
		if (entry.get('claim') !== next.claim) entry.set('claim', next.claim);
	}, MINE);
}

/** Says, or takes back, that a claim or card of this document rebuts one of the other side. */
export function linkRebuttal(
	doc: Y.Doc,
	of: 'claims' | 'cards',
	name: string,
	target: string,
	on: boolean
): void {
	doc.transact(() => {
		const entry = entryOf(of === 'claims' ? claimsOf(doc) : cardsOf(doc), name);
		if (!entry) return;
		const known = entry.get('rebuts');
		const links = known instanceof Y.Map ? (known as Y.Map<boolean>) : new Y.Map<boolean>();
		if (links !== known) entry.set('rebuts', links);
		if (on) links.set(target, true);
		else links.delete(target);
	}, MINE);
}

/** Swaps places with the neighbour before or after it. */
export function moveClaim(doc: Y.Doc, side: Side, name: string, by: -1 | 1): void {
	const { claims } = readCase(doc, side);
	const claim = claims.find((one) => one.id === name);
	if (!claim) return;
	const siblings = claims.filter((one) => one.parent === claim.parent);
	const at = siblings.indexOf(claim);
	if (!siblings[at + by]) return;
	siblings.splice(at, 1);
	siblings.splice(at + by, 0, claim);
	doc.transact(() => {
		siblings.forEach((sibling, index) => {
			if (sibling.order !== index + 1) entryOf(claimsOf(doc), sibling.id)?.set('order', index + 1);
		});
	}, MINE);
}

/** A claim goes alone: its cards are kept, without a claim, and the claims under it move up. */
export function removeClaim(doc: Y.Doc, name: string): void {
	doc.transact(() => {
		const map = claimsOf(doc);
		const gone = entryOf(map, name);
		if (!gone) return;
		for (const [, entry] of entries(map))
			if (entry.get('parent') === name) entry.set('parent', gone.get('parent'));
		for (const [, card] of entries(cardsOf(doc))) if (card.get('claim') === name) card.set('claim', null);
		map.delete(name);
	}, MINE);
}

export function removeCard(doc: Y.Doc, name: string): void {
	doc.transact(() => cardsOf(doc).delete(name), MINE);
}
