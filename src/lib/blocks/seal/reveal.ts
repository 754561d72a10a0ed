/** What happens at the moment when sealed entries are shown. */
import type { Context, Scene } from '../block.ts';
import { gist, type Field } from '../fields.ts';
import { alikeIn } from './alike.ts';
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

/** What a format's wires get to see of a revealed entry. */
function told({ id, entry, author }: Revealed, fields: readonly Field[]) {
	return { ...entry, id, text: gist(fields, entry), author };
}

/** Nobody is told whose it is: names are hidden, or were when it was written. */
export const nameless = ({ unnamed }: Sealed, { names }: Pick<Wanted, 'names'>): boolean =>
	names === 'hidden' || unnamed === true;

/** Where names are hidden the id is a new one: the sealed entry's own is known to whoever saw it submitted. */
export function revealOne(state: SealState, sealed: Sealed, order: number, ctx: Context<Wanted>): Revealed {
	const named = !nameless(sealed, ctx.settings);
	const shown: Revealed = {
		id: named ? sealed.id : ctx.id(),
		round: sealed.round,
		entry: sealed.entry,
		author: named ? sealed.person : null,
		order
	};
	state.revealed[shown.id] = shown;
	sealed.shown = shown.id;
	ctx.touch('all');
	ctx.emit('revealed', told(shown, ctx.settings.fields));
	return shown;
}

/** Shows what those who hold a role have written in this round, and says again what of it is shown already. */
export function revealRole(state: SealState, role: string, ctx: Context<Wanted>): void {
	for (const sealed of Object.values(state.sealed)) {
		if (sealed.given || sealed.round !== state.round.now?.number) continue;
		// one role's alone would tell whose they are
		if (nameless(sealed, ctx.settings)) continue;
		if (ctx.people[sealed.person]?.role !== role) continue;
		const shown =
			sealed.shown === null
				? revealOne(state, sealed, Object.keys(state.revealed).length, ctx)
				: state.revealed[sealed.shown];
		if (shown) ctx.emit('presented', told(shown, ctx.settings.fields));
	}
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
	compare(state, round.number, ctx.settings.fields);
	ctx.touch('all');
	ctx.emit('opened', { round: round.number, count: waiting.length });
}

/** Says anew which entries of a round are alike; before the round is revealed nothing is said. */
export function compare(state: SealState, round: number, fields: readonly Field[]): void {
	for (const [key, one] of Object.entries(state.alike)) if (one.round === round) delete state.alike[key];
	const entries = Object.values(state.revealed)
		.filter((one) => one.round === round)
		.sort((a, b) => a.order - b.order)
		.map(({ id, entry }) => ({ id, text: gist(fields, entry) }));
	alikeIn(entries).forEach((group, place) => (state.alike[`${round}-${place}`] = { round, ...group }));
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
