/** Questions that nobody put or answered, in this meeting or before: whose they are to answer, and what is left of them. */
import type { Context, Scene } from '../block.ts';
import { isUnanswered, type Carried, type FloorState, type Turn } from './model.ts';
import { sideOf, type Settings } from './settings.ts';

/** Whom a question is put to: those who answer, but not whoever asks, nor their own side. */
export function askedOf(by: string, { people, settings }: Scene<Settings>): string[] {
	const side = sideOf(people[by]?.role ?? '', settings);
	return Object.values(people)
		.filter(({ id, role }) => id !== by && settings.answers.includes(role))
		.filter(({ role }) => side === null || sideOf(role, settings) !== side)
		.map(({ id }) => id);
}

/** Those whom it was meant for; whoever leads may note what somebody said aloud. */
export const mayAnswer = (
	to: readonly string[] | undefined,
	{ by, moderates, facilitates }: Context<Settings>
): boolean => !to?.length || to.includes(by.id) || moderates(by.role) || facilitates(by.role);

/** What was kept for later and released, as a question like those of earlier meetings. */
export function unaskedIn({ jotted }: Pick<FloorState, 'jotted'>): Carried[] {
	return Object.values(jotted)
		.filter(({ released }) => released)
		.map(({ id, text, person, name, to, answer }) => ({
			id,
			text,
			by: person,
			name,
			...(to && { to }),
			was: 'unasked',
			answer: answer ?? null
		}));
}

/** What the next meeting is told of; `turn`: of these turns, by default of all. */
export function openQuestions(state: FloorState, turn: (one: Turn) => boolean = () => true): Carried[] {
	const turns = Object.values(state.turns)
		.filter((one) => isUnanswered(one) && turn(one))
		.map(({ id, text, person, name, to }): Carried => ({
			id,
			text: text ?? '',
			by: person,
			name,
			...(to && { to }),
			was: 'unanswered',
			answer: null
		}));
	return [...Object.values(state.carried), ...unaskedIn(state), ...turns].filter(({ answer }) => !answer);
}
