/** Programmes as their pages list them: rooms that open others, and rooms that are a series of dates by themselves. */
import * as v from 'valibot';
import type { Text } from '#lib/blocks/block.ts';
import type { ReportedFact } from '#lib/blocks/wish.ts';
import type { Format } from '#lib/formats/format.ts';
import { resolve, roomSettings } from '#lib/formats/resolve.ts';
import { whyIn } from '#lib/room/refused.ts';
import { textIn, titleAmong } from '#lib/room/text.ts';
import type { App } from '../../../server/app.ts';
import type { Person } from '../../../server/identity/person.ts';
import type { Room } from '../../../server/rooms/room.ts';
import type { Child, RoomRow } from '../../../server/storage/store.ts';

/** A kind of programme that may be started. */
interface ProgrammeKind {
	format: string;
	/** Null: a series. */
	preset: string | null;
	formatName: Text;
	text: Text;
	about: Text;
}

export function programmeKinds(formats: Iterable<Format>): ProgrammeKind[] {
	return [...formats].flatMap(({ name: format, text: formatName, presets = {}, series }) => [
		...Object.entries(presets).flatMap(([preset, { programme, text, about }]) =>
			programme ? [{ format, preset, formatName, text, about }] : []
		),
		...(series ? [{ format, preset: null, formatName, ...series }] : [])
	]);
}

/** Is this room a series of dates? Null: no. */
export function seriesOf({ registry }: Pick<App, 'registry'>, row: Pick<RoomRow, 'format' | 'preset'>) {
	return (row.preset === null && registry.formats[row.format]?.series) || null;
}

/** Does this room open others, by its format or its preset? */
export function isProgramme({ registry }: Pick<App, 'registry'>, row: RoomRow): boolean {
	const format = registry.formats[row.format];
	if (!format) return false;
	const { blocks } = resolve(format, row.preset, v.parse(roomSettings, {}));
	return Object.values(blocks).some(({ block }) => registry.blocks[block]?.rooms !== undefined);
}

interface ProgrammeLine {
	code: string;
	title: string;
	format: string;
	name: string;
	/** Rooms that it opened; null: it is a series. */
	rooms: number | null;
	/** Dates that were held; null: it opens rooms. */
	held: number | null;
	/** May this person see where it stands? */
	runs: boolean;
}

export async function programmesOf(app: App, person: Person): Promise<ProgrammeLine[]> {
	const mine = (await app.rooms.mine(person)).filter(
		({ room }) => isProgramme(app, room) || seriesOf(app, room) !== null
	);
	return Promise.all(
		mine.map(async ({ room, role }) => {
			const format = app.registry.formats[room.format]!;
			const preset = room.preset === null ? undefined : format.presets?.[room.preset];
			const series = seriesOf(app, room);
			return {
				code: room.code,
				title: titleAmong(room),
				format: room.format,
				name: textIn(series?.text ?? preset?.text ?? format.text),
				rooms: series ? null : (await app.store.children(room.id)).length,
				held: series ? room.meeting - 1 : null,
				runs: { ...format.roles, ...preset?.roles }[role]?.moderates ?? false
			};
		})
	);
}

interface FactLine {
	name: string;
	value: string;
}

/** Of nothing there is no share: before the first date was held, or the plan begun. */
function valueIn({ value, of, word }: ReportedFact): string {
	if (word) return textIn(word);
	if (value === null || (of === 0 && value === 0)) return '–';
	return of === null || of === 0 ? String(value) : `${value}/${of}`;
}

function factLines(facts: Readonly<Record<string, ReportedFact>>): FactLine[] {
	return Object.values(facts).map((fact) => ({ name: textIn(fact.name), value: valueIn(fact) }));
}

interface ChildLine {
	key: string;
	title: string;
	people: number;
	is: 'waiting' | 'open' | 'archived' | 'refused' | 'gone';
	refused: string | null;
	phase: string | null;
	live: boolean;
	held: number;
	facts: FactLine[];
}

export function childLine({ key, wish, done, gone, code, report }: Child): ChildLine {
	const archived = report?.state === 'archived';
	return {
		key,
		title: wish.title,
		people: wish.people.length,
		is: gone ? 'gone' : done.refused ? 'refused' : code === null ? 'waiting' : archived ? 'archived' : 'open',
		refused: done.refused === null ? null : whyIn(done.refused),
		phase: report?.phase ? `${report.phase.id} ${textIn(report.phase.name)}` : null,
		live: report?.phase?.status === 'live',
		held: report?.held ?? 0,
		facts: factLines(report?.facts ?? {})
	};
}

interface DateLine {
	id: string;
	starts: number;
	/** Empty: nobody has taken it yet. */
	title: string;
	/** What is to be known of it before one comes. */
	notes: string[];
	is: 'ahead' | 'over' | 'off';
	/** How many take part and how many wait; null: everybody in the room, or it is over. */
	people: { taking: number; waiting: number } | null;
}

/** What whoever runs a series sees of it: its dates, those ahead first, and its figures. */
export function seriesLines(
	room: Room,
	person: string,
	now: number
): { dates: DateLine[]; facts: FactLine[] } {
	const dates = room
		.appointments(person)
		.map(({ id, starts, ends, title, notes = [], cancelled, people }): DateLine => {
			const over = ends <= now;
			return {
				...{ id, starts, title, is: cancelled ? 'off' : over ? 'over' : 'ahead' },
				notes: over || cancelled ? [] : notes.map(textIn),
				people: over || !people ? null : { taking: people.taking.length, waiting: people.waiting.length }
			};
		});
	const ahead = dates.filter(({ is, starts }) => is === 'ahead' || starts > now);
	const past = dates.filter((one) => !ahead.includes(one)).reverse();
	return { dates: [...ahead, ...past], facts: factLines(room.report.facts) };
}
