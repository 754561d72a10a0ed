import * as v from 'valibot';
import { command, defineBlock, refuse, type Context, type Refusal, type Scene } from '../block.ts';
import { paired, single, totals } from './count.ts';
import {
	ballotKey,
	lastRound,
	ROMAN,
	type Option,
	type Poll,
	type PollOwn,
	type PollRecord,
	type PollState,
	type Result,
	type Round,
	type Turnout
} from './model.ts';
import { settings, type Settings } from './settings.ts';

type Ctx = Context<Settings>;

const id = v.pipe(v.string(), v.maxLength(64));
const line = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most));
/** The poll that whoever moves it sees; null: none. Steps and wires of the format need not say. */
const expects = v.optional(v.nullable(id));

const byServer = (ctx: Ctx) => ctx.by.role === 'server';

function votes(role: string, { voters }: Settings): boolean {
	return voters.length === 0 || voters.includes(role);
}

function current(state: PollState): Poll | null {
	return state.current.poll === undefined ? null : (state.polls[state.current.poll] ?? null);
}

function passed(state: PollState, seen: string | null | undefined, ctx: Ctx): Refusal | null {
	if (seen === undefined && byServer(ctx)) return null;
	if (seen === undefined)
		return refuse('expects', 'Say which poll this is about: its id, or null.', 'expects');
	if (seen === (state.current.poll ?? null)) return null;
	return refuse('passed', 'Another poll is up now. Look again.', 'expects');
}

function ballotsOf(state: PollState, poll: string, round: Round): Record<string, string> {
	const prefix = ballotKey(poll, round, '');
	const ballots: Record<string, string> = {};
	for (const [key, choice] of Object.entries(state.ballots))
		if (key.startsWith(prefix)) ballots[key.slice(prefix.length)] = choice;
	return ballots;
}

function destroyBallots(state: PollState, poll: string): void {
	for (const key of Object.keys(state.ballots)) if (key.startsWith(`${poll}/`)) delete state.ballots[key];
}

function turnout(state: PollState, poll: string, round: Round, scene: Scene<Settings>): Turnout {
	const prefix = ballotKey(poll, round, '');
	const voted = Object.keys(state.ballots).filter((key) => key.startsWith(prefix)).length;
	const people = Object.values(scene.people).filter((one) => votes(one.role, scene.settings)).length;
	// Whoever voted and left the room since still belongs to those who could.
	return { voted, of: Math.max(people, voted) };
}

function scaleOptions({ scale }: Settings): Option[] {
	const { from, to } = scale;
	return Array.from({ length: Math.max(0, to - from) + 1 }, (_, step) => ({
		id: String(from + step),
		text: { en: String(from + step) }
	}));
}

function optionsFor(kind: Poll['kind'], own: string[] | undefined, given: Settings): Option[] | Refusal {
	if (kind === 'roman') return ROMAN.map((option) => ({ ...option }));
	if (kind === 'scale') return scaleOptions(given);
	if (own) {
		if (new Set(own).size < own.length)
			return refuse('double', 'Two options read the same. Change one of them.', 'options');
		return own.map((text, index) => ({ id: String(index + 1), text: { en: text } }));
	}
	if (given.options.length < 2)
		return refuse('no_options', 'Give at least two options to choose from.', 'options');
	return given.options;
}

/** Counts the last round, and with the ballots destroys what pairs a before with an after. */
function countUp(state: PollState, poll: Poll, ctx: Ctx): void {
	const { settings } = ctx;
	const of = (round: Round) => ballotsOf(state, poll.id, round);
	const sides = settings.sides.length > 0 ? settings.sides : poll.options.map((option) => option.id);
	state.results[poll.id] = poll.paired
		? paired(poll.options, of('before'), of('after'), sides, settings)
		: single(poll.options, of('once'), settings.least, { scale: poll.kind === 'scale', named: poll.named });
	destroyBallots(state, poll.id);
}

function closeRound(state: PollState, poll: Poll, round: Round, ctx: Ctx): void {
	poll.turnout[round] = turnout(state, poll.id, round, ctx);
	poll.stage = { is: 'closed', round };
	if (round === lastRound(poll)) countUp(state, poll, ctx);
	ctx.touch('all');
	ctx.emit('closed', { poll: poll.id, about: poll.about, round });
	// What everybody watched has nothing left to reveal.
	if (round === lastRound(poll) && (ctx.settings.revealAtClose || !poll.sealed)) reveal(state, poll, ctx);
}

/** The option that a result speaks for, where it speaks for one. */
function outcome(result: Result): string | null {
	if (result.is === 'few') return null;
	if (result.is === 'single') return result.leading;
	return result.verdict.is === 'won' ? result.verdict.option : null;
}

function reveal(state: PollState, poll: Poll, ctx: Ctx): void {
	poll.stage = { is: 'revealed' };
	const result = state.results[poll.id];
	const option = result ? outcome(result) : null;
	ctx.emit('revealed', { poll: poll.id, about: poll.about, option });
	// One event an outcome, so that a format can wire each to something else.
	if (option !== null) ctx.emit(`won.${option}`, { poll: poll.id, about: poll.about });
}

const opening = v.object({
	expects,
	round: v.optional(v.picklist(['before', 'after'])),
	kind: v.optional(v.picklist(['choice', 'roman', 'scale'])),
	question: v.optional(line(280)),
	options: v.optional(v.pipe(v.array(line(80)), v.minLength(2), v.maxLength(8))),
	about: v.optional(id),
	seconds: v.optional(v.pipe(v.number(), v.minValue(5), v.maxValue(3600)))
});

type Opening = v.InferOutput<typeof opening>;

function endsAt(seconds: number | undefined, ctx: Ctx): number | null {
	const length = seconds ?? ctx.settings.seconds;
	return length === null ? null : ctx.now + length * 1000;
}

function begin(state: PollState, asked: Opening, ctx: Ctx): Refusal | { poll: string } {
	const kind = asked.kind ?? (asked.options ? 'choice' : ctx.settings.kind);
	const options = optionsFor(kind, asked.options, ctx.settings);
	if ('refused' in options) return options;
	const poll: Poll = {
		id: ctx.id(),
		kind,
		question: asked.question ? { en: asked.question } : ctx.settings.question,
		authored: asked.question !== undefined,
		about: asked.about ?? null,
		options,
		paired: ctx.settings.paired,
		named: ctx.settings.named,
		sealed: ctx.settings.sealed,
		opened: ctx.now,
		stage: {
			is: 'open',
			round: ctx.settings.paired ? 'before' : 'once',
			since: ctx.now,
			endsAt: endsAt(asked.seconds, ctx)
		},
		turnout: {}
	};
	state.polls[poll.id] = poll;
	state.current = { poll: poll.id };
	ctx.touch('all');
	ctx.emit('opened', { poll: poll.id, about: poll.about });
	return { poll: poll.id };
}

/** Opens the first round again while its ballots are there, or the second one. */
function openRound(poll: Poll, round: Round, asked: Opening, ctx: Ctx): { poll: string } {
	poll.stage = { is: 'open', round, since: ctx.now, endsAt: endsAt(asked.seconds, ctx) };
	delete poll.turnout[round];
	ctx.touch('all');
	ctx.emit('opened', { poll: poll.id, about: poll.about });
	return { poll: poll.id };
}

/**
 * What opening means depends on how far the paired poll is. Steps of a phase may come twice, when the meeting goes
 * back and forth: what is open or over already is left as it is, so that they never hold up the meeting.
 */
function openPaired(
	state: PollState,
	poll: Poll | null,
	asked: Opening,
	ctx: Ctx
): Refusal | { poll: string } {
	const round = asked.round ?? (poll?.stage.is === 'closed' ? 'after' : 'before');
	if (!poll || (poll.stage.is === 'revealed' && round === 'before' && !byServer(ctx))) {
		if (round === 'after')
			return refuse('no_before', 'There was no vote before: open that one first.', 'round');
		return begin(state, asked, ctx);
	}
	const { stage } = poll;
	if (stage.is === 'closed' && stage.round === 'before') return openRound(poll, round, asked, ctx);
	if (stage.is === 'open' && stage.round === 'before' && round === 'after' && byServer(ctx)) {
		closeRound(state, poll, 'before', ctx);
		return openRound(poll, 'after', asked, ctx);
	}
	if (byServer(ctx)) return { poll: poll.id };
	if (stage.is === 'open') return refuse('open', 'This vote is open already. Close it first.');
	return refuse('counted', 'Both votes are over and counted; they cannot be opened again.');
}

export const poll = defineBlock<PollState, Settings>({
	name: 'poll',
	settings,
	initial: () => ({ polls: {}, current: {}, ballots: {}, results: {} }),
	commands: {
		open: command(opening, (state: PollState, asked, ctx: Ctx) => {
			const wrong = passed(state, asked.expects, ctx);
			if (wrong) return wrong;
			const poll = current(state);
			if (ctx.settings.paired) return openPaired(state, poll, asked, ctx);
			if (poll?.stage.is === 'open') {
				if (!byServer(ctx)) return refuse('open', 'A vote is open already. Close it first.');
				if (asked.about === undefined || asked.about === poll.about) return { poll: poll.id };
				closeRound(state, poll, 'once', ctx);
			}
			return begin(state, asked, ctx);
		}),
		vote: command(
			v.object({ poll: id, choice: v.nullable(v.pipe(v.string(), v.maxLength(24))) }),
			(state: PollState, { poll: seen, choice }, ctx: Ctx) => {
				const poll = current(state);
				if (!poll || poll.id !== seen)
					return refuse('passed', 'Another vote is up now. Look again, then vote.', 'poll');
				if (poll.stage.is !== 'open') return refuse('closed', 'This vote is closed.');
				if (!votes(ctx.by.role, ctx.settings)) return refuse('no_vote', 'Your role does not vote here.');
				const key = ballotKey(poll.id, poll.stage.round, ctx.by.id);
				if (choice === null) {
					delete state.ballots[key];
					return;
				}
				if (!poll.options.some((option) => option.id === choice))
					return refuse('no_option', 'Choose one of the options of this vote.', 'choice');
				state.ballots[key] = choice;
			},
			{ storm: true }
		),
		close: command(v.object({ expects }), (state: PollState, { expects }, ctx: Ctx) => {
			const wrong = passed(state, expects, ctx);
			if (wrong) return wrong;
			const poll = current(state);
			if (poll?.stage.is === 'open') return closeRound(state, poll, poll.stage.round, ctx);
			if (!byServer(ctx)) return refuse('closed', 'No vote is open.');
		}),
		reveal: command(v.object({ expects }), (state: PollState, { expects }, ctx: Ctx) => {
			const wrong = passed(state, expects, ctx);
			if (wrong) return wrong;
			const poll = current(state);
			const done = () => poll?.stage.is === 'closed' && poll.stage.round === lastRound(poll);
			if (byServer(ctx) && poll?.stage.is === 'open' && poll.stage.round === lastRound(poll))
				closeRound(state, poll, poll.stage.round, ctx);
			if (poll && done()) {
				reveal(state, poll, ctx);
				return;
			}
			if (byServer(ctx)) return;
			if (!poll) return refuse('none', 'There is no vote to reveal.');
			if (poll.stage.is === 'revealed') return refuse('revealed', 'The result is open already.');
			if (poll.stage.is === 'open') return refuse('open', 'Close the vote first, then reveal it.');
			return refuse('no_after', 'The vote after has not taken place yet. Open it, and reveal both together.');
		}),
		/** Takes a vote back that was opened by mistake. What is revealed stays. */
		cancel: command(v.object({ expects }), (state: PollState, { expects }, ctx: Ctx) => {
			const wrong = passed(state, expects, ctx);
			if (wrong) return wrong;
			const poll = current(state);
			if (!poll) return refuse('none', 'There is no vote to take back.');
			if (poll.stage.is === 'revealed') return refuse('revealed', 'The result is open already and stays.');
			destroyBallots(state, poll.id);
			delete state.polls[poll.id];
			delete state.results[poll.id];
			state.current = {};
			ctx.touch('all');
		})
	},
	publish(state, scene) {
		const record: PollRecord = {
			polls: state.polls,
			current: state.current,
			turnout: {},
			live: {},
			results: Object.fromEntries(
				Object.entries(state.results).filter(([id]) => state.polls[id]?.stage.is === 'revealed')
			)
		};
		const poll = current(state);
		if (poll?.stage.is === 'open') {
			record.turnout[poll.id] = turnout(state, poll.id, poll.stage.round, scene);
			const ballots = Object.values(ballotsOf(state, poll.id, poll.stage.round));
			if (!poll.sealed && !poll.paired && ballots.length >= scene.settings.least)
				record.live[poll.id] = totals(poll.options, ballots);
		}
		return { record };
	},
	own(state, person): PollOwn {
		const poll = current(state);
		if (poll?.stage.is !== 'open') return null;
		const { round } = poll.stage;
		const choice = state.ballots[ballotKey(poll.id, round, person)];
		return choice === undefined ? null : { poll: poll.id, round, choice };
	},
	facts(state, scene) {
		const poll = current(state);
		const stage = poll?.stage;
		const now = poll && stage?.is === 'open' ? turnout(state, poll.id, stage.round, scene) : null;
		return {
			polls: Object.keys(state.polls).length,
			open: stage?.is === 'open',
			revealed: stage?.is === 'revealed',
			votedBefore: poll?.turnout.before !== undefined,
			counted: poll !== null && poll.turnout[lastRound(poll)] !== undefined,
			voted: now?.voted ?? 0,
			of: now?.of ?? 0
		};
	},
	due(state) {
		const poll = current(state);
		if (poll?.stage.is !== 'open' || poll.stage.endsAt === null) return null;
		return { at: poll.stage.endsAt, verb: 'close', payload: { expects: poll.id } };
	},
	forget(state, person) {
		for (const key of Object.keys(state.ballots)) if (key.endsWith(`/${person}`)) delete state.ballots[key];
		for (const result of Object.values(state.results))
			if (result.is === 'single' && result.by) delete result.by[person];
	}
});
