import * as v from 'valibot';
import { command, defineBlock, refuse } from '../block.ts';
import { ask, askingCommands } from './asking.ts';
import { matters } from './matters.ts';
import { DATED, HOUR, STEPS, type Dated, type ReviewsState } from './model.ts';
import { facts, own, publish, stepOf } from './seen.ts';
import { settings, type Ctx, type Settings } from './settings.ts';
import { writingCommands } from './writing.ts';

/** What of a comment can be found, by whoever reads it: its author, the moderator, from the release on whom it is about. */
const said = ['situation', 'behaviour', 'impact', 'next', 'project'];

const initial = (): ReviewsState => ({
	brief: {},
	step: {},
	question: {},
	nominations: {},
	comments: {},
	reviews: {},
	batch: {},
	pooled: {},
	talk: {}
});

/** The next step that comes by date; null: it waits for people. */
function nextDated(state: ReviewsState): { step: Dated; at: number } | null {
	const brief = state.brief.now;
	if (!brief?.begun) return null;
	const step = STEPS[STEPS.indexOf(stepOf(state)) + 1];
	const dated = DATED.find((one) => one === step && one !== 'talk');
	const at = dated && brief.dates[dated];
	return dated && at != null ? { step: dated, at } : null;
}

export const reviews = defineBlock<ReviewsState, Settings>({
	name: 'reviews',
	settings,
	finds: {
		published: { status: { texts: ['brief.purpose'] }, question: { texts: ['text'] } },
		own: {
			'review.comments': said,
			moderation: said,
			'batch.comments': said
		}
	},
	initial,
	commands: {
		...askingCommands,
		...writingCommands,
		/** The server, at a date: what comes next begins. Without anybody's words nothing is released, it waits. */
		turn: command(v.object({}), (state: ReviewsState, _, ctx: Ctx) => {
			const next = nextDated(state);
			const brief = state.brief.now;
			if (!next || !brief || next.at > ctx.now) return refuse('not_yet', 'The time for this has not come.');
			const none = !Object.values(state.reviews).some(({ submitted }) => submitted !== null);
			if (next.step === 'release' && none) {
				brief.dates.release = null;
				ctx.touch('all');
				return;
			}
			const phase = ctx.settings.phases[next.step];
			if (phase !== undefined) ctx.emit('reached', { phase });
			else brief.dates[next.step] = null;
		}),
		/** Run by the phases: what the manager did not decide in time counts as approved. */
		settle: command(v.object({}), (state: ReviewsState, _, ctx: Ctx) => {
			for (const one of Object.values(state.nominations)) if (one.is === 'nominated') ask(one, ctx);
			ctx.touch('all');
		})
	},
	publish,
	own,
	facts,
	matters,
	due(state, { settings }) {
		const next = nextDated(state);
		if (next) return { at: next.at, verb: 'turn', payload: {} };
		const batch = state.batch.now;
		return batch && batch.manager === null
			? { at: batch.at + settings.later * HOUR, verb: 'open', payload: {} }
			: null;
	},
	/** Reviews that somebody has been asked to write and has not been relieved of. */
	load: (state) =>
		Object.fromEntries(
			Object.values(state.nominations)
				.filter(({ is }) => is === 'asked')
				.map(({ person }) => [person, 1])
		),
	/** The next round asks anew. */
	carry: initial,
	forget(state, person) {
		for (const [key, one] of Object.entries(state.nominations))
			if (one.person === person) delete state.nominations[key];
		for (const [key, one] of Object.entries(state.comments))
			if (one.person === person) delete state.comments[key];
		for (const one of Object.values(state.pooled)) if (one.signed?.person === person) one.signed = null;
		delete state.reviews[person];
	}
});
