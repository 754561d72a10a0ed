/** Dates are opened, changed and called off. */
import * as v from 'valibot';
import { command, isRefusal, refuse, type Refusal } from '../block.ts';
import { isZone } from '../days.ts';
import { id } from '../schemas.ts';
import { series } from './dates.ts';
import type { Slot, SlotsState } from './model.ts';
import { concerned, fill, note } from './seats.ts';
import type { Ctx } from './settings.ts';

const MINUTE = 60_000;
const YEARS = 2 * 366 * 24 * 60 * MINUTE;

const whole = (from: number, to: number, otherwise: string) =>
	v.pipe(v.number(otherwise), v.integer(otherwise), v.minValue(from, otherwise), v.maxValue(to, otherwise));
const minutes = whole(5, 480, 'Between 5 minutes and 8 hours.');
const capacity = v.nullable(whole(1, 2000, 'Between 1 and 2,000 seats.'));
const place = v.pipe(v.string(), v.trim(), v.maxLength(140));
const at = v.pipe(v.number('Choose a day and a time.'), v.finite('Choose a day and a time.'));

function badTime(at: number, ctx: Ctx): Refusal | null {
	if (at <= ctx.now) return refuse('past', 'This time has passed. Choose a later one.', 'at');
	if (at > ctx.now + YEARS) return refuse('far', 'Choose a day within the next two years.', 'at');
	return null;
}

const isAhead = ({ is }: Slot) => is === 'open' || is === 'closed';

/** The slot, while it can still be changed. */
export function ahead(state: SlotsState, which: string): Slot | Refusal {
	const slot = state.slots[which];
	if (!slot) return refuse('gone', 'There is no such date.', 'slot');
	if (slot.is === 'cancelled') return refuse('off', 'This date was called off.', 'slot');
	if (slot.is === 'held') return refuse('over', 'This date is over.', 'slot');
	return slot;
}

/** The same, unless it is on at this moment. */
function movable(state: SlotsState, which: string): Slot | Refusal {
	const slot = ahead(state, which);
	if (isRefusal(slot) || slot.meeting === null) return slot;
	return refuse('on', 'This date is on now.', 'slot');
}

function tell(state: SlotsState, slot: Slot, what: 'moved' | 'off' | 'on', ctx: Ctx): void {
	slot.revision += 1;
	slot.changed = ctx.now;
	for (const person of concerned(state, slot, ctx)) {
		if (person === ctx.by.id) continue;
		note(state, slot.id, person, what, ctx.now);
		ctx.touch(person);
	}
}

export const opening = {
	/** One date, or a series that keeps its time of day in the zone of whoever opens it. */
	open: command(
		v.object({
			at,
			minutes: v.optional(minutes),
			capacity: v.optional(capacity),
			place: v.optional(place, ''),
			repeat: v.optional(
				v.nullable(
					v.object({
						every: v.picklist(['week', 'fortnight', 'month']),
						times: whole(2, 26, 'Between 2 and 26 times.')
					})
				),
				null
			),
			zone: v.optional(v.pipe(v.string(), v.maxLength(64)), 'UTC')
		}),
		(state: SlotsState, { at, repeat, zone, ...what }, ctx: Ctx) => {
			const bad = badTime(at, ctx);
			if (bad) return bad;
			if (!isZone(zone)) return refuse('zone', 'There is no such time zone.', 'zone');
			const start = Math.floor(at / MINUTE) * MINUTE;
			const starts = repeat ? series(start, repeat.every, repeat.times, zone) : [start];
			const known = Object.values(state.slots).filter(isAhead);
			const { most } = ctx.settings;
			if (known.length + starts.length > most)
				return refuse('enough', 'At most {most} dates can lie ahead at once.', 'repeat', { most });
			if (known.some((one) => starts.includes(one.starts)))
				return refuse('twice', 'There is a date at that time already.', 'at');
			const length = (what.minutes ?? ctx.settings.minutes) * MINUTE;
			const together = repeat ? ctx.id() : null;
			const slots = starts.map((begin): Slot => ({
				id: ctx.id(),
				starts: begin,
				ends: begin + length,
				capacity: what.capacity === undefined ? ctx.settings.capacity : what.capacity,
				place: what.place,
				series: together,
				is: 'open',
				reason: '',
				meeting: null,
				talk: null,
				attended: null,
				revision: 0,
				changed: ctx.now,
				taken: 0,
				waiting: 0,
				next: 1
			}));
			for (const slot of slots) state.slots[slot.id] = slot;
			return { slots: slots.map((slot) => slot.id) };
		}
	),
	/** Another time, length, place or number of seats. Nobody who has a seat loses it. */
	change: command(
		v.object({
			slot: id,
			at: v.optional(at),
			minutes: v.optional(minutes),
			capacity: v.optional(capacity),
			place: v.optional(place)
		}),
		(state: SlotsState, payload, ctx: Ctx) => {
			const slot = movable(state, payload.slot);
			if (isRefusal(slot)) return slot;
			const starts = payload.at === undefined ? slot.starts : Math.floor(payload.at / MINUTE) * MINUTE;
			if (starts !== slot.starts) {
				const bad = badTime(starts, ctx);
				if (bad) return bad;
				if (Object.values(state.slots).some((one) => isAhead(one) && one.starts === starts))
					return refuse('twice', 'There is a date at that time already.', 'at');
			}
			const { taken } = slot;
			const { capacity = slot.capacity } = payload;
			if (capacity !== null && capacity < taken)
				return refuse('taken', '{taken} have a seat already, so there are that many at least.', 'capacity', {
					taken
				});
			const length = payload.minutes === undefined ? slot.ends - slot.starts : payload.minutes * MINUTE;
			const where = payload.place ?? slot.place;
			const elsewhere = starts !== slot.starts || starts + length !== slot.ends || where !== slot.place;
			Object.assign(slot, { starts, ends: starts + length, place: where, capacity });
			if (starts > ctx.now) slot.is = 'open';
			if (elsewhere) tell(state, slot, 'moved', ctx);
			for (const person of fill(state, slot, ctx.now)) ctx.touch(person);
		}
	),
	cancel: command(
		v.object({ slot: id, reason: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(280)), '') }),
		(state: SlotsState, payload, ctx: Ctx) => {
			const slot = movable(state, payload.slot);
			if (isRefusal(slot)) return slot;
			slot.is = 'cancelled';
			slot.reason = payload.reason;
			tell(state, slot, 'off', ctx);
		}
	),
	/** It takes place after all: whoever had a seat has it. */
	restore: command(v.object({ slot: id }), (state: SlotsState, payload, ctx: Ctx) => {
		const slot = state.slots[payload.slot];
		if (slot?.is !== 'cancelled') return refuse('gone', 'No such date was called off.', 'slot');
		const bad = badTime(slot.starts, ctx);
		if (bad) return bad;
		if (Object.values(state.slots).some((one) => isAhead(one) && one.starts === slot.starts))
			return refuse('twice', 'There is a date at that time already.', 'slot');
		slot.is = 'open';
		slot.reason = '';
		tell(state, slot, 'on', ctx);
		for (const person of fill(state, slot, ctx.now)) ctx.touch(person);
	})
};
