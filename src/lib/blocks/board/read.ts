/**
 * Reads a board as plain data. Whoever may write the document may have written anything with any client, so every
 * value is checked: what has no meaning is left out or replaced, and nothing here throws.
 */
import * as Y from 'yjs';
import {
	FORMS,
	LONGEST,
	MOST,
	PAPERS,
	REACH,
	groupsOf,
	linksOf,
	notesOf,
	type BoardContent,
	type Group,
	type Link,
	type Note
} from './model.ts';

export function readBoard(doc: Y.Doc): BoardContent {
	const groups = readAll(groupsOf(doc), readGroup, MOST.groups);
	const notes = readAll(notesOf(doc), readNote, MOST.notes);
	const links = readAll(linksOf(doc), readLink, MOST.links);
	return assemble(notes, groups, links);
}

/** Leaves out what points nowhere, and puts notes and groups in the order of their places. */
export function assemble(
	notes: Iterable<Note>,
	groups: Iterable<Group>,
	links: Iterable<Link>
): BoardContent {
	const known = { groups: new Set<string>(), notes: new Set<string>(), pairs: new Set<string>() };
	const board: BoardContent = { notes: [], groups: [...groups].sort(byPlace), links: [] };
	for (const group of board.groups) known.groups.add(group.id);
	for (const note of notes) {
		known.notes.add(note.id);
		board.notes.push(note.group === null || known.groups.has(note.group) ? note : { ...note, group: null });
	}
	board.notes.sort(byPlace);
	// by id: where two people drew the same link at once, everybody keeps the same one
	for (const link of [...links].sort((a, b) => (a.id < b.id ? -1 : 1))) {
		const pair = `${link.from} ${link.to}`;
		if (!known.notes.has(link.from) || !known.notes.has(link.to) || known.pairs.has(pair)) continue;
		known.pairs.add(pair);
		board.links.push(link);
	}
	return board;
}

export function readNote(id: string, value: unknown): Note | null {
	if (!isEntry(id, value)) return null;
	const at = value.get('at');
	return {
		id,
		kind: word(value.get('kind')) ?? 'note',
		form: oneOf(FORMS, value.get('form')),
		paper: oneOf(PAPERS, value.get('paper')),
		by: word(value.get('by')),
		at: typeof at === 'number' && Number.isFinite(at) && at >= 0 ? at : null,
		group: word(value.get('group')),
		x: place(value.get('x')),
		y: place(value.get('y')),
		text: text(value.get('text'), LONGEST.text),
		reply: text(value.get('reply'), LONGEST.text),
		replyBy: word(value.get('replyBy')),
		test: text(value.get('test'), LONGEST.text),
		result: text(value.get('result'), LONGEST.text)
	};
}

export function readGroup(id: string, value: unknown): Group | null {
	if (!isEntry(id, value)) return null;
	return {
		id,
		key: word(value.get('key')),
		title: text(value.get('title'), LONGEST.title),
		x: place(value.get('x')),
		y: place(value.get('y'))
	};
}

export function readLink(id: string, value: unknown): Link | null {
	if (!isEntry(id, value)) return null;
	const [from, to] = [word(value.get('from')), word(value.get('to'))];
	if (from === null || to === null || from === to) return null;
	return { id, from, to, label: text(value.get('label'), LONGEST.label) };
}

function readAll<T>(
	map: Y.Map<Y.Map<unknown>>,
	read: (id: string, value: unknown) => T | null,
	most: number
): T[] {
	const all: T[] = [];
	for (const [id, value] of map.entries()) {
		const one = read(id, value);
		if (one !== null && all.push(one) >= most) break;
	}
	return all;
}

const isEntry = (id: string, value: unknown): value is Y.Map<unknown> =>
	word(id) !== null && value instanceof Y.Map;

function word(value: unknown): string | null {
	return typeof value === 'string' && value.length > 0 && value.length <= 64 ? value : null;
}

function text(value: unknown, longest: number): string {
	const all = value instanceof Y.Text ? value.toString() : typeof value === 'string' ? value : '';
	return all.slice(0, longest);
}

function place(value: unknown): number {
	if (typeof value !== 'number' || !Number.isFinite(value)) return 0;
	return Math.min(REACH, Math.max(-REACH, value));
}

function oneOf<T extends string>(all: readonly T[], value: unknown): T {
	return all.find((one) => one === value) ?? all[0]!;
}

function byPlace(a: { id: string; x: number; y: number }, b: { id: string; x: number; y: number }): number {
	return a.y - b.y || a.x - b.x || (a.id < b.id ? -1 : 1);
}
