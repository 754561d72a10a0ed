/** What the room and each person see of the dates, and what goes into calendars. */
import type { Appointment } from '../appointment.ts';
import type { Facts, Published, Text } from '../block.ts';
import { attendanceOf } from './course.ts';
import {
	seatKey,
	type Figures,
	type ShownSlot,
	type SlotsOwn,
	type SlotsRecord,
	type SlotsState
} from './model.ts';
import { concerned, fill, recount, seatsOf } from './seats.ts';
import type { SlotsScene } from './settings.ts';
import { isFirst } from './speaking.ts';

export function figuresOf(state: SlotsState): Figures {
	const held = Object.values(state.slots).filter(({ attended }) => attended !== null);
	const talks = held.flatMap(({ talk }) => talk ?? []);
	const sum = (of: 'signed' | 'came') => held.reduce((all, slot) => all + (slot.attended?.[of] ?? 0), 0);
	return {
		held: held.length,
		signed: sum('signed'),
		came: sum('came'),
		talks: talks.length,
		first: talks.filter(({ first }) => first).length
	};
}

export function publish(state: SlotsState): Published {
	const slots: SlotsRecord['slots'] = {};
	for (const slot of Object.values(state.slots)) {
		const { next: _next, series: _series, ...said } = slot;
		const shown: ShownSlot = {
			...said,
			taken: slot.attended?.signed ?? slot.taken,
			attended: slot.meeting !== null && slot.is === 'closed' ? attendanceOf(state, slot) : slot.attended
		};
		slots[slot.id] = shown;
	}
	const record: SlotsRecord = { slots, figures: { now: figuresOf(state) } };
	return { record };
}

export function own(state: SlotsState, person: string): SlotsOwn {
	const seats: SlotsOwn['seats'] = {};
	for (const slot of Object.keys(state.slots)) {
		const seat = state.seats[seatKey(slot, person)];
		if (!seat) continue;
		const before = seat.is === 'waiting' ? seatsOf(state, slot, 'waiting') : [];
		const ahead = before.filter(({ place }) => place < seat.place).length;
		seats[slot] = { is: seat.is, ahead, came: seat.came };
	}
	const notices = Object.values(state.notices)
		.filter((notice) => notice.person === person && !notice.seen)
		.map(({ person: _, ...notice }) => notice)
		.sort((a, b) => a.at - b.at);
	return { seats, notices, first: isFirst(state, person) };
}

export function facts(state: SlotsState, scene: SlotsScene): Facts {
	const { held, signed, came, talks, first } = figuresOf(state);
	const on = Object.values(state.slots).some(
		({ meeting, is }) => meeting === scene.meeting && is === 'closed'
	);
	const next = Object.values(state.slots)
		.filter(({ is }) => is === 'open' || is === 'closed')
		.reduce<number | null>((first, { starts }) => (first === null ? starts : Math.min(first, starts)), null);
	return { held, signed, came, talks, first, on, next };
}

const RECORDED: Text = { en: 'Will be recorded', de: 'Wird aufgezeichnet' };
const NOT_RECORDED: Text = { en: 'Not recorded', de: 'Ohne Aufzeichnung' };

export function appointments(state: SlotsState, scene: SlotsScene): Appointment[] {
	return Object.values(state.slots).map((slot) => {
		const { id, starts, ends, place, revision, changed, is, talk } = slot;
		const waiting = seatsOf(state, id, 'waiting').map(({ person }) => person);
		// of what is over only the number is kept
		const all = is === 'held' ? [] : concerned(state, slot, scene);
		const taking = all.filter((person) => !waiting.includes(person));
		const about = talk ? [talk.speaker?.name ?? '', ...talk.takeaways.map((one) => `– ${one}`)] : [];
		return {
			...{ id, starts, ends, place, revision, changed },
			title: talk?.title ?? '',
			about: about.filter((line) => line !== '').join('\n'),
			notes: talk && is !== 'held' ? [talk.recorded ? RECORDED : NOT_RECORDED] : [],
			cancelled: is === 'cancelled',
			people: { taking, waiting }
		};
	});
}

/** A guest goes on as an account that had a seat too: one of the two is free now. */
export function succeeded(state: SlotsState): void {
	for (const slot of Object.values(state.slots)) {
		recount(state, slot);
		fill(state, slot, slot.changed);
	}
}

export function forget(state: SlotsState, person: string): void {
	delete state.spoken[person];
	for (const slot of Object.values(state.slots)) {
		delete state.seats[seatKey(slot.id, person)];
		delete state.notices[seatKey(slot.id, person)];
		recount(state, slot);
		fill(state, slot, slot.changed);
		const { talk } = slot;
		if (talk?.helper?.id === person) talk.helper = null;
		if (talk?.speaker?.id !== person) continue;
		// what was said stays, without a name; what was only going to be said is free again
		if (slot.is === 'held') talk.speaker = null;
		else slot.talk = null;
	}
}
