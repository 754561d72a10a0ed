/** Taking things up: on stage, answered, back, handed to somebody; and opening and closing the list. */
import * as v from 'valibot';
import { command, isRefusal, refuse } from '../block.ts';
import { id } from '../schemas.ts';
import { words } from './asking.ts';
import {
	inOrder,
	nextInTurn,
	sortInTurn,
	wantsAnswer,
	type Box,
	type Item,
	type ListState
} from './model.ts';
import { answered } from './projections.ts';
import { credit, flowOf, notify, onStage, openTally, standing, together } from './state.ts';
import type { Ctx } from './settings.ts';

/** The item on stage that whoever commands saw there. */
const expects = v.nullable(id);
const what = v.optional(v.picklist(['asking', 'voting', 'both']), 'both');
const DAY = 86_400_000;

function moved(state: ListState, seen: string | null) {
	const now = onStage(state);
	if ((now?.id ?? null) === seen) return null;
	return refuse('passed', 'Somebody else moved the stage on. Look again.', 'expects');
}

const MINUTE = 60_000;

function boxFor({ boxMinutes }: Ctx['settings'], now: number): Box | null {
	if (boxMinutes === null) return null;
	const total = Math.round(boxMinutes * MINUTE);
	return { endsAt: now + total, total, granted: 0, over: false };
}

function take(item: Item, ctx: Ctx): void {
	item.status = { is: 'stage', since: ctx.now, box: boxFor(ctx.settings, ctx.now) };
	item.starred = null;
	ctx.emit('staged', { item: item.id, text: item.text });
}

/** Off the stage: what it had there is added up. */
function leave(item: Item, ctx: Ctx): void {
	if (item.status.is === 'stage') item.spent += ctx.now - item.status.since;
}

function settle(state: ListState, item: Item, how: 'live' | 'writing', ctx: Ctx): void {
	leave(item, ctx);
	item.status = { is: 'done', how, at: ctx.now };
	item.how = how;
	item.pinned = false;
	item.starred = null;
	notify(
		state,
		item,
		'answered',
		{ note: item.answer?.text ?? null, by: ctx.by.name || null, due: null },
		ctx
	);
	for (const part of together(state, item.id)) if (part.author) ctx.touch(part.author.id);
	const answer = item.answer?.text ?? null;
	ctx.emit('answered', { item: item.id, text: item.text, how, answer, person: ctx.by.id });
}

/** What is on stage is done, and the next one goes on; null where nothing is left. */
function goOn(state: ListState, ctx: Ctx): string | null {
	const before = onStage(state);
	const turn = sortInTurn(Object.values(state.items), ctx.settings);
	if (before) settle(state, before, 'live', ctx);
	const waiting = Object.values(state.items)
		.filter((item) => item.into === null && item.status.is === 'open')
		.map((item) => ({ ...item, shown: item.shown ?? item.asked }));
	const ordered = inOrder(waiting, openTally(state, ctx.settings), flowOf(state, ctx.settings).order);
	const first = nextInTurn(ordered, turn, ctx.settings);
	const found = first && state.items[first.id];
	if (found) take(found, ctx);
	return found?.id ?? null;
}

/** The box of what is on stage, if it is this item. */
function boxOf(state: ListState, item: string): { found: Item; box: Box } | null {
	const found = onStage(state);
	if (found?.id !== item || found.status.is !== 'stage' || !found.status.box) return null;
	return { found, box: found.status.box };
}

function assign(
	state: ListState,
	item: Item,
	owner: { id: string; name: string },
	due: string,
	ctx: Ctx
): void {
	item.owner = { id: owner.id, name: owner.name };
	item.due = due;
	notify(state, item, 'assigned', { note: null, by: owner.name, due }, ctx);
	ctx.emit('assigned', { item: item.id, text: item.text, owner: owner.id, due });
}

export const queue = {
	/** Puts it on stage; what was there goes back to the queue. */
	stage: command(v.object({ item: id, expects }), (state: ListState, { item, expects }, ctx: Ctx) => {
		const late = moved(state, expects);
		if (late) return late;
		const found = standing(state, item, 'open');
		if (isRefusal(found)) return found;
		const before = onStage(state);
		if (before) {
			leave(before, ctx);
			before.status = { is: 'open' };
		}
		take(found, ctx);
	}),
	/** What is on stage was answered aloud; the next one goes on. */
	next: command(v.object({ expects }), (state: ListState, { expects }, ctx: Ctx) => {
		const late = moved(state, expects);
		if (late) return late;
		return { item: goOn(state, ctx) };
	}),
	/** More time for what is on stage (null: whatever it is), once the first box is not enough: so much, then less, then no more. */
	more: command(v.object({ item: expects }), (state: ListState, { item }, ctx: Ctx) => {
		const at = boxOf(state, item ?? onStage(state)?.id ?? '');
		// A vote that ends when the room is elsewhere already decides nothing.
		if (!at)
			return ctx.by.role === 'server'
				? undefined
				: refuse('passed', 'This is not on stage. Look again.', 'item');
		const minutes = ctx.settings.boxMore[at.box.granted];
		if (minutes === undefined) {
			if (ctx.by.role === 'server') return void goOn(state, ctx);
			return refuse('no_more', 'It was given all the time there is. Take the next one.');
		}
		const ms = Math.round(minutes * MINUTE);
		at.box.endsAt = Math.max(at.box.endsAt, ctx.now) + ms;
		at.box.total += ms;
		at.box.granted += 1;
		at.box.over = false;
		ctx.emit('extended', { item: at.found.id, minutes });
	}),
	/** The room has voted to go on; for a format to wire. */
	goOn: command(v.object({ item: expects }), (state: ListState, { item }, ctx: Ctx) => {
		const now = onStage(state);
		if (now && (item === null || now.id === item)) goOn(state, ctx);
	}),
	/** The server, when the time on stage is over. */
	boxOver: command(v.object({ item: id }), (state: ListState, { item }, ctx: Ctx) => {
		const at = boxOf(state, item);
		if (!at || at.box.endsAt > ctx.now)
			return refuse('not_yet', 'Its time is not over yet. Wait, or take the next one.');
		at.box.over = true;
		ctx.emit('boxOver', { item, text: at.found.text });
	}),
	/** Off the stage and into the queue again, unanswered. */
	back: command(v.object({ expects: id }), (state: ListState, { expects }, ctx: Ctx) => {
		const late = moved(state, expects);
		if (late) return late;
		const found = onStage(state);
		if (!found) return refuse('gone', 'Nothing is on stage.', 'expects');
		leave(found, ctx);
		found.status = { is: 'open' };
		if (found.author) ctx.touch(found.author.id);
	}),
	/** With words: in writing. Without: it was answered aloud. */
	answer: command(
		v.object({ item: id, text: v.optional(words(4000)) }),
		(state: ListState, { item, text }, ctx: Ctx) => {
			const found = standing(state, item, 'open', 'stage', 'done');
			if (isRefusal(found)) return found;
			const may = ctx.moderates(ctx.by.role) || found.owner?.id === ctx.by.id || ctx.by.role === 'server';
			if (!may) return refuse('not_yours', 'Reply to it, or ask the host to give it to you.', 'item');
			if (text === undefined && found.status.is === 'done')
				return refuse('done', 'This has been answered already.', 'item');
			if (text !== undefined) found.answer = { text, by: ctx.by.id ? credit(ctx) : null, at: ctx.now };
			settle(state, found, text === undefined ? 'live' : (found.how ?? 'writing'), ctx);
		}
	),
	/** Nobody's question stays nobody's: an owner and a date, and whoever asked is told. */
	assign: command(
		v.object({
			item: id,
			owner: id,
			/** Left out: by the format's date, or in a week. */
			due: v.optional(v.pipe(v.string(), v.isoDate('Give the date as 2026-05-14.')))
		}),
		(state: ListState, { item, owner, due: said }, ctx: Ctx) => {
			const due = said ?? usualDay(ctx);
			const found = standing(state, item, 'open', 'stage');
			if (isRefusal(found)) return found;
			if (!wantsAnswer(found, ctx.settings))
				return refuse('no_answer', 'Nobody has to answer this sort of entry.', 'item');
			const person = ctx.people[owner];
			if (!person) return refuse('gone', 'Choose somebody who is in the room.', 'owner');
			if (due < isoDate(ctx.now - DAY)) return refuse('past', 'Choose a date that is still to come.', 'due');
			assign(state, found, person, due, ctx);
		}
	),
	/** Gives everything that is open and nobody's to the one who holds a role; for a phase to run on entering. */
	handOut: command(
		v.object({
			role: v.pipe(v.string(), v.maxLength(40)),
			days: v.pipe(v.number(), v.integer(), v.minValue(0))
		}),
		(state: ListState, { role, days }, ctx: Ctx) => {
			const person = Object.values(ctx.people).find((one) => one.role === role);
			const open = Object.values(state.items).filter(
				(item) =>
					item.into === null &&
					item.owner === null &&
					wantsAnswer(item, ctx.settings) &&
					(item.status.is === 'open' || item.status.is === 'stage')
			);
			if (!person) return { assigned: 0 };
			for (const item of open) {
				leave(item, ctx);
				item.status = { is: 'open' };
				assign(state, item, person, isoDate(ctx.now + days * DAY), ctx);
			}
			return { assigned: open.length };
		}
	),
	/** Worth more than an answer; a format may wire it to another list. */
	promote: command(v.object({ item: id }), (state: ListState, { item }, ctx: Ctx) => {
		const found = standing(state, item, 'open', 'stage', 'done');
		if (isRefusal(found)) return found;
		if (found.promoted !== undefined) return refuse('promoted', 'This was passed on already.', 'item');
		found.promoted = ctx.now;
		const votes = openTally(state, ctx.settings)[item] ?? 0;
		ctx.emit('promoted', { item, text: found.text, votes });
	}),
	/** Says what was answered, all at once; for a format that lets the room keep it when the meeting is over. */
	handOn: command(v.object({}), (state: ListState, _, ctx: Ctx) => {
		ctx.emit('handedOn', { entries: answered(state, ctx) });
	}),
	open: command(v.object({ what }), (state: ListState, { what }, ctx: Ctx) => set(state, what, true, ctx)),
	close: command(v.object({ what }), (state: ListState, { what }, ctx: Ctx) => set(state, what, false, ctx)),
	/** In which order the room sees and takes them; everybody sees which. */
	order: command(
		v.object({ by: v.picklist(['votes', 'newest', 'first']) }),
		(state: ListState, { by }, ctx: Ctx) => {
			flowOf(state, ctx.settings).order = by;
		}
	),
	blank: command(v.object({ on: v.boolean() }), (state: ListState, { on }, ctx: Ctx) => {
		flowOf(state, ctx.settings).blank = on;
	})
};

function set(state: ListState, what: 'asking' | 'voting' | 'both', open: boolean, ctx: Ctx): void {
	const flow = flowOf(state, ctx.settings);
	if (what !== 'voting') flow.asking = open;
	if (what !== 'asking') flow.voting = open && ctx.settings.votes;
	ctx.emit(open ? 'opened' : 'closed', { what });
}

/** By when an answer is due where nobody says: by the date that the format names, if there is one to come. */
function usualDay({ settings: { dueBy }, facts, now }: Ctx): string {
	const [instance = '', fact = ''] = dueBy?.split('.') ?? [];
	const at = facts[instance]?.[fact];
	return isoDate(typeof at === 'number' && at > now ? at : now + 7 * DAY);
}

function isoDate(at: number): string {
	return new Date(at).toISOString().slice(0, 10);
}
