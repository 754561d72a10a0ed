/** Programmes as their pages list them. */
import type { Text } from '#lib/blocks/block.ts';
import type { Format } from '#lib/formats/format.ts';
import { resolve } from '#lib/formats/resolve.ts';
import { textIn, titleAmong } from '#lib/room/text.ts';
import type { App } from '../../../server/app.ts';
import type { Person } from '../../../server/identity/person.ts';
import type { Child, RoomRow } from '../../../server/storage/store.ts';

/** A kind of programme that may be started. */
export interface ProgrammeKind {
	format: string;
	preset: string;
	formatName: Text;
	text: Text;
	about: Text;
}

export function programmeKinds(formats: Iterable<Format>): ProgrammeKind[] {
	return [...formats].flatMap((format) =>
		Object.entries(format.presets ?? {}).flatMap(([preset, { programme, text, about }]) =>
			programme ? [{ format: format.name, preset, formatName: format.text, text, about }] : []
		)
	);
}

/** Does this room open others, by its format or its preset? */
export function isProgramme({ registry }: App, row: RoomRow): boolean {
	const format = registry.formats[row.format];
	if (!format) return false;
	const { blocks } = resolve(format, row.preset, {
		joining: 'code',
		capacity: 2500,
		options: {},
		minutes: {}
	});
	return Object.values(blocks).some(({ block }) => registry.blocks[block]?.rooms !== undefined);
}

export interface ProgrammeLine {
	code: string;
	title: string;
	format: string;
	name: string;
	rooms: number;
	/** May this person see where its rooms stand? */
	runs: boolean;
}

export async function programmesOf(app: App, person: Person): Promise<ProgrammeLine[]> {
	const mine = (await app.rooms.mine(person)).filter(({ room }) => isProgramme(app, room));
	return Promise.all(
		mine.map(async ({ room, role }) => {
			const format = app.registry.formats[room.format]!;
			const preset = room.preset === null ? undefined : format.presets?.[room.preset];
			return {
				code: room.code,
				title: titleAmong(room),
				format: room.format,
				name: textIn(preset?.text ?? format.text),
				rooms: (await app.store.children(room.id)).length,
				runs: format.roles[role]?.moderates ?? false
			};
		})
	);
}

export interface ChildLine {
	key: string;
	title: string;
	people: number;
	is: 'waiting' | 'open' | 'archived' | 'refused' | 'gone';
	refused: string | null;
	phase: string | null;
	live: boolean;
	held: number;
	facts: { name: string; value: string }[];
}

export function childLine({ key, wish, done, gone, code, report }: Child): ChildLine {
	const archived = report?.state === 'archived';
	return {
		key,
		title: wish.title,
		people: wish.people.length,
		is: gone ? 'gone' : done.refused ? 'refused' : code === null ? 'waiting' : archived ? 'archived' : 'open',
		refused: done.refused,
		phase: report?.phase ? `${report.phase.id} ${textIn(report.phase.name)}` : null,
		live: report?.phase?.status === 'live',
		held: report?.held ?? 0,
		facts: Object.values(report?.facts ?? {}).map(({ name, value, of, word }) => ({
			name: textIn(name),
			value: word ? textIn(word) : of === null ? String(value ?? '–') : `${value ?? '–'}/${of}`
		}))
	};
}
