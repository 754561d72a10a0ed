/** What the room, the desk and each person see of a list, and what outlives the meeting. */
import type { Facts, LedgerRow, Published } from '../block.ts';
import { ballotOf, setBallot, voters } from './ballots.ts';
import {
	votesOf,
	rootOf,
	wantsAnswer,
	type Credit,
	type DeskItem,
	type Item,
	type ListDesk,
	type ListOwn,
	type ListRecord,
	type ListState,
	type ShownItem
} from './model.ts';
import type { ListScene, Settings } from './settings.ts';
import { beginning, isShown, onStage, openTally } from './state.ts';

const MINUTE = 60_000;

/** By root: the item itself first, then what was merged into it, oldest first. */
function groups(state: ListState): Map<string, Item[]> {
	const found = new Map<string, Item[]>();
	for (const item of Object.values(state.items)) {
		const root = rootOf(state.items, item.id);
		const group = found.get(root);
		if (group) group.push(item);
		else found.set(root, [item]);
	}
	for (const [root, group] of found)
		group.sort(
			(a, b) => Number(b.id === root) - Number(a.id === root) || a.asked - b.asked || (a.id < b.id ? -1 : 1)
		);
	return found;
}

function shownItem(root: Item, group: readonly Item[]): ShownItem | null {
	const { status } = root;
	if (status.is !== 'open' && status.is !== 'stage' && status.is !== 'done') return null;
	const askers: Record<string, Credit> = {};
	for (const { author, anonymous } of group) if (author && !anonymous) askers[author.id] ??= author;
	// What was merged before anybody approved its words is counted, but only the desk reads it.
	const parts = group.slice(1);
	return {
		id: root.id,
		text: root.text,
		askers: Object.values(askers),
		unnamed: group.filter((item) => item.anonymous).length,
		shown: root.shown ?? 0,
		first: group.some((item) => item.first),
		status,
		merged: parts.filter((item) => item.shown !== null).map(({ id, text }) => ({ id, text })),
		joined: parts.length,
		sort: root.sort,
		spent: root.spent,
		labels: root.labels,
		pinned: root.pinned,
		starred: root.starred,
		answer: root.answer,
		owner: root.owner,
		due: root.due,
		carried: root.carried,
		before: root.before ?? null,
		promoted: root.promoted !== undefined,
		faq: root.faq ?? null
	};
}

/** The archive changes what is shown, not what was answered. */
const isAnswered = ({ status }: Item) =>
	status.is === 'done' || (status.is === 'archived' && status.from === 'done');

function deskItem(item: Item): DeskItem {
	return {
		id: item.id,
		text: item.text,
		by: item.anonymous ? null : item.author,
		sort: item.sort,
		asked: item.anonymous ? item.asked - (item.asked % MINUTE) : item.asked,
		status: item.status,
		note: item.note,
		shown: item.shown !== null,
		into: item.into
	};
}

export function publish(state: ListState, scene: ListScene): Published {
	const flow = state.flow.now ?? beginning(scene.settings);
	const record: ListRecord = {
		items: {},
		tally: {},
		replies: {},
		offers: {},
		flow: { now: flow },
		figures: {}
	};
	const desk: ListDesk = { items: {}, replies: {}, messages: state.messages };
	const count = { asked: 0, answered: 0, dismissed: 0 };
	const tally = openTally(state, scene.settings);
	for (const [id, group] of groups(state)) {
		const root = state.items[id]!;
		// What nobody owes an answer neither has one nor lacks it.
		const owed = wantsAnswer(root, scene.settings);
		if (owed) count.asked += 1;
		if (owed && isAnswered(root)) count.answered += 1;
		if (root.status.is === 'dismissed') count.dismissed += 1;
		const shown = shownItem(root, group);
		if (!shown) {
			desk.items[id] = deskItem(root);
			continue;
		}
		record.items[id] = shown;
		if (tally[id]) record.tally[id] = tally[id];
		for (const part of group.slice(1)) desk.items[part.id] = deskItem(part);
	}
	for (const [id, reply] of Object.entries(state.replies)) {
		const item = rootOf(state.items, reply.item);
		if (record.items[item]) (reply.shown ? record : desk).replies[id] = { ...reply, item };
	}
	for (const offer of Object.values(state.offers)) {
		const item = rootOf(state.items, offer.item);
		if (record.items[item]) record.offers[`${item}/${offer.by.id}`] = { ...offer, item };
	}
	const people = Object.keys(scene.people).length;
	record.figures.now = {
		...count,
		voters: voters(state).length,
		few: people <= scene.settings.few ? people : null
	};
	return { record, desk };
}

export function own(state: ListState, person: string, scene: ListScene): ListOwn {
	const { budget } = scene.settings;
	const votes = votesOf(ballotOf(state, person), state.items, budget);
	const spent = Object.values(votes).reduce((sum, one) => sum + one, 0);
	return {
		votes,
		left: budget === null ? null : budget - spent,
		items: Object.values(state.items)
			.filter((item) => item.author?.id === person)
			.map(({ id, text, sort, anonymous, asked, status, note, into }) => ({
				id,
				text,
				sort,
				anonymous,
				asked,
				status,
				note,
				into
			})),
		notices: Object.entries(state.notices)
			.filter(([, notice]) => notice.person === person)
			.map(([id, { person: _, ...notice }]) => ({ id, ...notice }))
	};
}

export function facts(state: ListState, { settings }: ListScene): Facts {
	const standing = Object.values(state.items).filter((item) => item.into === null);
	const owed = standing.filter((item) => item.status.is === 'open' && item.owner === null);
	const count = (is: Item['status']['is']) => standing.filter((item) => item.status.is === is).length;
	return {
		asked: Object.keys(state.items).length,
		/** Those that were put together count as one. */
		standing: standing.length,
		pending: count('pending'),
		open: count('open') + count('stage'),
		answered: count('done'),
		onStage: count('stage') > 0,
		ownerless: owed.filter((item) => wantsAnswer(item, settings)).length
	};
}

const WORDS = {
	question: { open: 'unanswered', stage: 'answering', done: 'answered' },
	topic: { open: 'undiscussed', stage: 'discussing', done: 'done' },
	note: { open: 'unanswered', stage: 'answering', done: 'answered' }
};

export function ledger(state: ListState, scene: ListScene): LedgerRow[] {
	const { kind } = scene.settings;
	const rows: LedgerRow[] = [];
	const tally = openTally(state, scene.settings);
	for (const item of Object.values(state.items)) {
		const { is } = item.status;
		if (item.into !== null || !isShown(item) || !wantsAnswer(item, scene.settings)) continue;
		if (item.faq !== undefined) {
			// whoever finds it is not told in whose room it was asked either
			const data = { answer: item.answer?.text ?? null, unnamed: true };
			rows.push({
				id: item.id,
				kind: 'question',
				person: null,
				state: 'shared',
				due: null,
				text: item.text,
				data
			});
			continue;
		}
		rows.push({
			id: item.id,
			kind: kind === 'topic' ? 'topic' : 'question',
			person: item.owner?.id ?? null,
			state: WORDS[kind][is as 'open' | 'stage' | 'done'],
			due: item.due,
			text: item.text,
			data: { votes: tally[item.id] ?? 0, owner: item.owner?.name ?? null, answer: item.answer?.text ?? null }
		});
	}
	return rows;
}

const copy = ({ id, name }: Credit): Credit => ({ id, name });

/** What was answered, for a room that keeps it when the meeting is over: as everybody has seen it. */
export function answered(state: ListState, scene: ListScene) {
	const tally = openTally(state, scene.settings);
	return [...groups(state)].flatMap(([id, group]) => {
		const root = state.items[id]!;
		const shown = shownItem(root, group);
		if (shown?.status.is !== 'done') return [];
		const { text, askers, unnamed, status, answer } = shown;
		return {
			...{ id, text, unnamed, how: status.how, at: status.at },
			// copies: an event outlives the draft that a rule is given
			askers: askers.map(copy),
			meeting: root.meeting ?? scene.meeting,
			votes: tally[id] ?? 0,
			answer: answer && { text: answer.text, by: answer.by && copy(answer.by) }
		};
	});
}

/** What was not taken up opens the next meeting. Its votes are told as history; they give it no rank. */
export function carry(state: ListState, settings: Settings): ListState {
	const votes = openTally({ ...state, flow: { now: { ...beginning(settings), voting: false } } }, settings);
	const items: ListState['items'] = {};
	for (const item of Object.values(state.items)) {
		const root = state.items[rootOf(state.items, item.id)]!;
		if (!['open', 'stage', 'pending', 'returned'].includes(root.status.is)) continue;
		if (!wantsAnswer(root, settings)) continue;
		items[item.id] = {
			...item,
			status: item.status.is === 'stage' ? { is: 'open' } : item.status,
			starred: null,
			carried: { times: (item.carried?.times ?? 0) + 1, votes: votes[item.id] ?? 0 }
		};
	}
	const kept = <T extends { item: string }>(table: Record<string, T>) =>
		Object.fromEntries(Object.entries(table).filter(([, entry]) => items[entry.item]));
	const notices = Object.entries(state.notices).filter(([, notice]) => !notice.seen || items[notice.item]);
	return {
		items,
		askers: state.askers,
		replies: kept(state.replies),
		offers: kept(state.offers),
		notices: Object.fromEntries(notices),
		messages: {},
		flow: { now: beginning(settings) }
	};
}

/** When the time of what is on stage is over. */
export function due(state: ListState) {
	const item = onStage(state);
	if (item?.status.is !== 'stage' || !item.status.box || item.status.box.over) return null;
	return { at: item.status.box.endsAt, verb: 'boxOver', payload: { item: item.id } };
}

export function forget(state: ListState, person: string): void {
	setBallot(state, person, {});
	delete state.askers[person];
	for (const item of Object.values(state.items)) {
		if (item.author?.id === person) {
			item.author = null;
			// it was theirs to let it be found
			delete item.faq;
		}
		if (item.owner?.id === person) item.owner = null;
		if (item.answer?.by?.id === person) item.answer.by = null;
	}
	for (const [key, notice] of Object.entries(state.notices))
		if (notice.person === person) delete state.notices[key];
	for (const [key, reply] of Object.entries(state.replies))
		if (reply.by.id === person) delete state.replies[key];
	for (const [key, offer] of Object.entries(state.offers))
		if (offer.by.id === person) delete state.offers[key];
	for (const [key, message] of Object.entries(state.messages))
		if (message.by.id === person) delete state.messages[key];
}
