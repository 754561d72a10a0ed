/** What the commands of the floor share: who counts, who leads, who speaks now. */
import { refuse, type Context, type Refusal, type Scene } from '../block.ts';
import { turnsByPerson } from './figures.ts';
import type { FloorState, Hand, Place, Tag, Turn } from './model.ts';
import { lineUp } from './queue.ts';
import { sideOf, type Settings } from './settings.ts';

export type Ctx = Context<Settings>;

export const byServer = (ctx: Ctx): boolean => ctx.by.role === 'server';

/** May act for others: call them, stop them, tag what they said. */
export const leads = (ctx: Ctx): boolean =>
	byServer(ctx) || ctx.facilitates(ctx.by.role) || ctx.moderates(ctx.by.role);

/** Does a role's speaking count for the balance? */
export function counting({ settings, facilitates }: Scene<Settings>): (role: string) => boolean {
	return (role) => (settings.counted.length > 0 ? settings.counted.includes(role) : !facilitates(role));
}

export function spokenTurns(state: FloorState, scene: Scene<Settings>): Map<string, number> {
	return turnsByPerson(state.turns, scene.people, counting(scene));
}

export function queueOf(state: FloorState, scene: Scene<Settings>): Place[] {
	const turns = new Map<string, number>();
	let last: Turn | null = null;
	for (const turn of Object.values(state.turns)) {
		turns.set(turn.person, (turns.get(turn.person) ?? 0) + 1);
		if (!last || turn.began >= last.began) last = turn;
	}
	// Whoever has left the room cannot be called; their hand waits for them.
	const here = Object.fromEntries(Object.entries(state.hands).filter(([person]) => scene.people[person]));
	return lineUp(here, scene.settings, { turns, side: last && sideOf(last.role, scene.settings) });
}

export function runningTurn(state: FloorState): Turn | null {
	return state.now.turn === undefined ? null : (state.turns[state.now.turn] ?? null);
}

/** The turn that whoever starts or calls sees as running; null: none. The server need not say. */
export function turnPassed(state: FloorState, seen: string | null | undefined, ctx: Ctx): Refusal | null {
	if (seen === undefined && byServer(ctx)) return null;
	if ((seen ?? null) === (state.now.turn ?? null)) return null;
	return refuse('passed', 'Somebody else has the floor by now. Look again.', 'expects');
}

/** Somebody who is here and has neither spoken nor passed in the round that is on. */
export function roundWaitsFor(state: FloorState, { people }: Ctx): Hand | null {
	return Object.values(state.hands).find((hand) => hand.round && people[hand.person]) ?? null;
}

/** Why this person may not speak now, as the method has it; null: they may. */
export function notNow(state: FloorState, person: string, ctx: Ctx): Refusal | null {
	const { strict, chairs } = ctx.settings;
	if (strict && !state.hands[person]?.round) {
		const waiting = roundWaitsFor(state, ctx);
		if (waiting)
			return refuse(
				'round',
				'A round is on: everybody speaks once or passes, {name} has not yet.',
				undefined,
				{ name: waiting.name }
			);
	}
	if (chairs === null) return null;
	if (!state.seated[person])
		return refuse('no_seat', 'Those in the circle speak. Take the empty chair first.');
	if (Object.keys(state.seated).length >= chairs)
		return refuse(
			'no_empty_chair',
			'One chair stays empty: somebody leaves the circle before the talk goes on.'
		);
	return null;
}

export function endTurn(state: FloorState, ctx: Ctx): void {
	const turn = runningTurn(state);
	delete state.now.turn;
	if (turn) turn.ended = ctx.now;
}

interface Begun {
	person: string;
	tag: Tag;
	text: string | null;
	/** Whom a written question is put to. */
	to?: string[];
	speech: string | null;
	/** Goes on until it is stopped; otherwise it is a moment (something written). */
	lasts: boolean;
}

/** Lets somebody speak; whoever spoke before has ended. */
export function beginTurn(state: FloorState, { lasts, ...begun }: Begun, ctx: Ctx): Turn {
	if (lasts) endTurn(state, ctx);
	const member = ctx.people[begun.person];
	const turn: Turn = {
		id: ctx.id(),
		...begun,
		name: member?.name ?? ctx.by.name,
		role: member?.role ?? ctx.by.role,
		answer: null,
		began: ctx.now,
		ended: lasts ? null : ctx.now,
		...(ctx.settings.unnamed ? { unnamed: true } : {})
	};
	state.turns[turn.id] = turn;
	if (lasts) state.now.turn = turn.id;
	if (state.invited[turn.person]) {
		delete state.invited[turn.person];
		ctx.touch(turn.person);
	}
	ctx.emit('turn', { turn: turn.id, person: turn.person, tag: turn.tag });
	return turn;
}

/** Says so when the last one of a round has had their turn or passed. */
export function roundGoesOn(state: FloorState, ctx: Ctx): void {
	if (!roundWaitsFor(state, ctx)) ctx.emit('roundOver', {});
}

export const gone = (): Refusal => refuse('gone', 'This person is not in the room.', 'person');
