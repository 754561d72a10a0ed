/** People sign up, wait, and give their seat up. */
import * as v from 'valibot';
import { command, isRefusal, refuse, type Refusal } from '../block.ts';
import { id } from '../schemas.ts';
import { seatKey, type Slot, type SlotsState } from './model.ts';
import { fill, seatsOf } from './seats.ts';
import { ahead } from './opening.ts';
import type { Ctx } from './settings.ts';

function open(state: SlotsState, which: string): Slot | Refusal {
	const slot = ahead(state, which);
	if (isRefusal(slot) || slot.is === 'open') return slot;
	return refuse('closed', 'It has begun; nobody signs up any more. Just come.', 'slot');
}

/** Takes a seat away; the first of those who wait gets it. */
function vacate(state: SlotsState, slot: Slot, person: string, ctx: Ctx): void {
	const key = seatKey(slot.id, person);
	if (state.seats[key]?.is === 'seat') slot.taken -= 1;
	else slot.waiting -= 1;
	delete state.seats[key];
	delete state.notices[key];
	if (slot.waiting === 0) return;
	for (const up of fill(state, slot, ctx.now)) ctx.touch(up);
	// whoever waits still has one person less before them
	for (const seat of seatsOf(state, slot.id, 'waiting')) ctx.touch(seat.person);
}

export const signing = {
	/** Without a free seat one waits, in the order of signing up. */
	signUp: command(
		v.object({ slot: id }),
		(state: SlotsState, payload, ctx: Ctx) => {
			const slot = open(state, payload.slot);
			if (isRefusal(slot)) return slot;
			const key = seatKey(slot.id, ctx.by.id);
			const known = state.seats[key];
			if (known) return { is: known.is };
			const is = slot.capacity === null || slot.taken < slot.capacity ? 'seat' : 'waiting';
			state.seats[key] = { slot: slot.id, person: ctx.by.id, is, place: slot.next, came: false };
			slot.next += 1;
			if (is === 'seat') slot.taken += 1;
			else slot.waiting += 1;
			return { is };
		},
		{ storm: true }
	),
	giveUp: command(
		v.object({ slot: id }),
		(state: SlotsState, payload, ctx: Ctx) => {
			const slot = open(state, payload.slot);
			if (isRefusal(slot)) return slot;
			if (!state.seats[seatKey(slot.id, ctx.by.id)])
				return refuse('no_seat', 'You have not signed up for this date.', 'slot');
			vacate(state, slot, ctx.by.id, ctx);
		},
		{ storm: true }
	),
	/** The notices on these dates were read. */
	seen: command(
		v.object({ slots: v.pipe(v.array(id), v.maxLength(200)) }),
		(state: SlotsState, payload, ctx: Ctx) => {
			for (const slot of payload.slots) {
				const notice = state.notices[seatKey(slot, ctx.by.id)];
				if (notice) notice.seen = true;
			}
		}
	),
	/** The server: somebody has left the room. */
	leave: command(
		v.object({ person: v.pipe(v.string(), v.maxLength(64)) }),
		(state: SlotsState, { person }, ctx: Ctx) => {
			for (const slot of Object.values(state.slots)) {
				if (slot.is !== 'open') continue;
				if (state.seats[seatKey(slot.id, person)]) vacate(state, slot, person, ctx);
				if (slot.talk?.speaker?.id === person) slot.talk = null;
				if (slot.talk?.helper?.id === person) slot.talk.helper = null;
			}
		}
	)
};
