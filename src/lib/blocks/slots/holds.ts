import type { Holds } from '../testing.ts';
import type { SlotsRecord, SlotsState } from './model.ts';

export const holds: Holds<SlotsState> = (state, { record, desk, own, scene }) => {
	const wrong: string[] = [];
	const starts = new Set<number>();
	for (const slot of Object.values(state.slots)) {
		const seats = Object.values(state.seats).filter((seat) => seat.slot === slot.id);
		const waiting = seats.filter(({ is }) => is === 'waiting');
		const taken = seats.filter(({ is }) => is === 'seat');
		const free = (slot.capacity ?? Infinity) - taken.length;
		if (slot.taken !== taken.length || slot.waiting !== waiting.length)
			wrong.push(`${slot.id} is counted wrongly`);
		if (free < 0) wrong.push(`${slot.id} has more people than seats`);
		if (slot.is === 'open' && free > 0 && waiting.length > 0)
			wrong.push(`${slot.id} has a free seat and somebody waits`);
		if (slot.is === 'open' && taken.some((one) => waiting.some((other) => other.place < one.place)))
			wrong.push(`${slot.id} gave a seat to somebody who came later than one who waits`);
		if (new Set(seats.map(({ place }) => place)).size !== seats.length)
			wrong.push(`two have the same place in ${slot.id}`);
		if (slot.is === 'held' && seats.length > 0) wrong.push(`${slot.id} is over and still says who was there`);
		if (slot.is !== 'closed' && slot.is !== 'held' && seats.some(({ came }) => came))
			wrong.push(`somebody came to ${slot.id} before it began`);
		if (slot.ends <= slot.starts) wrong.push(`${slot.id} ends before it begins`);
		if (slot.is === 'open' && starts.has(slot.starts)) wrong.push(`two dates begin at ${slot.starts}`);
		if (slot.is === 'open') starts.add(slot.starts);
	}
	const shown = Object.values((record as Partial<SlotsRecord>).slots ?? {});
	const named = new Set(
		shown.flatMap(({ talk }) => [talk?.speaker, talk?.helper].flatMap((one) => (one ? [one.id] : [])))
	);
	const said = JSON.stringify([record, desk]);
	for (const { slot, person } of Object.values(state.seats)) {
		if (!named.has(person) && said.includes(person)) wrong.push(`${person} is named`);
		for (const other of Object.keys(scene.people))
			if (other !== person && !named.has(person) && JSON.stringify(own(other)).includes(person))
				wrong.push(`${other} sees that ${person} comes to ${slot}`);
	}
	return wrong;
};
