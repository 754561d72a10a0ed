/** A round from its opening to its reveal: who voted, how many, and what remains when it has closed. */
import * as v from 'valibot';
import { refuse, type Context, type Refusal, type Scene } from '../block.ts';
import { id } from '../schemas.ts';
import { paired, single } from './count.ts';
import {
	ballotKey,
	lastRound,
	type Poll,
	type PollState,
	type Result,
	type Round,
	type Turnout
} from './model.ts';
import type { Settings } from './settings.ts';

export type Ctx = Context<Settings>;

export const line = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most));
/** The poll that whoever moves it sees; null: none. Steps and wires of the format need not say. */
export const expects = v.optional(v.nullable(id));

export const byServer = (ctx: Ctx) => ctx.by.role === 'server';

export function votes(role: string, { voters }: Settings): boolean {
	return voters.length === 0 || voters.includes(role);
}

export function current(state: PollState): Poll | null {
	return state.current.poll === undefined ? null : (state.polls[state.current.poll] ?? null);
}

export function passed(state: PollState, seen: string | null | undefined, ctx: Ctx): Refusal | null {
	if (seen === undefined && byServer(ctx)) return null;
	if (seen === undefined)
		return refuse('expects', 'Say which poll this is about: its id, or null.', 'expects');
	if (seen === (state.current.poll ?? null)) return null;
	return refuse('passed', 'Another poll is up now. Look again.', 'expects');
}

export function ballotsOf(state: PollState, poll: string, round: Round): Record<string, string> {
	const prefix = ballotKey(poll, round, '');
	const ballots: Record<string, string> = {};
	for (const [key, choice] of Object.entries(state.ballots))
		if (key.startsWith(prefix)) ballots[key.slice(prefix.length)] = choice;
	return ballots;
}

export function destroyBallots(state: PollState, poll: string): void {
	for (const key of Object.keys(state.ballots)) if (key.startsWith(`${poll}/`)) delete state.ballots[key];
}

export function turnout(state: PollState, poll: string, round: Round, scene: Scene<Settings>): Turnout {
	const prefix = ballotKey(poll, round, '');
	const voted = Object.keys(state.ballots).filter((key) => key.startsWith(prefix)).length;
	const people = Object.values(scene.people).filter((one) => votes(one.role, scene.settings)).length;
	// Whoever voted and left the room since still belongs to those who could.
	return { voted, of: Math.max(people, voted) };
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

export function closeRound(state: PollState, poll: Poll, round: Round, ctx: Ctx): void {
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

export function reveal(state: PollState, poll: Poll, ctx: Ctx): void {
	poll.stage = { is: 'revealed' };
	const result = state.results[poll.id];
	const option = result ? outcome(result) : null;
	ctx.emit('revealed', { poll: poll.id, about: poll.about, option });
	// One event an outcome, so that a format can wire each to something else.
	if (option !== null) ctx.emit(`won.${option}`, { poll: poll.id, about: poll.about });
}
