/** Opening: a new poll, or the next round of one. */
import * as v from 'valibot';
import { refuse, type Refusal } from '../block.ts';
import { ROMAN, type Option, type Poll, type PollState, type Round } from './model.ts';
import { id } from '../schemas.ts';
import { byServer, closeRound, expects, line, type Ctx } from './rounds.ts';
import type { Settings } from './settings.ts';

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

export const opening = v.object({
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

export function begin(state: PollState, asked: Opening, ctx: Ctx): Refusal | { poll: string } {
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
export function openPaired(
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
