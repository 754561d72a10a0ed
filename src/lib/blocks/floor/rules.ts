import { defineBlock, type LedgerRow, type Scene } from '../block.ts';
import { amber, figures } from './figures.ts';
import { chairCommands } from './chairs.ts';
import { handCommands } from './hands.ts';
import {
	isUnanswered,
	type FloorDesk,
	type FloorOwn,
	type FloorRecord,
	type FloorState,
	type Jotted,
	type Share,
	type Turn
} from './model.ts';
import { matters } from './matters.ts';
import { openQuestions, unaskedIn } from './open-questions.ts';
import { settings, type Settings } from './settings.ts';
import { running, speakerOf, speechCommands, speechesOf } from './speeches.ts';
import { queueOf, spokenTurns } from './state.ts';
import { turnCommands } from './turns.ts';

const byId = <T extends { id: string }>(items: T[]): Record<string, T> =>
	Object.fromEntries(items.map((item) => [item.id, item]));

/** A turn that is over says who had it, unless the room agreed that nothing carries a name. */
function shownTurns({ turns }: FloorState, { settings }: Scene<Settings>): FloorState['turns'] {
	const nameless = ({ ended, unnamed }: Turn) => ended !== null && (settings.unnamed || unnamed);
	return Object.fromEntries(
		Object.entries(turns).map(([id, turn]) => [id, nameless(turn) ? { ...turn, person: '', name: '' } : turn])
	);
}

function record(state: FloorState, scene: Scene<Settings>, by: ReadonlyMap<string, number>): FloorRecord {
	return {
		queue: Object.fromEntries(queueOf(state, scene).map((place) => [place.person, place])),
		seated: state.seated,
		turns: shownTurns(state, scene),
		now: state.now,
		speeches: byId(
			Object.values(state.speeches).map((speech) => ({ ...speech, person: speakerOf(speech, scene.people) }))
		),
		banks: state.banks,
		figures: { group: figures(state.turns, by) },
		unasked: byId(unaskedIn(state)),
		carried: state.carried
	};
}

function desk(state: FloorState, { settings }: Scene<Settings>, by: ReadonlyMap<string, number>): FloorDesk {
	const all = [...by.values()].reduce((sum, turns) => sum + turns, 0);
	const shares: Record<string, Share> = {};
	for (const [person, turns] of by)
		shares[person] = {
			person,
			turns,
			share: all === 0 ? 0 : Math.round((turns / all) * 100) / 100,
			invited: state.invited[person] !== undefined
		};
	const now = amber(by, settings.amber);
	return { shares, amber: now ? { now } : {} };
}

const sameSides = ({ sides: a }: Settings, { sides: b }: Settings) =>
	Object.keys(a).join() === Object.keys(b).join();

export const floor = defineBlock<FloorState, Settings>({
	name: 'floor',
	settings,
	finds: {
		published: {
			turns: { texts: ['text', 'answer.text'] },
			unasked: { texts: ['text', 'answer.text'] },
			carried: { texts: ['text', 'answer.text'] }
		},
		own: { jotted: ['text'] }
	},
	initial: ({ bank, sides }) => ({
		hands: {},
		seated: {},
		turns: {},
		now: {},
		speeches: {},
		banks: Object.fromEntries(
			Object.keys(bank > 0 ? sides : {}).map((side) => [side, { is: 'resting', left: bank * 1000 }])
		),
		invited: {},
		jotted: {},
		carried: {}
	}),
	commands: { ...handCommands, ...chairCommands, ...turnCommands, ...speechCommands },
	publish(state, scene) {
		const by = spokenTurns(state, scene);
		return { record: record(state, scene, by), desk: desk(state, scene, by) };
	},
	own(state, person): FloorOwn {
		const mine = Object.values(state.jotted).filter((one) => one.person === person && !one.released);
		return {
			invited: state.invited[person] !== undefined,
			jotted: mine.map(({ id, text }) => ({ id, text }))
		};
	},
	facts(state) {
		const turns = Object.values(state.turns);
		const speeches = speechesOf(state);
		return {
			hands: Object.keys(state.hands).length,
			inRound: Object.values(state.hands).filter((hand) => hand.round).length,
			seated: Object.keys(state.seated).length,
			turns: turns.length,
			speaking: state.now.turn !== undefined,
			questions: turns.filter((turn) => turn.tag === 'question').length,
			statements: turns.filter((turn) => turn.tag === 'statement').length,
			unanswered: turns.filter(isUnanswered).length,
			speeches: speeches.length,
			speechesLeft: speeches.filter((speech) => speech.delivery.is !== 'done').length
		};
	},
	ledger(state, scene) {
		return openQuestions(state).map(({ id, text, by, to, was }): LedgerRow => ({
			id,
			kind: 'question',
			person: to?.find((person) => scene.people[person]) ?? null,
			state: was,
			due: null,
			text,
			data: { askedBy: by }
		}));
	},
	carry(state, given) {
		const next = floor.initial(given) as FloorState;
		next.carried = byId(openQuestions(state));
		return next;
	},
	matters,
	configured(state, before, given) {
		const kept = before.bank === given.bank && sameSides(before, given);
		// Time that is being used goes on as it was granted.
		if (kept || Object.values(state.banks).some(({ is }) => is === 'running')) return;
		state.banks = (floor.initial(given) as FloorState).banks;
	},
	due(state, { settings }) {
		const speech = running(state);
		if (speech?.delivery.is === 'running' && settings.hardStop)
			return { at: speech.delivery.endsAt, verb: 'expire', payload: { speech: speech.id } };
		for (const bank of Object.values(state.banks))
			if (bank.is === 'running') return { at: bank.endsAt, verb: 'ready', payload: {} };
		return null;
	},
	forget(state, person) {
		delete state.hands[person];
		delete state.seated[person];
		delete state.invited[person];
		for (const [id, turn] of Object.entries(state.turns)) {
			if (turn.person === person) {
				delete state.turns[id];
				if (state.now.turn === id) delete state.now.turn;
			}
		}
		for (const [id, one] of Object.entries(state.jotted)) if (one.person === person) delete state.jotted[id];
		for (const [id, one] of Object.entries(state.carried)) if (one.by === person) delete state.carried[id];
		const { turns, jotted, carried } = state;
		const questions: Pick<Jotted, 'to' | 'answer'>[] = [turns, jotted, carried].flatMap((rows) => [
			...Object.values<Pick<Jotted, 'to' | 'answer'>>(rows)
		]);
		for (const one of questions) {
			if (one.to) one.to = one.to.filter((id) => id !== person);
			if (one.answer?.by === person) one.answer = null;
		}
		for (const speech of Object.values(state.speeches)) {
			const { delivery, speaker } = speech;
			const spoke = delivery.is !== 'ahead' && delivery.person === person;
			if (spoke && state.now.speech === speech.id) delete state.now.speech;
			if (spoke || (speaker.is === 'person' && speaker.person === person)) delete state.speeches[speech.id];
		}
	}
});
