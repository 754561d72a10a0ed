/** Speeches against a clock, and the time that sides take to prepare. */
import * as v from 'valibot';
import { command, refuse, type Member, type Refusal } from '../block.ts';
import { id } from '../schemas.ts';
import type { FloorState, Speaker, Speech } from './model.ts';
import { sideOf } from './settings.ts';
import { beginTurn, byServer, endTurn, type Ctx } from './state.ts';

const label = v.object({
	en: v.pipe(v.string(), v.maxLength(80)),
	de: v.optional(v.pipe(v.string(), v.maxLength(80)))
});

const planned = v.object({
	person: v.optional(id),
	role: v.optional(v.pipe(v.string(), v.maxLength(40))),
	/** Which of those who hold the role, in the order of joining, from 0. */
	seat: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
	seconds: v.pipe(v.number(), v.minValue(5), v.maxValue(7200)),
	label: v.optional(label),
	side: v.optional(v.pipe(v.string(), v.maxLength(24)))
});

type Planned = v.InferOutput<typeof planned>;

/** Who gives the speech as things are now; null: the seat is empty. */
export function speakerOf(speech: Speech, people: Readonly<Record<string, Member>>): string | null {
	if (speech.delivery.is !== 'ahead') return speech.delivery.person;
	if (speech.speaker.is === 'person') return people[speech.speaker.person]?.id ?? null;
	const { role, seat } = speech.speaker;
	const seated = Object.values(people)
		.filter((member) => member.role === role)
		.sort((a, b) => a.joined - b.joined || (a.id < b.id ? -1 : 1));
	return seated[seat]?.id ?? null;
}

export function speechesOf(state: FloorState): Speech[] {
	return Object.values(state.speeches)
		.filter((speech) => speech.set === state.now.set)
		.sort((a, b) => a.place - b.place);
}

export function running(state: FloorState): Speech | null {
	return state.now.speech === undefined ? null : (state.speeches[state.now.speech] ?? null);
}

function planOf(one: Planned, set: string, place: number, ctx: Ctx): Omit<Speech, 'id'> | Refusal {
	if (one.person === undefined && one.role === undefined)
		return refuse('no_speaker', 'Each speech needs a person or a role.', `speeches.${place}`);
	const speaker: Speaker =
		one.person === undefined
			? { is: 'seat', role: one.role!, seat: one.seat }
			: { is: 'person', person: one.person };
	const role = one.role ?? ctx.people[one.person ?? '']?.role ?? '';
	return {
		set,
		place,
		speaker,
		side: one.side ?? sideOf(role, ctx.settings),
		label: one.label ?? null,
		seconds: one.seconds,
		grants: 0,
		length: one.seconds * 1000,
		delivery: { is: 'ahead' }
	};
}

/** The same list of speeches again, however far they are. */
function sameplan(old: readonly Speech[], plan: readonly Omit<Speech, 'id'>[]): boolean {
	const gist = ({ speaker, seconds, side, label }: Omit<Speech, 'id'>) =>
		JSON.stringify([speaker, seconds, side, label]);
	return old.length === plan.length && plan.every((one, index) => gist(one) === gist(old[index]!));
}

function rest(state: FloorState, ctx: Ctx): void {
	for (const [side, bank] of Object.entries(state.banks))
		if (bank.is === 'running')
			state.banks[side] = { is: 'resting', left: Math.max(0, bank.endsAt - ctx.now) };
}

/** Ends the speech that runs. `cut`: the clock did it. */
function finish(state: FloorState, speech: Speech, cut: boolean, ctx: Ctx): void {
	const { delivery } = speech;
	if (delivery.is !== 'running' && delivery.is !== 'held') return;
	const left = delivery.is === 'running' ? delivery.endsAt - ctx.now : delivery.left;
	speech.delivery = { is: 'done', person: delivery.person, spoke: speech.length - left, cut };
	endTurn(state, ctx);
	delete state.now.speech;
	ctx.emit('spoken', { speech: speech.id, person: delivery.person, side: speech.side });
	if (speechesOf(state).every((one) => one.delivery.is === 'done')) ctx.emit('finished', { set: speech.set });
}

function launch(state: FloorState, speech: Speech, ctx: Ctx): Refusal | { speech: string } {
	const person = speakerOf(speech, ctx.people);
	if (person === null)
		return refuse('empty_seat', 'Nobody holds this place yet. Give somebody the role first.', 'speech');
	const before = running(state);
	if (before) finish(state, before, false, ctx);
	rest(state, ctx);
	speech.delivery = { is: 'running', person, began: ctx.now, endsAt: ctx.now + speech.length };
	beginTurn(state, { person, tag: 'statement', text: null, speech: speech.id, lasts: true }, ctx);
	state.now.speech = speech.id;
	ctx.emit('speaking', { speech: speech.id, person, side: speech.side });
	return { speech: speech.id };
}

function passed(state: FloorState, seen: string | null): Refusal | null {
	if (seen === (state.now.speech ?? null)) return null;
	return refuse('passed', 'Another speech is running by now. Look again.', 'expects');
}

/** The running speech, if it is the one that was seen. */
function current(state: FloorState, seen: string): Speech | Refusal {
	const speech = running(state);
	if (speech?.id === seen) return speech;
	return refuse('passed', 'This speech is not running any more.', 'speech');
}

const nextAhead = (state: FloorState) => speechesOf(state).find((speech) => speech.delivery.is === 'ahead');

export const speechCommands = {
	/** Plans the speeches of a phase. The same plan a second time keeps what was spoken. */
	schedule: command(
		v.object({
			speeches: v.pipe(v.array(planned), v.minLength(1), v.maxLength(40)),
			set: v.optional(v.pipe(v.string(), v.maxLength(24)))
		}),
		(state: FloorState, { speeches, set }, ctx: Ctx) => {
			const name = set ?? ctx.phase?.id ?? '';
			const plan: Omit<Speech, 'id'>[] = [];
			for (const [place, one] of speeches.entries()) {
				const speech = planOf(one, name, place, ctx);
				if ('refused' in speech) return speech;
				plan.push(speech);
			}
			const before = running(state);
			state.now.set = name;
			if (sameplan(speechesOf(state), plan)) return;
			if (before) finish(state, before, false, ctx);
			for (const old of speechesOf(state)) delete state.speeches[old.id];
			for (const speech of plan) {
				const speechId = ctx.id();
				state.speeches[speechId] = { ...speech, id: speechId };
			}
		}
	),
	/** Begins the next speech, or this one; the one that runs ends. `expects`: the one that runs, or null. */
	begin: command(
		v.object({ expects: v.nullable(id), speech: v.optional(id) }),
		(state: FloorState, { expects, speech: wanted }, ctx: Ctx) => {
			const wrong = passed(state, expects);
			if (wrong) return wrong;
			const speech = wanted === undefined ? nextAhead(state) : state.speeches[wanted];
			if (!speech) return refuse('none_left', 'All speeches have been held.', 'speech');
			if (speech.delivery.is !== 'ahead')
				return refuse('held_already', 'This speech has been held already.', 'speech');
			return launch(state, speech, ctx);
		}
	),
	finish: command(v.object({ speech: id }), (state: FloorState, { speech: seen }, ctx: Ctx) => {
		const speech = current(state, seen);
		if ('refused' in speech) return speech;
		finish(state, speech, false, ctx);
	}),
	/** Run by the server's clock. */
	expire: command(v.object({ speech: id }), (state: FloorState, { speech: seen }, ctx: Ctx) => {
		if (!byServer(ctx)) return refuse('forbidden', 'The clock does this.');
		const speech = running(state);
		if (speech?.id === seen) finish(state, speech, true, ctx);
	}),
	grant: command(v.object({ speech: id }), (state: FloorState, { speech: seen }, ctx: Ctx) => {
		const speech = current(state, seen);
		if ('refused' in speech) return speech;
		const { seconds, times } = ctx.settings.grant;
		if (speech.grants >= times)
			return refuse(
				'granted',
				'This speech has been given more time already, as often as there can be ({times}).',
				'speech',
				{ times }
			);
		speech.grants += 1;
		speech.length += seconds * 1000;
		const { delivery } = speech;
		if (delivery.is === 'running') delivery.endsAt += seconds * 1000;
		if (delivery.is === 'held') delivery.left += seconds * 1000;
	}),
	/** Stops the clock of the speech, and lets it go on. */
	hold: command(v.object({ speech: id }), (state: FloorState, { speech: seen }, ctx: Ctx) => {
		const speech = current(state, seen);
		if ('refused' in speech) return speech;
		const { delivery } = speech;
		if (delivery.is !== 'running')
			return refuse('held', 'The clock of this speech stands already.', 'speech');
		const { person, began, endsAt } = delivery;
		speech.delivery = { is: 'held', person, began, left: endsAt - ctx.now };
	}),
	resume: command(v.object({ speech: id }), (state: FloorState, { speech: seen }, ctx: Ctx) => {
		const speech = current(state, seen);
		if ('refused' in speech) return speech;
		const { delivery } = speech;
		if (delivery.is !== 'held') return refuse('running', 'The clock of this speech runs already.', 'speech');
		const { person, began, left } = delivery;
		speech.delivery = { is: 'running', person, began, endsAt: ctx.now + left };
	}),
	/** A side takes time to prepare, between two speeches. */
	consult: command(
		v.object({ side: v.pipe(v.string(), v.maxLength(24)) }),
		(state: FloorState, { side }, ctx: Ctx) => {
			const bank = state.banks[side];
			if (!bank) return refuse('no_bank', 'This side has no time to prepare here.', 'side');
			if (state.now.speech !== undefined)
				return refuse('speech', 'A speech is running. Take the time when it has ended.');
			if (bank.is === 'running') return refuse('running', 'This side is preparing already.', 'side');
			if (bank.left <= 0) return refuse('spent', 'This side has used all its time to prepare.', 'side');
			rest(state, ctx);
			state.banks[side] = { is: 'running', endsAt: ctx.now + bank.left, total: ctx.settings.bank * 1000 };
		}
	),
	/** Whoever prepares is ready; the server says so when the time is used up. */
	ready: command(v.object({}), (state: FloorState, _, ctx: Ctx) => {
		const busy = Object.values(state.banks).some((bank) => bank.is === 'running');
		if (!busy && !byServer(ctx)) return refuse('resting', 'Nobody is preparing.');
		rest(state, ctx);
	})
};
