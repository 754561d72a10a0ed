/** What a format says is held back, and whom it may reach at which moment. Pure: told step by step what happens. */
import * as Y from 'yjs';
import type { Json } from '#lib/blocks/block.ts';
import type { Format, Handed, Sealed, Shared, Who } from '#lib/formats/format.ts';
import { includes } from '#lib/formats/permissions.ts';

/** Words that somebody gave: to a command, or wrote in a document. */
export interface Given {
	text: string;
	/** As much of it as stands the same in JSON, Markdown, CSV, HTML and Yjs. */
	needle: string;
	by: string;
	role: string;
	/** The command, or the document's short name. */
	what: string;
	step: number;
	meeting: number;
	/** Rows of the format that hold it back; none: it is open at once. */
	rows: readonly Sealed[];
	/** Those of them that have opened it. */
	opened: Set<Sealed>;
	/** Rows that give it to the whole workspace, and those of them by which it has been given. */
	shares: readonly Shared[];
	hands: readonly Handed[];
	shared: Set<Shared>;
	/** Ids of what it made, and of what it is about. */
	ids: readonly string[];
	/** Who gave what it is about. */
	about: ReadonlySet<string>;
}

/** What has happened so far, as far as it opens anything. */
export interface Moment {
	step: number;
	meeting: number;
	/** Phases that a meeting has come to. */
	reached: ReadonlyMap<number, ReadonlySet<string>>;
	command: { type: string; payload: Json } | null;
	facts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Shorter words stand in too many places to prove anything. */
const SHORTEST = 10;

export function needleOf(text: string): string | null {
	const runs = text.match(/[\p{L}\p{N} ,]+/gu) ?? [];
	const longest = runs.map((run) => run.trim()).sort((a, b) => b.length - a.length)[0] ?? '';
	return longest.length >= SHORTEST && longest.includes(' ') ? longest : null;
}

export function stringsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (Array.isArray(value)) return value.flatMap(stringsIn);
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** All texts in one update of a document, deleted ones as well. */
export function textsIn(update: Uint8Array): string[] {
	return Y.decodeUpdate(update).structs.flatMap((struct) => {
		if (!(struct instanceof Y.Item)) return [];
		const { content } = struct;
		if (content instanceof Y.ContentString) return [content.str];
		return content instanceof Y.ContentAny || content instanceof Y.ContentJSON ? stringsIn(content.arr) : [];
	});
}

const at = (payload: Json, path: string): unknown =>
	path
		.split('.')
		.reduce<unknown>((value, key) => (value as { [key: string]: unknown } | undefined)?.[key], payload);

export function rowsFor<Row extends Sealed | Shared | Handed>(
	rows: readonly Row[] | undefined,
	type: string,
	payload: Json
): Row[] {
	return (rows ?? []).filter(
		(row) =>
			row.what === type && Object.entries(row.if ?? {}).every(([path, value]) => at(payload, path) === value)
	);
}

const isPhase = (format: Format, opens: string) => !opens.includes('.') && format.phases.length > 0;

/** Does this moment open what was given? */
function opensNow(format: Format, row: Sealed, given: Given, moment: Moment): boolean {
	const { opens } = row;
	if (opens === undefined) return false;
	if (row.of !== undefined && !includes(row.of, given.role)) return false;
	if (isPhase(format, opens)) {
		for (const [meeting, phases] of moment.reached)
			if (meeting >= given.meeting && phases.has(opens)) return true;
		return false;
	}
	if (isAbout(given, opens, moment)) return true;
	const [instance, fact] = opens.split('.') as [string, string];
	return Boolean(moment.facts[instance]?.[fact]);
}

/** Has this command been given, of what this gave? */
function isAbout(given: Given, type: string, { command, step }: Moment): boolean {
	if (command?.type !== type || step <= given.step) return false;
	const about = stringsIn(command.payload);
	return given.ids.length === 0 || about.length === 0 || about.some((id) => given.ids.includes(id));
}

export function advance(format: Format, all: readonly Given[], moment: Moment): void {
	for (const given of all) {
		for (const row of given.rows)
			if (!given.opened.has(row) && opensNow(format, row, given, moment)) given.opened.add(row);
		for (const row of given.shares)
			if (row.by === undefined || isAbout(given, row.by, moment)) given.shared.add(row);
	}
}

/** `role` null: the projector, which is anybody who passes by. */
export function readsRecord(format: Format, role: string | null): boolean {
	return role === null || format.roles[role]?.outside === undefined;
}

function among(format: Format, who: Who | undefined, role: string | null): boolean {
	if (who === undefined || who === '*') return readsRecord(format, role);
	return role !== null && includes(who, role);
}

/** May this person in this role, who did not give it, know it now? */
export function mayKnow(
	format: Format,
	given: Given,
	{ person, role }: { person: string; role: string | null },
	moment: Moment
): boolean {
	const document = format.documents[given.what];
	if (document) {
		// Each has one of their own, and what they gave they know.
		if (role === null || document.scope === 'person') return false;
		if (includes(document.read, role) || includes(document.write, role)) return true;
		const { reveal } = document;
		return reveal !== undefined && (moment.reached.get(given.meeting)?.has(reveal) ?? false);
	}
	if (given.rows.length === 0) return readsRecord(format, role);
	return given.rows.some(
		(row) =>
			(row.sees !== undefined && among(format, row.sees, role)) ||
			(row.back === true && given.about.has(person)) ||
			(given.opened.has(row) && among(format, row.then, role))
	);
}

/** One line on why it is held back, for whoever reads a failure. */
export function ruleOf(given: Given): string {
	if (given.rows.length === 0) return 'which no row of `sealed` names';
	return given.rows
		.map(({ sees = [], opens, of, then }) => {
			const before = sees === '*' ? 'everybody' : sees.join(', ') || 'nobody else';
			const after = then === undefined || then === '*' ? 'everybody' : then.join(', ');
			return `seen by ${before}${opens ? `, from ${opens} on${of ? ` (of ${String(of)})` : ''} by ${after}` : ''}`;
		})
		.join('; or ');
}
