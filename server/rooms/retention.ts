/** What of a room is to be deleted, and when: as its format says, and as the operator's settings do. Pure. */
import type { Text } from '#lib/blocks/block.ts';
import type { Retention } from '#lib/formats/format.ts';
import type { MeetingRow } from '../storage/store.ts';
import { agendaOf, factsOf, nowOf, type World } from './world.ts';

const DAY = 24 * 60 * 60_000;

export interface Planned {
	/** ms since the epoch. */
	at: number;
	/** Null: of the whole room, or of all its meetings. */
	meeting: number | null;
	what: Retention['what'];
	/** What it is, in words; null: the whole room. */
	text: Text | null;
}

/** The soonest first. `archivedDays`: the operator's setting; null: archived rooms stay. */
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
	return plans.sort((a, b) => a.at - b.at);
}

/**
 * When the whole room goes as its format says; null: it stays. Of a meeting this knows the end of its live part, which
 * is never later than its own.
 */
export function endOf(world: World): number | null {
	const rules = (world.format.retention ?? []).filter(({ what }) => what === 'room');
	if (rules.length === 0) return null;
	const held = Object.entries(agendaOf(world).held).map(([number, { began, ended }]) => ({
		room: world.row.id,
		number: Number(number),
		started: began,
		ended
	}));
	const plans = rules.flatMap((rule) => of(rule, world, held)).map(({ at }) => at);
	return plans.length === 0 ? null : Math.min(...plans);
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
