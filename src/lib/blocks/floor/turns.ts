/** Speaking, by tap or in writing, and what becomes of questions. */
import * as v from 'valibot';
import { command, refuse } from '../block.ts';
import { isQuestion } from '../phrasing.ts';
import { id } from '../schemas.ts';
import type { FloorState } from './model.ts';
import { askedOf, mayAnswer } from './open-questions.ts';
import {
	beginTurn,
	byServer,
	endTurn,
	gone,
	leads,
	notNow,
	roundGoesOn,
	runningTurn,
	turnPassed,
	type Ctx
} from './state.ts';

const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4000));
const tag = v.picklist(['question', 'answer', 'statement']);

const noTurn = () => refuse('gone', 'This turn is no longer there.', 'turn');

function tooLong(written: string, most: number) {
	return refuse('too_long', 'Use at most {most} characters; these are {given}.', 'text', {
		most,
		given: written.length
	});
}

function noQuestion() {
	return refuse('no_question', 'A question ends with a question mark. What do you want to know?', 'text');
}

export const turnCommands = {
	/** By tap: I speak now, or, for those who lead, this person does. */
	start: command(
		v.object({ person: v.optional(id), tag: v.optional(tag), expects: v.optional(v.nullable(id)) }),
		(state: FloorState, { person, tag, expects }, ctx: Ctx) => {
			const who = person ?? ctx.by.id;
			if (who !== ctx.by.id && !leads(ctx))
				return refuse('not_yours', 'You can only start your own turn.', 'person');
			if (!ctx.people[who]) return gone();
			const wrong = turnPassed(state, expects, ctx);
			if (wrong) return wrong;
			const running = runningTurn(state);
			if (running && running.person !== ctx.by.id && !leads(ctx))
				return refuse('taken', '{name} is speaking. Raise a hand.', undefined, { name: running.name });
			if (state.now.speech !== undefined) return refuse('speech', 'A speech is running. Stop it first.');
			const refused = notNow(state, who, ctx);
			if (refused) return refused;
			const round = state.hands[who]?.round ?? false;
			delete state.hands[who];
			const begun = { person: who, tag: tag ?? ctx.settings.tag, text: null, speech: null, lasts: true };
			if (round) roundGoesOn(state, ctx);
			return { turn: beginTurn(state, begun, ctx).id };
		}
	),
	stop: command(v.object({ turn: id }), (state: FloorState, { turn: seen }, ctx: Ctx) => {
		const turn = runningTurn(state);
		if (!turn || turn.id !== seen) return refuse('passed', 'This turn has ended already.', 'turn');
		if (turn.person !== ctx.by.id && !leads(ctx))
			return refuse('not_yours', 'Somebody else is speaking.', 'turn');
		if (turn.speech !== null) return refuse('speech', 'This is a speech: finish the speech.', 'turn');
		endTurn(state, ctx);
	}),
	tag: command(v.object({ turn: id, tag }), (state: FloorState, { turn: seen, tag }, ctx: Ctx) => {
		const turn = state.turns[seen];
		if (!turn) return noTurn();
		if (turn.person !== ctx.by.id && !leads(ctx))
			return refuse(
				'not_yours',
				'You can tag your own turns; the others’ are tagged by whoever leads.',
				'turn'
			);
		turn.tag = tag;
	}),
	/** A turn that was tapped by mistake. */
	drop: command(v.object({ turn: id }), (state: FloorState, { turn: seen }, ctx: Ctx) => {
		const turn = state.turns[seen];
		if (!turn) return noTurn();
		if (turn.person !== ctx.by.id && !leads(ctx))
			return refuse('not_yours', 'You can take back your own turns only.', 'turn');
		if (turn.speech !== null) return refuse('speech', 'A speech cannot be taken back.', 'turn');
		if (turn.answer) return refuse('answered', 'This question is answered already and stays.', 'turn');
		if (state.now.turn === seen) delete state.now.turn;
		delete state.turns[seen];
	}),
	/** A turn in writing. `jotted`: the question that this is, which was kept for later or carried over. */
	say: command(
		v.object({ text, tag: v.optional(tag, 'question'), jotted: v.optional(id) }),
		(state: FloorState, { text, tag, jotted }, ctx: Ctx) => {
			const most = tag === 'answer' ? ctx.settings.mostAnswer : ctx.settings.most;
			if (text.length > most) return tooLong(text, most);
			if (tag === 'question' && !isQuestion(text)) return noQuestion();
			if (!ctx.people[ctx.by.id]) return gone();
			if (jotted !== undefined && state.jotted[jotted]?.person === ctx.by.id) delete state.jotted[jotted];
			if (jotted !== undefined && state.carried[jotted]?.by === ctx.by.id) delete state.carried[jotted];
			const to = tag === 'question' ? { to: askedOf(ctx.by.id, ctx) } : {};
			const begun = { person: ctx.by.id, tag, text, ...to, speech: null, lasts: false };
			const turn = beginTurn(state, begun, ctx);
			if (tag === 'question') ctx.emit('asked', { turn: turn.id, text, person: turn.person });
			return { turn: turn.id };
		}
	),
	/**
	 * Answers a question: in writing, or without a text: aloud. `turn` is a turn of this meeting, or a question that was
	 * carried over or never asked, which is answered by those whom it was meant for.
	 */
	answer: command(
		v.object({ turn: id, text: v.optional(text) }),
		(state: FloorState, { turn: seen, text }, ctx: Ctx) => {
			const turn = state.turns[seen];
			const carried = state.carried[seen];
			const jotted = state.jotted[seen]?.released ? state.jotted[seen] : undefined;
			const question = turn ?? carried ?? jotted;
			if (!question) return noTurn();
			if (turn && turn.tag !== 'question')
				return refuse('no_question', 'Only questions are answered.', 'turn');
			if (!turn && !mayAnswer(question.to, ctx))
				return refuse('not_yours', 'This question was meant for somebody else.', 'turn');
			const { mostAnswer } = ctx.settings;
			if (text !== undefined && text.length > mostAnswer) return tooLong(text, mostAnswer);
			if (question.answer && question.answer.by !== ctx.by.id)
				return refuse('answered', 'Somebody else has answered this question.', 'turn');
			question.answer = { by: ctx.by.id, text: text ?? null, at: ctx.now };
			const person = (turn ?? jotted)?.person ?? carried?.by ?? null;
			ctx.emit('answered', { turn: seen, person, text: text ?? null });
		}
	),
	/** Keeps a question for later; nobody else sees it until it is asked or released. */
	jot: command(v.object({ text }), (state: FloorState, { text }, ctx: Ctx) => {
		const { most } = ctx.settings;
		if (text.length > most) return tooLong(text, most);
		if (!isQuestion(text)) return noQuestion();
		const mine = Object.values(state.jotted).filter((one) => one.person === ctx.by.id && !one.released);
		if (mine.length >= 20)
			return refuse('full', 'Twenty questions are kept already. Ask or discard one first.');
		const jotted = ctx.id();
		const { id: person, name } = ctx.by;
		const to = askedOf(person, ctx);
		state.jotted[jotted] = { id: jotted, person, name, text, released: false, to, answer: null };
		return { jotted };
	}),
	/** One's own that was kept for later; of those carried over also one that was meant for oneself. */
	discard: command(v.object({ jotted: id }), (state: FloorState, { jotted }, ctx: Ctx) => {
		const carried = state.carried[jotted];
		if (carried && (carried.by === ctx.by.id || mayAnswer(carried.to, ctx))) {
			delete state.carried[jotted];
			return;
		}
		if (state.jotted[jotted]?.person !== ctx.by.id)
			return refuse('gone', 'This question is no longer there.', 'jotted');
		delete state.jotted[jotted];
	}),
	/** Hands the questions that were kept and not asked to the room. A step of the format's, as was announced. */
	release: command(v.object({}), (state: FloorState, _, ctx: Ctx) => {
		if (!byServer(ctx)) return refuse('forbidden', 'The format releases what was not asked, nobody by hand.');
		for (const one of Object.values(state.jotted)) {
			if (one.released) continue;
			one.released = true;
			ctx.touch(one.person);
			ctx.emit('unasked', { question: one.id, text: one.text, person: one.person });
		}
	})
};
