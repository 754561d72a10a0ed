/** Finding one's way in a list's state; for its rules and projections. */
import { refuse, type Refusal, type Text } from '../block.ts';
import { allBallots, limitBallots } from './ballots.ts';
import {
	rootOf,
	votesOf,
	type Credit,
	type Flow,
	type Item,
	type ListState,
	type Notice,
	type Status
} from './model.ts';
import type { Ctx, Settings } from './settings.ts';

export function initial(settings: Settings): ListState {
	return {
		items: {},
		askers: {},
		replies: {},
		offers: {},
		notices: {},
		messages: {},
		flow: { now: beginning(settings) }
	};
}

export function beginning(settings: Settings): Flow {
	return {
		asking: settings.asking,
		voting: settings.votes && settings.voting,
		approve: settings.moderation,
		order: settings.order,
		blank: false
	};
}

/** A switch that the room's settings changed is thrown; the others stay as somebody has put them. No more votes stay than there are. */
export function configured(state: ListState, before: Settings, settings: Settings): void {
	const [was, now] = [beginning(before), beginning(settings)];
	const changed = Object.entries(now).filter(([name, value]) => was[name as keyof Flow] !== value);
	state.flow.now = { ...flowOf(state, settings), ...Object.fromEntries(changed) };
	const votesIn = ({ budget, perItem }: Settings): [number, number] =>
		budget === null ? [Infinity, 1] : [budget, perItem];
	const [[most, each], [had, hadEach]] = [votesIn(settings), votesIn(before)];
	if (most < had || each < hadEach) limitBallots(state, most, each);
}

export function flowOf(state: ListState, settings: Settings): Flow {
	return (state.flow.now ??= beginning(settings));
}

const STATES: Record<Status['is'], Text> = {
	pending: { en: 'waiting for approval', de: 'noch nicht freigegeben' },
	returned: { en: 'returned to its author', de: 'zurückgegeben' },
	open: { en: 'open', de: 'offen' },
	stage: { en: 'on stage', de: 'gerade dran' },
	done: { en: 'answered', de: 'beantwortet' },
	dismissed: { en: 'dismissed', de: 'abgelehnt' },
	archived: { en: 'archived', de: 'im Archiv' }
};

/** An item that stands for itself and is in one of these states. */
export function standing(state: ListState, id: string, ...allowed: Status['is'][]): Item | Refusal {
	const item = state.items[id];
	if (!item) return refuse('gone', 'This entry is no longer there.', 'item');
	if (item.into !== null)
		return refuse('merged', 'This entry was merged into another one. Take it out first.', 'item');
	if (!allowed.includes(item.status.is))
		return refuse('state', 'This does not fit an entry that is {state}. Look again.', 'item', {
			state: STATES[item.status.is]
		});
	return item;
}

export const isShown = (item: Item) => ['open', 'stage', 'done'].includes(item.status.is);

export function onStage(state: ListState): Item | null {
	return Object.values(state.items).find((item) => item.into === null && item.status.is === 'stage') ?? null;
}

/** The item and everything that was merged into it. */
export function together(state: ListState, root: string): Item[] {
	return Object.values(state.items).filter((item) => rootOf(state.items, item.id) === root);
}

/** Votes by item. A person is one voter, whatever was merged. */
export function tally(state: ListState, settings: Settings): Record<string, number> {
	const sum: Record<string, number> = {};
	for (const ballot of allBallots(state))
		for (const [item, votes] of Object.entries(votesOf(ballot, state.items, settings.budget)))
			sum[item] = (sum[item] ?? 0) + votes;
	return sum;
}

/** What of it may be known now. */
export function openTally(state: ListState, settings: Settings): Record<string, number> {
	const hidden = settings.hideVotes && (state.flow.now ?? beginning(settings)).voting;
	return hidden ? {} : tally(state, settings);
}

export const credit = (ctx: Ctx): Credit => ({ id: ctx.by.id, name: ctx.by.name });

/** Of somebody in the room; null for nobody, and for whoever has left it. */
export function creditOf(person: string | null | undefined, ctx: Ctx): Credit | null {
	const member = person ? ctx.people[person] : undefined;
	return member ? { id: member.id, name: member.name } : null;
}

/** From now on the room sees it. */
export function show(state: ListState, item: Item, ctx: Ctx): void {
	item.status = { is: 'open' };
	item.shown ??= ctx.now;
	// Anonymous entries neither get the mark nor use it up: either would say something about who wrote them.
	if (item.author && !item.anonymous && !state.askers[item.author.id]) {
		item.first = true;
		state.askers[item.author.id] = true;
	}
	const owner = item.anonymous ? null : (item.author?.id ?? null);
	ctx.emit('added', { item: item.id, text: item.text, owner });
}

/** Tells everybody whose entry this is, or is part of it. */
export function notify(
	state: ListState,
	root: Item,
	what: Notice['what'],
	about: Pick<Notice, 'note' | 'by' | 'due'>,
	ctx: Ctx
): void {
	const items = what === 'merged' ? [root] : together(state, root.id);
	for (const item of items) {
		if (!item.author || item.author.id === ctx.by.id) continue;
		state.notices[`${item.id}/${item.author.id}`] = {
			item: item.id,
			person: item.author.id,
			what,
			text: item.text,
			...about,
			at: ctx.now,
			seen: false
		};
		ctx.touch(item.author.id);
	}
}
