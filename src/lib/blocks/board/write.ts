/**
 * Every change of a board. Each is one transaction under the writer's origin, which is what makes undo one's own.
 * What is gone meanwhile is passed over: somebody else may have removed it a moment ago.
 */
import * as Y from 'yjs';
import {
	FIELDS,
	groupsOf,
	linksOf,
	notesOf,
	pageOf,
	STEP,
	type Field,
	type Form,
	type Note,
	type Paper
} from './model.ts';

export type NewNote = Pick<Note, 'id' | 'kind' | 'form' | 'by' | 'at' | 'group' | 'x' | 'y'> & {
	text: string;
	test?: string;
	result?: string;
	paper?: Paper;
};

/** Where a note comes to lie: in a group `y` is its place in the order. */
export type Place = Pick<Note, 'id' | 'group' | 'x' | 'y'>;

/** At the end of a page. */
export function addParagraph(doc: Y.Doc, text: string): void {
	doc.transact(() => {
		const paragraph = new Y.XmlElement('paragraph');
		paragraph.insert(0, [new Y.XmlText(text)]);
		pageOf(doc).push([paragraph]);
	});
}

export function addNote(doc: Y.Doc, note: NewNote, origin: unknown): void {
	doc.transact(() => {
		const entry = new Y.Map<unknown>();
		const { id, text, test, result, paper = 'plain', ...values } = note;
		for (const [key, value] of Object.entries({ ...values, paper })) entry.set(key, value);
		const texts: Record<Field, string> = { text, reply: '', test: test ?? '', result: result ?? '' };
		for (const field of FIELDS[note.form]) entry.set(field, new Y.Text(texts[field]));
		notesOf(doc).set(id, entry);
	}, origin);
}

export function moveNotes(doc: Y.Doc, places: readonly Place[], origin: unknown): void {
	doc.transact(() => {
		for (const { id, ...place } of places) {
			const note = notesOf(doc).get(id);
			if (!isMap(note)) continue;
			for (const [key, value] of Object.entries(place)) if (note.get(key) !== value) note.set(key, value);
		}
	}, origin);
}

export function removeNotes(doc: Y.Doc, ids: readonly string[], origin: unknown): void {
	const gone = new Set(ids);
	doc.transact(() => {
		for (const id of gone) notesOf(doc).delete(id);
		for (const [id, link] of linksOf(doc).entries()) {
			const ends = isMap(link) ? [link.get('from'), link.get('to')] : [];
			if (ends.some((end) => typeof end === 'string' && gone.has(end))) linksOf(doc).delete(id);
		}
	}, origin);
}

export function setPaper(doc: Y.Doc, ids: readonly string[], paper: Paper, origin: unknown): void {
	doc.transact(() => {
		for (const id of ids) {
			const note = notesOf(doc).get(id);
			if (isMap(note)) note.set('paper', paper);
		}
	}, origin);
}

/** A new group with these notes in it, in this order. */
export function addGroup(
	doc: Y.Doc,
	group: { id: string; title: string; x: number; y: number; key?: string },
	ids: readonly string[],
	origin: unknown
): void {
	doc.transact(() => {
		const { id, title, key = null, x, y } = group;
		const entry = new Y.Map<unknown>([
			['key', key],
			['x', x],
			['y', y],
			['title', new Y.Text(title)]
		]);
		groupsOf(doc).set(id, entry);
		setGroup(doc, ids, id, origin);
	}, origin);
}

/** Puts notes at the end of a group, in this order. */
export function setGroup(doc: Y.Doc, ids: readonly string[], group: string, origin: unknown): void {
	doc.transact(() => {
		if (!groupsOf(doc).has(group)) return;
		let y = lastIn(doc, group, new Set(ids));
		moveNotes(
			doc,
			ids.map((id) => ({ id, group, x: 0, y: (y += STEP) })),
			origin
		);
	}, origin);
}

export function moveGroups(
	doc: Y.Doc,
	places: readonly { id: string; x: number; y: number }[],
	origin: unknown
): void {
	doc.transact(() => {
		for (const { id, x, y } of places) {
			const group = groupsOf(doc).get(id);
			if (!isMap(group)) continue;
			group.set('x', x);
			group.set('y', y);
		}
	}, origin);
}

/** Takes the frame away; its notes stay, at these places. */
export function ungroup(doc: Y.Doc, group: string, places: readonly Place[], origin: unknown): void {
	doc.transact(() => {
		moveNotes(doc, places, origin);
		groupsOf(doc).delete(group);
	}, origin);
}

/** Two notes have one link in each direction; a second one renews the label. */
export function link(
	doc: Y.Doc,
	{ id, from, to, label }: { id: string; from: string; to: string; label: string },
	origin: unknown
): void {
	if (from === to) return;
	doc.transact(() => {
		for (const entry of linksOf(doc).values()) {
			if (isMap(entry) && entry.get('from') === from && entry.get('to') === to) {
				entry.set('label', label);
				return;
			}
		}
		linksOf(doc).set(
			id,
			new Y.Map<unknown>([
				['from', from],
				['to', to],
				['label', label]
			])
		);
	}, origin);
}

export function unlink(doc: Y.Doc, ids: readonly string[], origin: unknown): void {
	doc.transact(() => {
		for (const id of ids) linksOf(doc).delete(id);
	}, origin);
}

/** Changes a note's text to `next`; whoever writes a reply signs it. */
export function writeNote(
	doc: Y.Doc,
	id: string,
	field: Field,
	next: string,
	by: string | null,
	origin: unknown
): void {
	doc.transact(() => {
		const note = notesOf(doc).get(id);
		if (!isMap(note) || !FIELDS[formOf(note)].includes(field)) return;
		write(note, field, next);
		if (field === 'reply' && note.get('replyBy') !== by) note.set('replyBy', by);
	}, origin);
}

export function writeTitle(doc: Y.Doc, group: string, next: string, origin: unknown): void {
	doc.transact(() => {
		const entry = groupsOf(doc).get(group);
		if (isMap(entry)) write(entry, 'title', next);
	}, origin);
}

function write(entry: Y.Map<unknown>, field: string, next: string): void {
	const there = entry.get(field);
	if (there instanceof Y.Text) replaceText(there, next);
	else entry.set(field, new Y.Text(next));
}

/** Changes only what differs, so that what others write in the same text at the same time stays. */
export function replaceText(text: Y.Text, next: string): void {
	const before = text.toString();
	if (before === next) return;
	const shorter = Math.min(before.length, next.length);
	let start = 0;
	while (start < shorter && before[start] === next[start]) start++;
	if (splitsPair(before, start) || splitsPair(next, start)) start--;
	let end = 0;
	while (end < shorter - start && before.at(-1 - end) === next.at(-1 - end)) end++;
	if (splitsPair(before, before.length - end) || splitsPair(next, next.length - end)) end--;
	const gone = before.length - start - end;
	if (gone > 0) text.delete(start, gone);
	const added = next.slice(start, next.length - end);
	if (added) text.insert(start, added);
}

/** Half a surrogate pair would be turned into a replacement character on the way. */
function splitsPair(text: string, at: number): boolean {
	const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
	return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
}

function lastIn(doc: Y.Doc, group: string, except: ReadonlySet<string>): number {
	let last = 0;
	for (const [id, note] of notesOf(doc).entries()) {
		if (except.has(id) || !isMap(note) || note.get('group') !== group) continue;
		const y = note.get('y');
		if (typeof y === 'number' && Number.isFinite(y)) last = Math.max(last, y);
	}
	return last;
}

function formOf(note: Y.Map<unknown>): Form {
	const form = note.get('form');
	return form === 'question' || form === 'experiment' ? form : 'note';
}

function isMap(value: unknown): value is Y.Map<unknown> {
	return value instanceof Y.Map;
}
