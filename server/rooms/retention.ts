/** What of a room is to be deleted, and when: as its format says, and as the operator's settings do. Pure. */
import type { Text } from '#lib/blocks/block.ts';
import { DAY, dayAt } from '#lib/blocks/days.ts';
import { NOTICE_DAYS, type Retention } from '#lib/formats/format.ts';
import type { MatterEntry, MeetingRow } from '../storage/store.ts';
import { factsOf, nowOf, rosterOf, type World } from './world.ts';

/** Whoever is in a room is told so long before that it goes. */
export const NOTICE = NOTICE_DAYS * DAY;
/** What the room itself tells, among its instances: no format calls one so. */
export const ROOM = 'room';

export interface Planned {
	/** ms since the epoch. */
	at: number;
	/** Null: of the whole room, or of all its meetings. */
	meeting: number | null;
	what: Retention['what'];
	/** What it is, in words; null: the whole room. */
	text: Text | null;
}

/**
 * The soonest first; of the whole room, which goes once, the soonest alone. `archivedDays`: the operator's setting; null:
 * archived rooms stay.
 */
export function planned(
	world: World,
	meetings: readonly MeetingRow[],
	archivedDays: number | null
): Planned[] {
	const { row, format } = world;
	const plans = (format.retention ?? []).flatMap((rule) => of(rule, world, meetings));
	if (archivedDays !== null && row.state === 'archived')
		// nothing else changes the row of an archived room but a new name
		plans.push({ at: row.updated + archivedDays * DAY, meeting: null, what: 'room', text: null });
	plans.sort((a, b) => a.at - b.at);
	const end = plans.find(({ what }) => what === 'room');
	return plans.filter((plan) => plan.what !== 'room' || plan === end);
}

/** The same, of the whole room; null: it stays. */
export const endOf = (...of: Parameters<typeof planned>): number | null =>
	planned(...of).find(({ what }) => what === 'room')?.at ?? null;

/** What the room tells of that end: a notice that comes late keeps the day that was planned in its name. */
export const endId = (at: number): string => `end/${dayAt(at)}`;

/** Since when it is told, ms since the epoch; null: it is not. */
export function toldSince(at: number, matters: Iterable<MatterEntry>): number | null {
	const told = [...matters].filter(({ instance, id }) => instance === ROOM && id === endId(at));
	const times = told.map(({ since }) => since);
	return times.length === 0 ? null : Math.min(...times);
}

/** When a room goes whose time is over `at`: those in it had their notice, however late it could be given. */
export const goesAt = (at: number, told: number): number => Math.max(at, told + NOTICE);

/** Who is in it and reads it; who stands outside has nothing to take along. Null: everybody. */
export function insiders(world: World): string[] | null {
	const { roles } = world.format;
	if (Object.values(roles).every(({ outside }) => outside === undefined)) return null;
	return Object.values(rosterOf(world).members).flatMap(({ id, role }) =>
		roles[role]?.outside === undefined ? [id] : []
	);
}

function of(rule: Retention, world: World, meetings: readonly MeetingRow[]): Planned[] {
	const { what, days } = rule;
	const text = what === 'room' ? null : (rule.text ?? null);
	const plan = (since: number, meeting: number | null): Planned => ({
		at: since + days * DAY,
		meeting,
		what,
		text
	});
	if (rule.after === 'archived') return world.row.state === 'archived' ? [plan(world.row.updated, null)] : [];
	if (rule.after === 'ended') {
		const ended = meetings.flatMap(({ number, ended }) => (ended === null ? [] : [{ number, ended }]));
		if (what !== 'room') return ended.map(({ number, ended }) => plan(ended, number));
		const last = ended.toSorted((a, b) => a.number - b.number).at(-1);
		// a room that meets again lives on
		return last && nowOf(world)?.began == null ? [plan(last.ended, null)] : [];
	}
	const [instance = '', fact = ''] = rule.after.fact.split('.');
	const since = factsOf(world)[instance]?.[fact];
	return typeof since === 'number' && since > 0 ? [plan(since, null)] : [];
}
