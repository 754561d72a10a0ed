/** What those who moderate do with what others wrote: let it through, send it back, join it. They never edit it. */
import * as v from 'valibot';
import { command, isRefusal, refuse } from '../block.ts';
import { id } from '../schemas.ts';
import { words } from './asking.ts';
import { voters } from './ballots.ts';
import type { ListState } from './model.ts';
import { credit, flowOf, notify, show, standing } from './state.ts';
import type { Ctx } from './settings.ts';

const item = v.object({ item: id });
const withReason = v.object({ item: id, reason: words(500) });
const on = v.optional(v.boolean(), true);

export const moderating = {
	approve: command(item, (state: ListState, { item }, ctx: Ctx) => {
		const found = standing(state, item, 'pending');
		if (isRefusal(found)) return found;
		show(state, found, ctx);
		if (found.author) ctx.touch(found.author.id);
	}),
	/** Back to its author, who alone sees why and can say it anew. */
	return: command(withReason, (state: ListState, { item, reason }, ctx: Ctx) => {
		const found = standing(state, item, 'pending', 'open');
		if (isRefusal(found)) return found;
		found.status = { is: 'returned' };
		found.note = { text: reason, by: ctx.by.name, at: ctx.now };
		notify(state, found, 'returned', { note: reason, by: ctx.by.name, due: null }, ctx);
	}),
	dismiss: command(withReason, (state: ListState, { item, reason }, ctx: Ctx) => {
		const found = standing(state, item, 'pending', 'returned', 'open', 'stage');
		if (isRefusal(found)) return found;
		found.status = { is: 'dismissed', reason, at: ctx.now };
		notify(state, found, 'dismissed', { note: reason, by: ctx.by.name, due: null }, ctx);
	}),
	archive: command(item, (state: ListState, { item }, ctx: Ctx) => {
		const found = standing(state, item, 'open', 'done');
		if (isRefusal(found)) return found;
		found.status = { is: 'archived', from: found.status.is === 'done' ? 'done' : 'open', at: ctx.now };
		if (found.author) ctx.touch(found.author.id);
	}),
	/** Back to where it was: from the archive, from what was dismissed, from what was answered into the queue. */
	restore: command(item, (state: ListState, { item }, ctx: Ctx) => {
		const found = standing(state, item, 'archived', 'dismissed', 'done');
		if (isRefusal(found)) return found;
		if (found.status.is === 'archived' && found.status.from === 'done')
			found.status = { is: 'done', how: found.how ?? 'live', at: ctx.now };
		else if (found.shown === null) found.status = { is: 'pending', reworded: found.note !== null };
		else {
			found.status = { is: 'open' };
			found.how = null;
		}
		for (const [key, notice] of Object.entries(state.notices))
			if (notice.item === item && (notice.what === 'dismissed' || notice.what === 'answered'))
				delete state.notices[key];
		if (found.author) ctx.touch(found.author.id);
	}),
	/** Nothing is lost: votes are counted once a person, everybody who asked is credited, and it can be undone. */
	merge: command(v.object({ item: id, into: id }), (state: ListState, { item, into }, ctx: Ctx) => {
		if (item === into) return refuse('same', 'Choose another entry to merge it into.', 'into');
		const from = standing(state, item, 'pending', 'open');
		if (isRefusal(from)) return from;
		const to = standing(state, into, 'open', 'stage');
		if (isRefusal(to)) return { ...to, field: 'into' };
		from.into = into;
		notify(state, from, 'merged', { note: to.text, by: ctx.by.name, due: null }, ctx);
		touchVoters(state, ctx);
	}),
	unmerge: command(item, (state: ListState, { item }, ctx: Ctx) => {
		const found = state.items[item];
		if (!found || found.into === null) return refuse('gone', 'This entry stands for itself already.', 'item');
		found.into = null;
		if (found.author) {
			delete state.notices[`${item}/${found.author.id}`];
			ctx.touch(found.author.id);
		}
		touchVoters(state, ctx);
	}),
	label: command(
		v.object({ item: id, labels: v.pipe(v.array(words(30)), v.maxLength(5)) }),
		(state: ListState, { item, labels }) => {
			const found = state.items[item];
			if (!found) return refuse('gone', 'This entry is no longer there.', 'item');
			found.labels = [...new Set(labels)];
		}
	),
	pin: command(v.object({ item: id, on }), (state: ListState, { item, on }) => {
		const found = standing(state, item, 'open');
		if (isRefusal(found)) return found;
		found.pinned = on;
	}),
	/** Ask this one next; of several, the one marked first. */
	star: command(v.object({ item: id, on }), (state: ListState, { item, on }, ctx: Ctx) => {
		const found = standing(state, item, 'open');
		if (isRefusal(found)) return found;
		found.starred = on ? (found.starred ?? ctx.now) : null;
	}),
	admitReply: command(v.object({ reply: id, ok: on }), (state: ListState, { reply, ok }) => {
		const found = state.replies[reply];
		if (!found) return refuse('gone', 'This reply is no longer there.', 'reply');
		if (ok) found.shown = true;
		else delete state.replies[reply];
	}),
	approveFirst: command(v.object({ on: v.boolean() }), (state: ListState, { on }, ctx: Ctx) => {
		flowOf(state, ctx.settings).approve = on;
	}),
	/** A word backstage: only those who moderate see it, and the answering one confirms it. */
	tell: command(v.object({ text: words(280) }), (state: ListState, { text }, ctx: Ctx) => {
		const message = ctx.id();
		state.messages[message] = { text, by: credit(ctx), at: ctx.now, seen: null };
		return { message };
	})
};

/** Their votes now count for another item. */
function touchVoters(state: ListState, ctx: Ctx): void {
	for (const person of voters(state)) ctx.touch(person);
}
