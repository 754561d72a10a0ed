/** What happens to a slot when its time comes: sign-up closes, it is held, people come, it is counted. */
import * as v from 'valibot';
import { command, refuse } from '../block.ts';
import { seatKey, type Slot, type SlotsState } from './model.ts';
import { clear, running, seatsOf } from './seats.ts';
import type { Ctx } from './settings.ts';

const HOUR = 3_600_000;
/** A meeting that begins so long before or after a slot's time is no longer taken for it. */
const NEAR = 12 * HOUR;
/** So long after its end a slot is counted, where no meeting has done it. */
const GRACE = 6 * HOUR;

export function attendanceOf(state: SlotsState, slot: Slot) {
	const seats = seatsOf(state, slot.id, 'seat', 'waiting', 'guest');
	const signed = seats.filter(({ is }) => is === 'seat');
	return {
		signed: signed.length,
		came: signed.filter(({ came }) => came).length,
		more: seats.filter(({ is, came }) => is !== 'seat' && came).length
	};
}

/** From now on only the numbers are kept. */
function finish(state: SlotsState, slot: Slot, ctx: Ctx): void {
	if (slot.meeting !== null)
		ctx.emit('held', {
			slot: slot.id,
			meeting: slot.meeting,
			title: slot.talk?.title ?? '',
			starts: slot.starts
		});
	slot.attended = slot.meeting === null ? null : attendanceOf(state, slot);
	slot.is = 'held';
	const speaker = slot.meeting === null ? null : slot.talk?.speaker;
	if (speaker) state.spoken[speaker.id] = (state.spoken[speaker.id] ?? 0) + 1;
	clear(state, slot);
}

function touch(slot: Slot, state: SlotsState, ctx: Ctx): void {
	for (const { person } of seatsOf(state, slot.id, 'seat', 'waiting', 'guest')) ctx.touch(person);
}

/** When the server has to look at this slot by itself. */
function dueAt(slot: Slot, remembered: ReadonlySet<string>): number | null {
	switch (slot.is) {
		case 'open':
			return slot.starts;
		case 'closed':
			return slot.ends + GRACE;
		case 'cancelled':
			return remembered.has(slot.id) ? slot.ends : null;
		case 'held':
			return null;
	}
}

/** Slots of which it is still kept whose they are. */
const remembered = (state: SlotsState) =>
	new Set([...Object.values(state.seats), ...Object.values(state.notices)].map(({ slot }) => slot));

export function due(state: SlotsState) {
	const known = remembered(state);
	const times = Object.values(state.slots).flatMap((slot) => dueAt(slot, known) ?? []);
	return times.length === 0 ? null : { at: Math.min(...times), verb: 'tick', payload: {} };
}

function come(state: SlotsState, slot: Slot, person: string): void {
	const key = seatKey(slot.id, person);
	const seat = state.seats[key];
	if (seat) seat.came = true;
	else state.seats[key] = { slot: slot.id, person, is: 'guest', place: slot.next++, came: true };
}

/** The roles that the format has for whoever speaks and helps. Who runs the room goes on doing that. */
function appoint(slot: Slot, ctx: Ctx): void {
	const { speaker, helper } = ctx.settings;
	const give = (event: 'speaks' | 'helps', person: string | undefined, role: string | null) => {
		const member = person === undefined ? undefined : ctx.people[person];
		if (!member || role === null || member.role === role || ctx.facilitates(member.role)) return;
		ctx.emit(event, { person: member.id });
	};
	const id = slot.talk?.speaker?.id;
	if (id !== undefined && ctx.people[id])
		for (const member of Object.values(ctx.people))
			if (member.role === speaker && member.id !== id) ctx.emit('relieved', { person: member.id });
	give('speaks', id, speaker);
	give('helps', slot.talk?.helper?.id, helper);
}

export const course = {
	/** A meeting begins: the slot whose time it is is held in it. Without one the meeting is held all the same. */
	begin: command(v.object({}), (state: SlotsState, _, ctx: Ctx) => {
		if (Object.values(state.slots).some(({ meeting }) => meeting === ctx.meeting)) return;
		const distance = ({ starts }: Slot) => Math.abs(starts - ctx.now);
		const slot = Object.values(state.slots)
			.filter((one) => (one.is === 'open' || one.is === 'closed') && one.meeting === null)
			.filter((one) => distance(one) <= NEAR)
			.sort((a, b) => distance(a) - distance(b))[0];
		if (!slot) return;
		slot.is = 'closed';
		slot.meeting = ctx.meeting;
		touch(slot, state, ctx);
		appoint(slot, ctx);
	}),
	/** The live part is over. */
	finish: command(v.object({}), (state: SlotsState, _, ctx: Ctx) => {
		const slot = running(state, ctx.meeting);
		if (!slot) return;
		touch(slot, state, ctx);
		finish(state, slot, ctx);
	}),
	/** Time has come for something. */
	tick: command(v.object({}), (state: SlotsState, _, ctx: Ctx) => {
		const known = remembered(state);
		for (const slot of Object.values(state.slots)) {
			const at = dueAt(slot, known);
			if (at === null || at > ctx.now) continue;
			touch(slot, state, ctx);
			if (slot.is === 'open') slot.is = 'closed';
			else if (slot.is === 'closed') finish(state, slot, ctx);
			else clear(state, slot);
		}
	}),
	/** "I am here": for whoever is in the room without being connected to it. */
	arrive: command(
		v.object({}),
		(state: SlotsState, _, ctx: Ctx) => {
			const slot = running(state, ctx.meeting);
			if (!slot) return refuse('not_on', 'No date is on now, so there is nothing to come to.');
			come(state, slot, ctx.by.id);
		},
		{ storm: true }
	),
	/** The server says who is connected. Those who run the room and hold no seat are no audience. */
	present: command(
		v.object({ meeting: v.number(), people: v.array(v.string()) }),
		(state: SlotsState, { meeting, people }, ctx: Ctx) => {
			const slot = running(state, meeting);
			if (!slot) return;
			for (const person of people) {
				const member = ctx.people[person];
				const known = state.seats[seatKey(slot.id, person)];
				if (!member || known?.came || (!known && ctx.moderates(member.role))) continue;
				come(state, slot, person);
				ctx.touch(person);
			}
		},
		{ storm: true }
	)
};
