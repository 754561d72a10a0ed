import * as v from 'valibot';
import { command, defineBlock, refuse } from '../block.ts';
import { id } from '../schemas.ts';
import { totals } from './count.ts';
import { ballotKey, lastRound, type PollOwn, type PollRecord, type PollState } from './model.ts';
import { matters } from './matters.ts';
import { begin, opening, openPaired } from './opening.ts';
import {
	ballotsOf,
	byServer,
	closeRound,
	current,
	destroyBallots,
	expects,
	passed,
	reveal,
	turnout,
	votes,
	type Ctx
} from './rounds.ts';
import { settings, type Settings } from './settings.ts';

export const poll = defineBlock<PollState, Settings>({
	name: 'poll',
	settings,
	finds: { published: { polls: { texts: ['question.*'], written: 'authored' } } },
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
			// A step or wire of the format means: whatever is up, is up no more. A result stays among the earlier ones.
			if (byServer(ctx) && poll?.stage.is !== 'open') {
				if (poll?.stage.is === 'revealed') state.current = {};
				return;
			}
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
	matters,
	forget(state, person) {
		for (const key of Object.keys(state.ballots)) if (key.endsWith(`/${person}`)) delete state.ballots[key];
		for (const result of Object.values(state.results))
			if (result.is === 'single' && result.by) delete result.by[person];
	}
});
