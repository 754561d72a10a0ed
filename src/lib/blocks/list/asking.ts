/** What everybody may do: ask, reword, withdraw, vote, offer to answer, reply. */
import * as v from 'valibot';
import { command, isRefusal, refuse } from '../block.ts';
import { id } from '../schemas.ts';
import { ballotOf, setBallot } from './ballots.ts';
import { rootOf, votesOf, type Item, type ListState } from './model.ts';
import { credit, creditOf, flowOf, show, standing, together } from './state.ts';
import type { Ctx } from './settings.ts';

export const words = (most: number) =>
	v.pipe(v.string(), v.trim(), v.minLength(1, 'Write something first.'), v.maxLength(most));

function tooLong(text: string, ctx: Ctx) {
	const most = ctx.settings.length;
	return text.length > most
		? refuse('too_long', 'Use at most {most} characters; these are {given}.', 'text', {
				most,
				given: text.length
			})
		: null;
}

/** One's own entry, as long as it is the author's to change. */
function own(state: ListState, item: string, ctx: Ctx) {
	const found = state.items[item];
	if (!found || found.author?.id !== ctx.by.id) return refuse('not_yours', 'This is not your entry.', 'item');
	return found;
}

/** Whether it waits for somebody to approve it. */
function waits(state: ListState, ctx: Ctx): boolean {
	return flowOf(state, ctx.settings).approve && ctx.by.role !== 'server' && !ctx.moderates(ctx.by.role);
}

export const asking = {
	submit: command(
		v.object({
			text: words(2000),
			anonymous: v.optional(v.boolean()),
			sort: v.optional(v.pipe(v.string(), v.maxLength(24))),
			/** Whose it is, where the server writes for somebody: a topic that was sealed before. */
			author: v.optional(v.nullable(id)),
			/** Votes that it had where the server takes it from. */
			before: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)))
		}),
		(state: ListState, { text, anonymous, sort, author, before }, ctx: Ctx) => {
			const { anonymity, cap, sorts } = ctx.settings;
			const server = ctx.by.role === 'server';
			if (!server && author !== undefined)
				return refuse('forbidden', 'An entry is its author’s own. Write it yourself.', 'author');
			const chosen = sort ?? sorts[0]?.value ?? null;
			if (chosen !== null && !sorts.some(({ value }) => value === chosen))
				return refuse('no_sort', 'Choose one of the sorts that there are here.', 'sort');
			if (!server && !flowOf(state, ctx.settings).asking)
				return refuse('closed', 'This list takes no new entries now.');
			const long = tooLong(text, ctx);
			if (long) return long;
			if (anonymous && anonymity === 'off')
				return refuse('signed', 'Here every entry carries its author’s name.', 'anonymous');
			if (anonymous === false && anonymity === 'required')
				return refuse('unsigned', 'Here no entry carries a name.', 'anonymous');
			const mine = Object.values(state.items).filter(
				(item) => item.author?.id === ctx.by.id && item.status.is !== 'dismissed' && item.carried === null
			);
			if (!server && cap !== null && mine.length >= cap)
				return refuse('cap', 'Each person can have {most} here. Withdraw one to add another.', undefined, {
					most: cap
				});
			const item: Item = {
				id: ctx.id(),
				text,
				author: server ? creditOf(author, ctx) : credit(ctx),
				anonymous: !server && (anonymity === 'required' || (anonymous ?? false)),
				asked: ctx.now,
				meeting: ctx.meeting,
				shown: null,
				first: false,
				status: { is: 'pending', reworded: false },
				into: null,
				note: null,
				sort: chosen,
				spent: 0,
				labels: [],
				pinned: false,
				starred: null,
				how: null,
				answer: null,
				owner: null,
				due: null,
				carried: null,
				...(server && before !== undefined ? { before } : {})
			};
			if (!waits(state, ctx)) show(state, item, ctx);
			state.items[item.id] = item;
			return { item: item.id, status: item.status.is };
		}
	),
	/** Says it anew: what was returned, or what still waits. */
	reword: command(v.object({ item: id, text: words(2000) }), (state: ListState, { item, text }, ctx: Ctx) => {
		const found = own(state, item, ctx);
		if (isRefusal(found)) return found;
		const long = tooLong(text, ctx);
		if (long) return long;
		if (found.into !== null || (found.status.is !== 'returned' && found.status.is !== 'pending'))
			return refuse('state', 'Others have seen this already. Withdraw it and write a new one.', 'item');
		found.text = text;
		found.status = { is: 'pending', reworded: found.note !== null };
		delete state.notices[`${item}/${ctx.by.id}`];
	}),
	withdraw: command(v.object({ item: id }), (state: ListState, { item }, ctx: Ctx) => {
		const found = own(state, item, ctx);
		if (isRefusal(found)) return found;
		if (!['pending', 'returned', 'open'].includes(found.status.is))
			return refuse('state', 'It has been on stage or was settled; it stays in the record.', 'item');
		remove(state, item);
	}),
	/** Sets my votes for an item: 1 gives one, 0 takes it back. The same twice is the same. */
	vote: command(
		v.object({
			item: id,
			votes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)), 1)
		}),
		(state: ListState, { item, votes }, ctx: Ctx) => {
			const { budget, perItem } = ctx.settings;
			if (!flowOf(state, ctx.settings).voting) return refuse('closed', 'Voting is closed.');
			const root = rootOf(state.items, item);
			const found = standing(state, root, 'open', 'stage');
			if (isRefusal(found)) return found;
			const given = votesOf(ballotOf(state, ctx.by.id), state.items, budget);
			if (votes === (given[root] ?? 0)) return;
			if (votes > perItem)
				return refuse('per_item', 'One entry takes at most {most} of your votes.', 'votes', {
					most: perItem
				});
			const spent = Object.values(given).reduce((sum, one) => sum + one, 0) - (given[root] ?? 0);
			if (budget !== null && spent + votes > budget)
				return refuse(
					'budget',
					'You have given all your votes, {budget}. Take one back to give it here.',
					'votes',
					{ budget }
				);
			const ballot = { ...ballotOf(state, ctx.by.id) };
			// and of what was withdrawn meanwhile
			for (const key of Object.keys(ballot))
				if (!state.items[key] || rootOf(state.items, key) === root) delete ballot[key];
			if (votes > 0) ballot[root] = votes;
			setBallot(state, ctx.by.id, ballot);
		},
		{ storm: true }
	),
	/** "I can answer this", "I could teach it". */
	offer: command(
		v.object({ item: id, on: v.optional(v.boolean(), true) }),
		(state: ListState, { item, on }, ctx: Ctx) => {
			if (!ctx.settings.offers) return refuse('off', 'This list takes no offers.');
			const found = standing(state, item, 'open', 'stage');
			if (isRefusal(found)) return found;
			const key = `${item}/${ctx.by.id}`;
			if (on) state.offers[key] = { item, by: credit(ctx) };
			else delete state.offers[key];
			ctx.emit(on ? 'offered' : 'unoffered', { item, person: ctx.by.id, text: found.text });
		}
	),
	reply: command(v.object({ item: id, text: words(1000) }), (state: ListState, { item, text }, ctx: Ctx) => {
		if (!ctx.settings.replies) return refuse('off', 'This list takes no replies.');
		const found = standing(state, item, 'open', 'stage', 'done');
		if (isRefusal(found)) return found;
		const reply = ctx.id();
		state.replies[reply] = { item, text, by: credit(ctx), at: ctx.now, shown: !waits(state, ctx) };
		return { reply };
	}),
	/** One's own reply; those who moderate take back anybody's. */
	unreply: command(v.object({ reply: id }), (state: ListState, { reply }, ctx: Ctx) => {
		const found = state.replies[reply];
		if (!found) return refuse('gone', 'This reply is no longer there.', 'reply');
		if (found.by.id !== ctx.by.id && !ctx.moderates(ctx.by.role))
			return refuse('not_yours', 'This is not your reply.', 'reply');
		delete state.replies[reply];
	}),
	/** I have read what became of my entry, or a message to me. */
	seen: command(
		v.object({
			notices: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(160))), v.maxLength(500)), []),
			messages: v.optional(v.array(id), [])
		}),
		(state: ListState, { notices, messages }, ctx: Ctx) => {
			for (const key of notices) {
				const notice = state.notices[key];
				if (notice?.person === ctx.by.id) notice.seen = true;
			}
			if (messages.length > 0 && !ctx.moderates(ctx.by.role))
				return refuse('forbidden', 'These messages are not for you.', 'messages');
			for (const key of messages) {
				const message = state.messages[key];
				if (message && message.by.id !== ctx.by.id) message.seen ??= { by: ctx.by.name, at: ctx.now };
			}
		}
	),
	/** Lets everybody in the workspace find it, with its answer and without a name; or no longer. The author's to say. */
	publish: command(
		v.object({ item: id, on: v.optional(v.boolean(), true) }),
		(state: ListState, { item, on }, ctx: Ctx) => {
			if (!ctx.settings.faq) return refuse('no_faq', 'Questions stay in this room.');
			const found = standing(state, item, 'done');
			if (isRefusal(found)) return found;
			if (together(state, item).some(({ author }) => author?.id !== ctx.by.id))
				return refuse('not_yours', 'Whoever asked decides whether others may find it.', 'item');
			if (!on) {
				delete found.faq;
				return;
			}
			if (found.answer === null)
				return refuse('no_answer', 'There is no answer in writing yet that others could find.', 'item');
			found.faq ??= ctx.now;
			ctx.emit('published', { item });
		}
	)
};

/** Takes an item out for good; what was merged into it stands for itself again. */
export function remove(state: ListState, item: string): void {
	delete state.items[item];
	for (const other of Object.values(state.items)) if (other.into === item) other.into = null;
	for (const [key, reply] of Object.entries(state.replies))
		if (reply.item === item) delete state.replies[key];
	for (const [key, offer] of Object.entries(state.offers)) if (offer.item === item) delete state.offers[key];
	for (const [key, notice] of Object.entries(state.notices))
		if (notice.item === item) delete state.notices[key];
}
