import * as v from 'valibot';
import { command, defineBlock, isRefusal, refuse, type Context, type Refusal, type Scene } from '../block.ts';
import { id } from '../schemas.ts';
import { divide, merged } from './forming.ts';
import {
	DEFAULTS,
	turnIn,
	type Group,
	type GroupsOwn,
	type GroupsRecord,
	type GroupsSettings,
	type GroupsState,
	type Note
} from './model.ts';

const settings = v.object({
	who: v.optional(v.array(v.string()), DEFAULTS.who),
	length: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2000)), DEFAULTS.length),
	picks: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)), DEFAULTS.picks)
});

type Ctx = Context<GroupsSettings>;

/** Notes of one group at most. */
const MOST = 100;
const text = v.pipe(v.string(), v.trim(), v.minLength(1, 'Write something first.'), v.maxLength(4000));

function sits({ settings, people }: Scene<GroupsSettings>, person: string): boolean {
	const member = people[person];
	return member !== undefined && (settings.who.length === 0 || settings.who.includes(member.role));
}

const groupOf = (state: GroupsState, person: string): Group | null =>
	Object.values(state.groups).find(({ members }) => members.includes(person)) ?? null;

function touchGroup({ members }: Group, ctx: Ctx): void {
	for (const person of members) ctx.touch(person);
}

/** A note of the group that whoever asks sits in. */
function ours(state: GroupsState, note: string, ctx: Ctx): { found: Note; group: Group } | Refusal {
	const group = groupOf(state, ctx.by.id);
	const found = state.notes[note];
	if (!group || found?.group !== group.id)
		return refuse('gone', 'This note is not in your group any more.', 'note');
	if (state.now.size === 0)
		return refuse('shown', 'Everybody has seen the notes already; they stay as they are.', 'note');
	return { found, group };
}

function tooLong(written: string, { settings }: Ctx): Refusal | null {
	if (written.length <= settings.length) return null;
	return refuse('too_long', 'Use at most {most} characters; these are {given}.', 'text', {
		most: settings.length,
		given: written.length
	});
}

export const groups = defineBlock<GroupsState, GroupsSettings>({
	name: 'groups',
	settings,
	finds: { published: { notes: { texts: ['text'] } }, own: { notes: ['text'] } },
	initial: () => ({ now: {}, groups: {}, notes: {} }),
	commands: {
		/** Puts people together in this size, from the groups that there are; what they wrote goes along. */
		form: command(
			v.object({ size: v.picklist([0, 1, 2, 3, 4]) }),
			(state: GroupsState, { size }, ctx: Ctx) => {
				const people = Object.keys(ctx.people).filter((person) => sits(ctx, person));
				if (people.length === 0) return refuse('nobody', 'Nobody is here to sit together yet.');
				const before = state.now.size;
				// Going back a phase takes no group apart: what pairs wrote together belongs to both.
				if (
					before !== undefined &&
					before !== 1 &&
					(size === 1 || (size !== 0 && before >= size) || before === 0)
				)
					return ctx.by.role === 'server'
						? undefined
						: refuse('formed', 'These groups sit together already.');
				const formed =
					before === undefined || before === 1
						? divide(ctx.shuffle(people), size, () => ctx.id())
						: merged(Object.values(state.groups), size, people, () => ctx.id());
				// Somebody who has left belongs to no new group, but what they wrote goes where their neighbours go.
				const home = new Map<string, string>();
				for (const old of Object.values(state.groups)) {
					const next =
						formed.find(({ members }) => old.members.some((person) => members.includes(person))) ?? formed[0];
					if (next) home.set(old.id, next.id);
				}
				for (const note of Object.values(state.notes)) {
					note.from = state.groups[note.group]?.number ?? note.from;
					note.group = home.get(note.group) ?? note.group;
				}
				state.groups = Object.fromEntries(formed.map((group) => [group.id, group]));
				state.now = { size };
				ctx.touch('all');
				ctx.emit('formed', { size, groups: formed.length });
			}
		),
		/** In every group it is the turn of the next one. */
		turn: command(
			v.object({
				n: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)),
				listens: v.optional(v.boolean(), false)
			}),
			(state: GroupsState, turn, ctx: Ctx) => {
				if (state.now.size === undefined) return refuse('not_yet', 'The groups are not formed yet.');
				state.now.turn = turn;
				ctx.emit('turned', { n: turn.n });
			}
		),
		/** For whoever came late: a seat in the smallest group. */
		join: command(v.object({}), (state: GroupsState, _, ctx: Ctx) => {
			if (!sits(ctx, ctx.by.id)) return refuse('no_seat', 'Your role sits in no group here.');
			if (groupOf(state, ctx.by.id)) return;
			const all = Object.values(state.groups);
			if (state.now.size === undefined || all.length === 0)
				return refuse('not_yet', 'The groups are not formed yet.');
			if (state.now.size === 1) {
				const alone = { id: ctx.id(), size: 1 as const, members: [ctx.by.id], number: all.length + 1 };
				state.groups[alone.id] = alone;
				return;
			}
			const smallest = all.reduce((a, b) => (b.members.length < a.members.length ? b : a));
			smallest.members.push(ctx.by.id);
			touchGroup(smallest, ctx);
		}),
		write: command(v.object({ text }), (state: GroupsState, { text }, ctx: Ctx) => {
			const group = groupOf(state, ctx.by.id);
			if (!group) return refuse('no_group', 'You sit in no group yet. Join one first.');
			if (state.now.turn?.listens && turnIn(group, state.now.turn) === ctx.by.id)
				return refuse(
					'listens',
					'The others consult now, and you only listen. You can write in the next step.'
				);
			if (group.size === 0) return refuse('shown', 'Everybody sits together now. Say it aloud.');
			const long = tooLong(text, ctx);
			if (long) return long;
			if (Object.values(state.notes).filter((note) => note.group === group.id).length >= MOST)
				return refuse('full', 'A group has at most {most} notes. Take one away first.', undefined, {
					most: MOST
				});
			const note: Note = {
				id: ctx.id(),
				group: group.id,
				text,
				person: ctx.by.id,
				size: group.size,
				from: group.number,
				picked: false,
				at: ctx.now
			};
			state.notes[note.id] = note;
			touchGroup(group, ctx);
			return { note: note.id };
		}),
		/** What a group has, all of it may reword. */
		reword: command(v.object({ note: id, text }), (state: GroupsState, { note, text }, ctx: Ctx) => {
			const at = ours(state, note, ctx);
			if (isRefusal(at)) return at;
			const long = tooLong(text, ctx);
			if (long) return long;
			at.found.text = text;
			touchGroup(at.group, ctx);
		}),
		drop: command(v.object({ note: id }), (state: GroupsState, { note }, ctx: Ctx) => {
			const at = ours(state, note, ctx);
			if (isRefusal(at)) return at;
			delete state.notes[note];
			touchGroup(at.group, ctx);
		}),
		/** What the group takes to everybody. */
		pick: command(
			v.object({ note: id, on: v.optional(v.boolean(), true) }),
			(state: GroupsState, { note, on }, ctx: Ctx) => {
				const at = ours(state, note, ctx);
				if (isRefusal(at)) return at;
				const picked = Object.values(state.notes).filter(
					(one) => one.group === at.group.id && one.picked && one.id !== note
				);
				const { picks } = ctx.settings;
				if (on && picked.length >= picks)
					return refuse('enough', 'A group takes {most} to everybody. Put one back first.', 'note', {
						most: picks
					});
				at.found.picked = on;
				touchGroup(at.group, ctx);
			}
		)
	},
	publish(state) {
		const notes = Object.values(state.notes);
		const record: GroupsRecord = {
			now: state.now,
			groups: Object.fromEntries(
				Object.values(state.groups).map((group) => [
					group.id,
					{ ...group, notes: notes.filter((note) => note.group === group.id).length }
				])
			),
			notes: {}
		};
		if (state.now.size === 0)
			for (const { id, text, size, picked, from } of notes)
				record.notes[id] = { id, text, size, picked, group: from };
		return { record };
	},
	own(state, person): GroupsOwn {
		const group = groupOf(state, person);
		if (!group || group.size === 0) return { group, notes: [] };
		return {
			group,
			notes: Object.values(state.notes)
				.filter((note) => note.group === group.id)
				.sort((a, b) => a.at - b.at)
				.map(({ person: by, group: _, ...note }) => ({ ...note, mine: by === person }))
		};
	},
	facts: (state) => ({
		size: state.now.size ?? null,
		groups: Object.keys(state.groups).length,
		notes: Object.keys(state.notes).length,
		picked: Object.values(state.notes).filter((note) => note.picked).length
	}),
	forget(state, person) {
		for (const group of Object.values(state.groups))
			group.members = group.members.filter((member) => member !== person);
		for (const [key, note] of Object.entries(state.notes))
			if (note.person === person) delete state.notes[key];
	}
});
