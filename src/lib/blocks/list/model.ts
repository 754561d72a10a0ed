/** A list of things people ask for: questions to answer, topics to discuss. What it holds, and what of it is seen. */

/** Somebody's name as it stood when they wrote; the record of a large room knows no other names of its audience. */
export type Credit = { id: string; name: string };

/** The time that an entry has on stage. */
export type Box = {
	/** Ms since the epoch, and the length with what was granted, ms. */
	endsAt: number;
	total: number;
	/** How many times it was given more. */
	granted: number;
	/** It has run out, and that was said. */
	over: boolean;
};

/** A sort of entry, as the format names it: a point, a concern. */
type Sort = { value: string; text: { en: string; de?: string } };

export type Status =
	| { is: 'pending'; reworded: boolean }
	| { is: 'returned' }
	| { is: 'open' }
	| { is: 'stage'; since: number; box: Box | null }
	| { is: 'done'; how: 'live' | 'writing'; at: number }
	| { is: 'dismissed'; reason: string; at: number }
	| { is: 'archived'; from: 'open' | 'done'; at: number };

export type Answer = { text: string; by: Credit | null; at: number };

export type Item = {
	id: string;
	text: string;
	/** Null: written by no one person, or that person's data was deleted. */
	author: Credit | null;
	/** The author is in no projection but the author's own. */
	anonymous: boolean;
	asked: number;
	/** The meeting in which it was asked. */
	meeting?: number;
	/** When the room saw it first; null: not yet. */
	shown: number | null;
	/** The first signed entry of its author in this room. */
	first: boolean;
	status: Status;
	/** Merged into this item; its own state and votes are kept, so that it can be taken out again as it was. */
	into: string | null;
	/** Why it was sent back, last. */
	note: { text: string; by: string; at: number } | null;
	/** One of the setting `sorts`; null where there are none. */
	sort: string | null;
	/** On stage so far, all visits together, ms. */
	spent: number;
	labels: string[];
	pinned: boolean;
	/** Marked "ask next", when. */
	starred: number | null;
	how: 'live' | 'writing' | null;
	answer: Answer | null;
	owner: Credit | null;
	/** ISO date. */
	due: string | null;
	/** It stood open in earlier meetings: how many, and the votes that it had at the end of the last one. */
	carried: { times: number; votes: number } | null;
	/** Votes that it had in another list before it was passed on to this one. */
	before?: number;
	/** When it was passed on to another list. */
	promoted?: number;
	/** When its author let it be found everywhere, with its answer and without a name. */
	faq?: number;
};

export type Reply = { item: string; text: string; by: Credit; at: number; shown: boolean };

export type Offer = { item: string; by: Credit };

/** What became of one's own entry. */
export type Notice = {
	item: string;
	person: string;
	what: 'returned' | 'dismissed' | 'merged' | 'answered' | 'assigned';
	text: string;
	/** The reason, the answer, or the words it was merged into. */
	note: string | null;
	/** Who did it, or who will answer. */
	by: string | null;
	due: string | null;
	at: number;
	seen: boolean;
};

export type Message = { text: string; by: Credit; at: number; seen: { by: string; at: number } | null };

export type Order = 'votes' | 'newest' | 'first';

export type Flow = {
	/** New entries are taken. */
	asking: boolean;
	voting: boolean;
	/** Entries wait for approval. */
	approve: boolean;
	order: Order;
	/** Nothing of it on the projector. */
	blank: boolean;
};

/** What a format leaves out. The page reads the format's settings as they stand, so it needs these too. */
export const DEFAULTS = {
	/** How its words read: questions are answered, topics discussed. */
	kind: 'question' as 'question' | 'topic' | 'note',
	/** Sorts of entries to choose from, and those of them that want an answer: none named, all of them. */
	sorts: [] as Sort[],
	owed: [] as string[],
	/** The fact that says by when an answer is due unless somebody says otherwise, in ms: 'dates.next'. Null: in a week. */
	dueBy: null as string | null,
	/** Sorts between which the stage alternates, as long as there are entries of both; the others fit at any time. */
	alternate: [] as string[],
	/** Entries wait until somebody who moderates approves them. */
	moderation: false,
	anonymity: 'off' as 'allowed' | 'required' | 'off',
	/** Entries that one person may have standing at once. */
	cap: null as number | null,
	/** Characters of an entry. */
	length: 280,
	/** Whether people vote at all. */
	votes: true,
	/** Dot votes: so many a person in all. Null: one for each item. */
	budget: null as number | null,
	/** Dots that one person may put on one item. */
	perItem: 1,
	/** Nobody sees a tally before voting is closed. */
	hideVotes: false,
	order: 'votes' as Order,
	/** Open at the beginning. */
	asking: true,
	voting: true,
	/** Anybody may say that they could answer (or teach) it. */
	offers: true,
	replies: true,
	/** Whoever asked may let an answered question be found everywhere, without their name. */
	faq: false,
	/** The role that answers, and gets backstage messages. */
	answers: null as string | null,
	/** Stands beside something else: while it is empty and nobody can do anything with it, there is nothing to see. */
	passing: false,
	/** Minutes that an entry has on stage; null: no clock. And how many more it can be given, time after time. */
	boxMinutes: null as number | null,
	boxMore: [4, 2] as number[],
	/** Up to so many people in the room, whoever asks anonymously is warned of their own wording. */
	few: 30
};

export type ListSettings = typeof DEFAULTS;

/** One person's votes, by item. */
export type Ballot = Record<string, number>;
/** By person; see ballots.ts for why there are several. */
export type Drawers = { [drawer: `ballots${number}`]: Record<string, Ballot> };

export type ListState = Drawers & {
	items: Record<string, Item>;
	/** Who has signed an entry in this room before. */
	askers: Record<string, true>;
	replies: Record<string, Reply>;
	/** By `<item>/<person>`. */
	offers: Record<string, Offer>;
	/** By `<item>/<person>`: the latest word on it. */
	notices: Record<string, Notice>;
	messages: Record<string, Message>;
	flow: { now?: Flow };
};

/** An item as everybody sees it. Its votes are in `tally`, so that a vote moves few bytes. */
export type ShownItem = {
	id: string;
	text: string;
	/** Those who signed; the author first. */
	askers: Credit[];
	/** Anonymous entries in it. Entries, not people: whether two are by one person is nobody's business. */
	unnamed: number;
	shown: number;
	first: boolean;
	status:
		| { is: 'open' }
		| { is: 'stage'; since: number; box: Box | null }
		| { is: 'done'; how: 'live' | 'writing'; at: number };
	sort: string | null;
	spent: number;
	/** Their words, as far as the room has seen them. */
	merged: { id: string; text: string }[];
	/** How many entries were merged into it. */
	joined: number;
	labels: string[];
	pinned: boolean;
	starred: number | null;
	answer: Answer | null;
	owner: Credit | null;
	due: string | null;
	carried: Item['carried'];
	before: number | null;
	promoted: boolean;
	faq: number | null;
};

export type Figures = {
	asked: number;
	answered: number;
	dismissed: number;
	voters: number;
	/** How many are in the room, while so few that an anonymous voice may be known by its words. */
	few: number | null;
};

export type ListRecord = {
	items: Record<string, ShownItem>;
	/** Empty while votes are hidden. */
	tally: Record<string, number>;
	replies: Record<string, Reply>;
	offers: Record<string, Offer>;
	flow: { now?: Flow };
	figures: { now?: Figures };
};

/** An entry as those who moderate see it. */
export type DeskItem = {
	id: string;
	text: string;
	/** Null: anonymous, for the desk too. */
	by: Credit | null;
	sort: string | null;
	/** To the minute where it is anonymous. */
	asked: number;
	status: Status;
	note: Item['note'];
	shown: boolean;
	into: string | null;
};

export type ListDesk = {
	/** Everything that is not in the record for itself: waiting, returned, dismissed, archived, merged. */
	items: Record<string, DeskItem>;
	replies: Record<string, Reply>;
	messages: Record<string, Message>;
};

export type OwnItem = Pick<Item, 'id' | 'text' | 'sort' | 'anonymous' | 'asked' | 'status' | 'note' | 'into'>;

export type ListOwn = {
	/** By item; what stands merged counts for the item it is in. */
	votes: Record<string, number>;
	/** Votes left to give; null: as many as there are items. */
	left: number | null;
	items: OwnItem[];
	notices: ({ id: string } & Omit<Notice, 'person'>)[];
};

/** Whether somebody owes this entry an answer: a concern does, a point made does not. */
export function wantsAnswer({ sort }: Pick<Item, 'sort'>, { owed }: Pick<ListSettings, 'owed'>): boolean {
	return sort === null || owed.length === 0 || owed.includes(sort);
}

/** The sort whose turn it is after what was on stage last; null: any. */
export function sortInTurn(
	items: readonly Pick<Item, 'sort' | 'status'>[],
	{ alternate }: Pick<ListSettings, 'alternate'>
): string | null {
	const when = ({ status }: Pick<Item, 'status'>) =>
		status.is === 'stage' ? status.since : status.is === 'done' && status.how === 'live' ? status.at : null;
	const [last] = items
		.flatMap(({ sort, status }) => {
			const at = when({ status });
			const place = alternate.indexOf(sort ?? '');
			return at === null || place < 0 ? [] : [{ at, place }];
		})
		.sort((a, b) => b.at - a.at);
	return last ? (alternate[(last.place + 1) % alternate.length] ?? null) : null;
}

/** The first in order that fits the turn; what was put first by hand is first, whatever its sort. */
export function nextInTurn<T extends Pick<Item, 'sort' | 'pinned' | 'starred'>>(
	ordered: readonly T[],
	turn: string | null,
	{ alternate }: Pick<ListSettings, 'alternate'>
): T | undefined {
	const fits = ({ sort }: T) => turn === null || sort === turn || !alternate.includes(sort ?? '');
	const [first] = ordered;
	return first && (first.pinned || first.starred !== null) ? first : (ordered.find(fits) ?? first);
}

/** The item that speaks for this one: itself, or what it was merged into. */
export function rootOf(items: Readonly<Record<string, Pick<Item, 'into'>>>, id: string): string {
	let at = id;
	for (let up = items[at]?.into; up; up = items[at]?.into) at = up;
	return at;
}

/** What one person's ballot says of each item that stands for itself. */
export function votesOf(
	ballot: Readonly<Record<string, number>> | undefined,
	items: Readonly<Record<string, Pick<Item, 'into'>>>,
	budget: number | null
): Record<string, number> {
	const votes: Record<string, number> = {};
	for (const [item, count] of Object.entries(ballot ?? {})) {
		if (!items[item]) continue;
		const root = rootOf(items, item);
		// Without a budget a person is one voter of merged duplicates; with one, no dot that was given is lost.
		votes[root] = budget === null ? 1 : (votes[root] ?? 0) + count;
	}
	return votes;
}

/** In which order the room takes them. What is starred goes first, then what is pinned. */
export function inOrder<T extends Pick<ShownItem, 'id' | 'shown' | 'first' | 'pinned' | 'starred'>>(
	items: readonly T[],
	tally: Readonly<Record<string, number>>,
	order: Order
): T[] {
	const votes = (item: T) => tally[item.id] ?? 0;
	const star = (item: T) => item.starred ?? Infinity;
	return [...items].sort(
		(a, b) =>
			(star(a) === star(b) ? 0 : star(a) - star(b)) ||
			Number(b.pinned) - Number(a.pinned) ||
			(order === 'newest' ? b.shown - a.shown : 0) ||
			(order === 'first' ? Number(b.first) - Number(a.first) : 0) ||
			votes(b) - votes(a) ||
			a.shown - b.shown ||
			(a.id < b.id ? -1 : 1)
	);
}
