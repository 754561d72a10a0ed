/** Seats of a slot, in the order of signing up; for its rules and projections. */
import { seatKey, type Notice, type Seat, type Slot, type SlotsState } from './model.ts';
import type { SlotsScene } from './settings.ts';

export function seatsOf(state: SlotsState, slot: string, ...is: Seat['is'][]): Seat[] {
	return Object.values(state.seats)
		.filter((seat) => seat.slot === slot && is.includes(seat.is))
		.sort((a, b) => a.place - b.place);
}

/** Whoever waits longest gets the seat that is free, and is told. Returns those who moved up. */
export function fill(state: SlotsState, slot: Slot, at: number): string[] {
	const free = (slot.capacity ?? Infinity) - slot.taken;
	if (slot.is !== 'open' || slot.waiting === 0 || free <= 0) return [];
	const up = seatsOf(state, slot.id, 'waiting').slice(0, free);
	for (const seat of up) {
		seat.is = 'seat';
		note(state, slot.id, seat.person, 'up', at);
	}
	slot.taken += up.length;
	slot.waiting -= up.length;
	return up.map(({ person }) => person);
}

export function note(
	state: SlotsState,
	slot: string,
	person: string,
	what: Notice['what'],
	at: number
): void {
	state.notices[seatKey(slot, person)] = { slot, person, what, at, seen: false };
}

/** Everybody to whom it matters that this date takes place. */
export function concerned(
	state: SlotsState,
	slot: Slot,
	{ people: members, settings: { expects } }: SlotsScene
): string[] {
	const people =
		expects === null
			? seatsOf(state, slot.id, 'seat', 'waiting').map(({ person }) => person)
			: Object.values(members).flatMap(({ id, role }) => (expects.includes(role) ? [id] : []));
	const { speaker, helper } = slot.talk ?? {};
	return [...new Set([...people, ...[speaker, helper].flatMap((one) => (one ? [one.id] : []))])];
}

/** Where people were taken out of the state behind the back of the count. */
export function recount(state: SlotsState, slot: Slot): void {
	slot.taken = seatsOf(state, slot.id, 'seat').length;
	slot.waiting = seatsOf(state, slot.id, 'waiting').length;
}

/** Nothing of it says any more who was there. */
export function clear(state: SlotsState, slot: Slot): void {
	for (const table of [state.seats, state.notices])
		for (const [key, one] of Object.entries(table)) if (one.slot === slot.id) delete table[key];
	slot.taken = slot.waiting = 0;
}

/** The slot that is held in this meeting, from its beginning to its end. */
export function running(state: SlotsState, meeting: number): Slot | null {
	return Object.values(state.slots).find((slot) => slot.meeting === meeting && slot.is === 'closed') ?? null;
}
