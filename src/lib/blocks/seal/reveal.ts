/** What happens at the moment when sealed entries are shown. */
import type { Context, Scene } from '../block.ts';
import { gist, type Field } from '../fields.ts';
import type { Revealed, Sealed, SealState } from './model.ts';

interface Wanted {
	who: string[];
	fields: Field[];
	names: 'shown' | 'hidden';
}

/** People who are expected to submit. */
export function expected(scene: Scene<Pick<Wanted, 'who'>>): string[] {
	const { who } = scene.settings;
	return Object.values(scene.people)
		.filter(({ role }) => who.length === 0 || who.includes(role))
		.map(({ id }) => id);
}

/** People who have submitted in the round that is open. */
export function submitters(state: SealState): Set<string> {
	const round = state.round.now?.number ?? 1;
	return new Set(
		Object.values(state.sealed)
			.filter((one) => one.round === round)
			.map((one) => one.person)
	);
}

/** Whether nobody who is expected is missing. Where nobody is expected, nothing is ever complete. */
export function allIn(state: SealState, scene: Scene<Pick<Wanted, 'who'>>): boolean {
	const people = expected(scene);
	const submitted = submitters(state);
	return people.length > 0 && people.every((person) => submitted.has(person));
}

/** The id is a new one: the sealed entry's own would tie the text to the moment when it was submitted. */
export function revealOne(state: SealState, sealed: Sealed, order: number, ctx: Context<Wanted>): Revealed {
	const author = ctx.settings.names === 'shown' ? sealed.person : null;
	const shown: Revealed = { id: ctx.id(), round: sealed.round, entry: sealed.entry, author, order };
	state.revealed[shown.id] = shown;
	sealed.shown = shown.id;
	ctx.touch('all');
	ctx.emit('revealed', {
		id: shown.id,
		text: gist(ctx.settings.fields, shown.entry),
		author,
		...shown.entry
	});
	return shown;
}

export function revealAll(state: SealState, ctx: Context<Wanted>): void {
	const round = state.round.now;
	if (!round) return;
	round.revealed = ctx.now;
	round.due = null;
	const waiting = Object.values(state.sealed).filter(
		(one) => one.shown === null && !one.given && one.round === round.number
	);
	const first = Object.keys(state.revealed).length;
	ctx.shuffle(waiting).forEach((sealed, index) => revealOne(state, sealed, first + index, ctx));
	ctx.touch('all');
	ctx.emit('opened', { round: round.number, count: waiting.length });
}

export function accept(state: SealState, shown: Revealed, ctx: Context<Wanted>): void {
	const text = gist(ctx.settings.fields, shown.entry);
	state.accepted[shown.round] = {
		id: shown.id,
		round: shown.round,
		meeting: ctx.meeting,
		text,
		author: shown.author,
		by: ctx.by.id,
		at: ctx.now
	};
	ctx.emit('accepted', { entry: shown.id, text, author: shown.author });
}
