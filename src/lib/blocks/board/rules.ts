import * as v from 'valibot';
import { written } from './found.ts';
import { command, defineBlock, refuse, type Context, type Scene } from '../block.ts';
import {
	DEFAULTS,
	FORMS,
	KNOWN_KINDS,
	MIRROR_FROM,
	type BoardOwn,
	type BoardRecord,
	type BoardSettings,
	type BoardState
} from './model.ts';
import { seed } from './seed.ts';

const text = v.object({ en: v.string(), de: v.optional(v.string()) });

const settings = v.object({
	shape: v.optional(v.picklist(['board', 'page']), DEFAULTS.shape),
	kinds: v.optional(
		v.pipe(
			v.array(
				v.union([
					v.picklist(KNOWN_KINDS),
					v.object({ name: v.pipe(v.string(), v.maxLength(40)), text, form: v.picklist(FORMS) })
				])
			),
			v.minLength(1)
		),
		DEFAULTS.kinds
	),
	checks: v.optional(v.array(v.picklist(['question', 'advice'])), DEFAULTS.checks),
	longest: v.optional(v.pipe(v.number(), v.integer(), v.minValue(20), v.maxValue(2000)), DEFAULTS.longest),
	attribution: v.optional(v.boolean(), DEFAULTS.attribution),
	budget: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)), DEFAULTS.budget),
	perNote: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), DEFAULTS.perNote),
	live: v.optional(v.boolean(), DEFAULTS.live),
	guide: v.optional(v.nullable(text), DEFAULTS.guide),
	prompts: v.optional(v.record(v.string(), v.array(text)), DEFAULTS.prompts),
	mirror: v.optional(
		v.nullable(v.object({ role: v.string(), most: v.pipe(v.number(), v.minValue(0), v.maxValue(1)), text })),
		DEFAULTS.mirror
	)
});

type Ctx = Context<BoardSettings>;

/** Ids of notes hold no slash, so that the key of a vote has one meaning. */
const note = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'Name a note by its id.'));
const keyOf = (note: string, person: string) => `${note}/${person}`;

function noteOf(key: string): string {
	return key.slice(0, key.indexOf('/'));
}

function votesOf(state: BoardState, person: string): Record<string, number> {
	const own: Record<string, number> = {};
	for (const [key, count] of Object.entries(state.votes)) {
		const note = noteOf(key);
		if (key === keyOf(note, person)) own[note] = count;
	}
	return own;
}

const spent = (own: Record<string, number>) => Object.values(own).reduce((sum, count) => sum + count, 0);

const isClosed = (state: BoardState) => state.voting.now?.status === 'closed';

const closed = () =>
	refuse('closed', 'The votes have been counted. Votes can be given again in the next round.');

export const board = defineBlock<BoardState, BoardSettings>({
	name: 'board',
	settings,
	finds: { written },
	initial: () => ({ votes: {}, voting: {}, written: {} }),
	commands: {
		vote: command(
			v.object({ note }),
			(state: BoardState, { note }, ctx: Ctx) => {
				if (isClosed(state)) return closed();
				const { budget, perNote } = ctx.settings;
				if (budget === 0) return refuse('no_votes', 'This board is not voted on.');
				const own = votesOf(state, ctx.by.id);
				if (spent(own) >= budget)
					return refuse(
						'spent',
						'You have given all your votes, {budget}. Take one back to give it to this note.',
						undefined,
						{ budget }
					);
				if ((own[note] ?? 0) >= perNote)
					return refuse('enough', 'A note takes {most} of your votes at most.', 'note', { most: perNote });
				state.votes[keyOf(note, ctx.by.id)] = (own[note] ?? 0) + 1;
				state.voting.now ??= { status: 'open' };
			},
			{ storm: true }
		),
		unvote: command(
			v.object({ note }),
			(state: BoardState, { note }, ctx: Ctx) => {
				if (isClosed(state)) return closed();
				const key = keyOf(note, ctx.by.id);
				const given = state.votes[key];
				if (given === undefined) return refuse('none', 'You gave this note no vote.', 'note');
				if (given > 1) state.votes[key] = given - 1;
				else delete state.votes[key];
			},
			{ storm: true }
		),
		/** Counts the votes and shows them to everybody. */
		tally: command(v.object({}), (state: BoardState, _, ctx: Ctx) => {
			if (isClosed(state)) return closed();
			state.voting.now = { status: 'closed' };
			ctx.emit('tallied', { votes: spent(state.votes) });
		}),
		/** Opens a new round without any votes. */
		revote: command(v.object({}), (state: BoardState, _, ctx: Ctx) => {
			state.votes = {};
			state.voting.now = { status: 'open' };
			ctx.touch('all');
		}),
		/** The server has counted who wrote what of the document stands. */
		credit: command(
			v.object({ meeting: v.number(), written: v.record(v.string(), v.pipe(v.number(), v.minValue(0))) }),
			(state: BoardState, { meeting, written }, ctx: Ctx) => {
				if (ctx.by.role !== 'server') return refuse('forbidden', 'Only the server counts who wrote what.');
				// Counted before the meeting ended, and come too late.
				if (meeting === ctx.meeting) state.written = written;
			}
		)
	},
	publish(state, scene) {
		const record: BoardRecord = { voting: {}, tally: {}, mirror: {} };
		const mirror = mirrored(state, scene);
		if (mirror) record.mirror.now = mirror;
		const now = state.voting.now;
		if (now) record.voting.now = { status: now.status, voted: voters(state) };
		if (isClosed(state) || scene.settings.live) record.tally = tally(state);
		return { record };
	},
	own(state, person, scene: Scene<BoardSettings>): BoardOwn {
		const votes = votesOf(state, person);
		return { votes, left: Math.max(0, scene.settings.budget - spent(votes)) };
	},
	facts: (state) => ({ voted: voters(state), counted: isClosed(state) }),
	seed,
	forget(state, person) {
		for (const key of Object.keys(state.votes))
			if (key === keyOf(noteOf(key), person)) delete state.votes[key];
		delete state.written[person];
	}
});

/** A role's share alone: what each person wrote is nobody's business. */
function mirrored(state: BoardState, { settings, people }: Scene<BoardSettings>) {
	if (settings.mirror === null) return null;
	const { role, most } = settings.mirror;
	const known = Object.entries(state.written).filter(([person]) => people[person]);
	const sum = (entries: typeof known) => entries.reduce((all, [, count]) => all + count, 0);
	const all = sum(known);
	if (all < MIRROR_FROM) return null;
	const share = sum(known.filter(([person]) => people[person]?.role === role)) / all;
	return { share: Math.round(share * 100) / 100, most };
}

function voters(state: BoardState): number {
	return new Set(Object.keys(state.votes).map((key) => key.slice(key.indexOf('/') + 1))).size;
}

function tally(state: BoardState): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const [key, count] of Object.entries(state.votes)) {
		const note = noteOf(key);
		counts[note] = (counts[note] ?? 0) + count;
	}
	return counts;
}
