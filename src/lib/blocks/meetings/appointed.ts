/** The next meeting with an hour: as people's calendars have it. Pure. */
import type { Appointment } from '../appointment.ts';
import type { Scene } from '../block.ts';
import type { Appointed, MeetingsSettings, MeetingsState } from './model.ts';
import type { Ctx } from './settings.ts';

const MINUTE = 60_000;
/** So many are kept for calendars; each took somebody a tap, and nobody asks for older ones. */
const KEPT = 100;

/** That of the next meeting, if it has an hour. */
export function dateOf({ coming, dates }: Pick<MeetingsState, 'coming' | 'dates'>): Appointed | null {
	const date = linked({ coming, dates });
	return date && !date.off ? date : null;
}

const linked = ({ coming, dates }: Pick<MeetingsState, 'coming' | 'dates'>): Appointed | null =>
	(coming.now?.date === undefined ? undefined : dates[coming.now.date]) ?? null;

/** The one that was called off for a day without an hour: should there be an hour again, it is this one that moves. */
export const calledOff = (state: MeetingsState): string | null => {
	const date = linked(state);
	return date?.off ? date.id : null;
};

/** Gives the next meeting an hour, or another one: the same date moves, so that calendars do. Its id. */
export function appoint(
	state: MeetingsState,
	{ at, minutes, place }: { at: number; minutes?: number; place: string },
	ctx: Ctx
): string {
	const starts = Math.floor(at / MINUTE) * MINUTE;
	const before = linked(state);
	// what has begun took place, and the next one is another
	const known = before && (before.off || before.starts > ctx.now) ? before : null;
	const length = minutes === undefined ? lengthOf(known, ctx) : minutes * MINUTE;
	const said = { starts, ends: starts + length, place };
	if (!known) {
		const id = ctx.id();
		state.dates[id] = { id, ...said, revision: 0, changed: ctx.now, off: false };
		forgetOldest(state);
		return id;
	}
	const same = known.starts === starts && known.ends === said.ends && known.place === place && !known.off;
	if (!same) Object.assign(known, said, { revision: known.revision + 1, changed: ctx.now, off: false });
	return known.id;
}

const lengthOf = (known: Appointed | null, ctx: Ctx): number =>
	known ? known.ends - known.starts : ctx.settings.minutes * MINUTE;

/** There is no such hour any more; what has begun stays as it was. */
export function callOff(state: MeetingsState, ctx: Ctx): void {
	const date = dateOf(state);
	if (!date || date.starts <= ctx.now) return;
	Object.assign(date, { off: true, revision: date.revision + 1, changed: ctx.now });
}

function forgetOldest(state: MeetingsState): void {
	const all = Object.values(state.dates).sort((a, b) => a.changed - b.changed);
	for (const { id } of all.slice(0, Math.max(0, all.length - KEPT))) delete state.dates[id];
}

/** Who meets: as the format says, and never those who are only told how many were held. */
export const meets = ({ expects, told }: MeetingsSettings, role: string): boolean =>
	!told.includes(role) && (expects === null || expects.includes(role));

export function appointments(
	state: MeetingsState,
	{ people, settings }: Scene<MeetingsSettings>
): Appointment[] {
	const taking = Object.values(people)
		.filter(({ role }) => meets(settings, role))
		.map(({ id }) => id);
	return Object.values(state.dates).map(({ off, ...date }) => ({
		...date,
		title: '',
		about: '',
		cancelled: off,
		people: { taking, waiting: [] }
	}));
}
