import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { groupsOf, LONGEST, notesOf, pageOf, PAPERS, REACH, type Form } from './model.ts';
import { readBoard } from './read.ts';
import { seed } from './seed.ts';
import { createUndo } from './undo.ts';
import {
	addGroup,
	addNote,
	link,
	moveGroups,
	moveNotes,
	removeNotes,
	replaceText,
	setGroup,
	setPaper,
	ungroup,
	unlink,
	writeNote,
	writeTitle
} from './write.ts';

const MINE = 'mine';

function put(
	doc: Y.Doc,
	id: string,
	more: { form?: Form; text?: string; x?: number; y?: number } = {},
	origin = MINE
) {
	const { form = 'note', text = id, x = 0, y = 0 } = more;
	addNote(doc, { id, kind: 'idea', form, text, by: 'tom', at: 1, group: null, x, y }, origin);
}

const note = (doc: Y.Doc, id: string) => readBoard(doc).notes.find((one) => one.id === id);
const ids = (doc: Y.Doc, group: string | null) =>
	readBoard(doc)
		.notes.filter((one) => one.group === group)
		.map((one) => one.id);

/** Two people at one board; `meet` brings each what the other wrote. */
function pair() {
	const [a, b] = [new Y.Doc(), new Y.Doc()];
	const meet = () => {
		Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)), 'remote');
		Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)), 'remote');
	};
	return { a, b, meet };
}

describe('writing', () => {
	it('puts a note with its texts on the board', () => {
		const doc = new Y.Doc();
		put(doc, 'n1', { text: 'Half the wait is re-keying.', x: 12, y: 30 });
		expect(note(doc, 'n1')).toMatchObject({
			kind: 'idea',
			form: 'note',
			text: 'Half the wait is re-keying.',
			by: 'tom',
			x: 12,
			y: 30,
			paper: 'plain'
		});
	});

	it('keeps hypothesis, test and result of an experiment apart', () => {
		const doc = new Y.Doc();
		put(doc, 'e1', { form: 'experiment', text: 'One page cuts re-requests.' });
		writeNote(doc, 'e1', 'test', '20 files until 14 May.', 'priya', MINE);
		writeNote(doc, 'e1', 'result', '2 of 20.', 'priya', MINE);
		expect(note(doc, 'e1')).toMatchObject({ test: '20 files until 14 May.', result: '2 of 20.' });
	});

	it('signs a reply with the name of whoever wrote it, and gives a plain note none', () => {
		const doc = new Y.Doc();
		put(doc, 'q1', { form: 'question' });
		put(doc, 'n1');
		writeNote(doc, 'q1', 'reply', 'Three people, differently.', 'priya', MINE);
		writeNote(doc, 'n1', 'reply', 'Nothing.', 'priya', MINE);
		expect(note(doc, 'q1')).toMatchObject({ reply: 'Three people, differently.', replyBy: 'priya' });
		expect(note(doc, 'n1')).toMatchObject({ reply: '', replyBy: null });
	});

	it('assigns notes to a group in their order, after those that are in it', () => {
		const doc = new Y.Doc();
		for (const id of ['a', 'b', 'c']) put(doc, id, { y: 900 });
		addGroup(doc, { id: 'g', title: 'Waiting', x: 0, y: 0 }, ['b'], MINE);
		setGroup(doc, ['c', 'a'], 'g', MINE);
		expect(ids(doc, 'g')).toEqual(['b', 'c', 'a']);
		expect(readBoard(doc).groups).toMatchObject([{ id: 'g', title: 'Waiting', key: null }]);
	});

	it('assigns nothing to a group that is gone', () => {
		const doc = new Y.Doc();
		put(doc, 'a');
		setGroup(doc, ['a'], 'nowhere', MINE);
		expect(ids(doc, null)).toEqual(['a']);
	});

	it('leaves the notes where they were shown when a group is dissolved', () => {
		const doc = new Y.Doc();
		put(doc, 'a');
		addGroup(doc, { id: 'g', title: '', x: 0, y: 0 }, ['a'], MINE);
		ungroup(doc, 'g', [{ id: 'a', group: null, x: 70, y: 80 }], MINE);
		expect(readBoard(doc).groups).toEqual([]);
		expect(note(doc, 'a')).toMatchObject({ group: null, x: 70, y: 80 });
	});

	it('links two notes once in each direction, and takes the newest label', () => {
		const doc = new Y.Doc();
		put(doc, 'a');
		put(doc, 'b');
		link(doc, { id: 'l1', from: 'a', to: 'b', label: '' }, MINE);
		link(doc, { id: 'l2', from: 'a', to: 'b', label: 'leads to' }, MINE);
		link(doc, { id: 'l3', from: 'b', to: 'a', label: '' }, MINE);
		link(doc, { id: 'l4', from: 'a', to: 'a', label: '' }, MINE);
		expect(readBoard(doc).links.map(({ id, label }) => [id, label])).toEqual(
			expect.arrayContaining([
				['l1', 'leads to'],
				['l3', '']
			])
		);
		expect(readBoard(doc).links).toHaveLength(2);
		unlink(doc, ['l1'], MINE);
		expect(readBoard(doc).links.map(({ id }) => id)).toEqual(['l3']);
	});

	it('removes notes together with their links', () => {
		const doc = new Y.Doc();
		put(doc, 'a');
		put(doc, 'b');
		link(doc, { id: 'l1', from: 'a', to: 'b', label: '' }, MINE);
		removeNotes(doc, ['b', 'unknown'], MINE);
		expect(readBoard(doc)).toMatchObject({ notes: [{ id: 'a' }], links: [] });
		expect(doc.getMap('links').size).toBe(0);
	});

	it('passes over what somebody else removed a moment ago', () => {
		const doc = new Y.Doc();
		moveNotes(doc, [{ id: 'x', group: null, x: 1, y: 1 }], MINE);
		moveGroups(doc, [{ id: 'x', x: 1, y: 1 }], MINE);
		setPaper(doc, ['x'], 'sky', MINE);
		writeNote(doc, 'x', 'text', 'hello', null, MINE);
		writeTitle(doc, 'x', 'hello', MINE);
		expect(readBoard(doc)).toEqual({ notes: [], groups: [], links: [] });
	});

	it('gives notes one of the papers', () => {
		const doc = new Y.Doc();
		put(doc, 'a');
		setPaper(doc, ['a'], 'sky', MINE);
		expect(note(doc, 'a')?.paper).toBe('sky');
	});
});

describe('texts', () => {
	it('become what was typed, whatever stood there', () => {
		const word = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'ü', '👍', '👎', '🇩🇪'), maxLength: 12 });
		fc.assert(
			fc.property(word, word, (before, next) => {
				const text = new Y.Doc().getText('t');
				text.insert(0, before);
				replaceText(text, next);
				expect(text.toString()).toBe(next);
			}),
			{ numRuns: 500 }
		);
	});

	it('keep what two people write in them at once', () => {
		const { a, b, meet } = pair();
		put(a, 'n', { text: 'a broker' });
		meet();
		writeNote(a, 'n', 'text', 'Would a broker', null, MINE);
		writeNote(b, 'n', 'text', 'a broker recognise it', null, MINE);
		meet();
		expect(note(a, 'n')?.text).toBe('Would a broker recognise it');
		expect(note(b, 'n')?.text).toBe('Would a broker recognise it');
	});
});

describe('undo', () => {
	it('brings back a removed note with its text, its place and its link', () => {
		const doc = new Y.Doc();
		put(doc, 'a', { text: 'Who decides?', x: 5, y: 6 });
		put(doc, 'b');
		link(doc, { id: 'l', from: 'a', to: 'b', label: 'then' }, MINE);
		const before = readBoard(doc);
		const undo = createUndo(doc, MINE);
		removeNotes(doc, ['a'], MINE);
		undo.undo();
		expect(readBoard(doc)).toEqual(before);
		undo.redo();
		expect(readBoard(doc).notes.map(({ id }) => id)).toEqual(['b']);
	});

	it('takes back only my own changes', () => {
		const { a, b, meet } = pair();
		put(a, 'n', { x: 1 });
		meet();
		const undo = createUndo(a, MINE);
		moveNotes(a, [{ id: 'n', group: null, x: 100, y: 0 }], MINE);
		put(b, 'toms');
		meet();
		undo.undo();
		meet();
		expect(note(b, 'n')?.x).toBe(1);
		expect(note(b, 'toms')).toBeDefined();
	});

	it('leaves a note that somebody else has written in, with what they wrote', () => {
		const { a, b, meet } = pair();
		const undo = createUndo(a, MINE);
		put(a, 'n', { form: 'question', text: 'Why?' });
		meet();
		writeNote(b, 'n', 'reply', 'It waits for documents.', 'priya', MINE);
		meet();
		undo.undo();
		meet();
		expect(note(b, 'n')).toMatchObject({ form: 'question', text: '', reply: 'It waits for documents.' });
		expect(readBoard(a)).toEqual(readBoard(b));
	});

	it('takes a new group away, and the notes in it stay on the board', () => {
		const { a, b, meet } = pair();
		put(b, 'n');
		meet();
		const undo = createUndo(a, MINE);
		addGroup(a, { id: 'g', title: 'Mine', x: 0, y: 0 }, ['n'], MINE);
		undo.undo();
		expect(readBoard(a)).toMatchObject({ groups: [], notes: [{ id: 'n', group: null }] });
	});
});

describe('reading', () => {
	const simple = fc.oneof(
		fc.string({ maxLength: 80 }),
		fc.double(),
		fc.boolean(),
		fc.constant(null),
		fc.constant(undefined),
		fc.constantFrom('note', 'question', 'sky', 'g', 'n')
	);
	const name = fc.constantFrom('n', 'm', 'g', '', '__proto__', 'constructor', 'x'.repeat(100));
	const field = fc.constantFrom(
		...['kind', 'form', 'paper', 'by', 'at', 'group', 'x', 'y', 'text', 'reply', 'test', 'result'],
		...['title', 'key', 'from', 'to', 'label']
	);
	const value = fc.oneof(
		simple.map((json) => () => json as unknown),
		fc.array(fc.string()).map((json) => () => json as unknown),
		fc.string({ maxLength: 9000 }).map((text) => () => new Y.Text(text) as unknown),
		fc.string().map((text) => () => new Y.Map([['text', text]]) as unknown),
		fc.constant(() => new Y.XmlText('x') as unknown),
		fc.constant(() => new Uint8Array(3) as unknown)
	);
	const step = fc.record({
		root: fc.constantFrom('notes', 'groups', 'links'),
		name,
		entry: fc.boolean(),
		field,
		value,
		list: fc.boolean()
	});

	it('never throws and stays within its bounds, whatever anybody wrote', () => {
		let runs = 0;
		fc.assert(
			fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
				runs++;
				const strange = new Y.Doc();
				for (const { root, name, entry, field, value, list } of steps) {
					const map = strange.getMap<unknown>(root);
					if (list) {
						const other = new Y.Doc();
						other.getArray<unknown>(root).push([value() ?? null]);
						Y.applyUpdate(strange, Y.encodeStateAsUpdate(other));
					} else if (!entry) map.set(name, value());
					else {
						if (!(map.get(name) instanceof Y.Map)) map.set(name, new Y.Map());
						(map.get(name) as Y.Map<unknown>).set(field, value());
					}
				}
				const board = readBoard(strange);
				const groups = new Set(board.groups.map(({ id }) => id));
				const notes = new Set(board.notes.map(({ id }) => id));
				for (const one of board.notes) {
					expect(Math.abs(one.x)).toBeLessThanOrEqual(REACH);
					expect(Math.abs(one.y)).toBeLessThanOrEqual(REACH);
					expect(one.text.length).toBeLessThanOrEqual(LONGEST.text);
					expect(PAPERS).toContain(one.paper);
					expect(one.group === null || groups.has(one.group)).toBe(true);
				}
				for (const { from, to } of board.links) {
					expect(notes.has(from) && notes.has(to) && from !== to).toBe(true);
				}
				expect(() => JSON.stringify(board)).not.toThrow();
			}),
			{ numRuns: 400 }
		);
		expect(runs).toBeGreaterThanOrEqual(400);
	});

	it('is the same for everybody, in whatever order the changes arrive', () => {
		const change = fc.record({
			who: fc.boolean(),
			what: fc.constantFrom('add', 'move', 'remove', 'group', 'write', 'link', 'meet'),
			note: fc.constantFrom('a', 'b', 'c'),
			to: fc.constantFrom('a', 'b', 'c')
		});
		fc.assert(
			fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
				const { a, b, meet } = pair();
				changes.forEach(({ who, what, note, to }, at) => {
					const doc = who ? a : b;
					if (what === 'add') put(doc, note, { x: at });
					else if (what === 'move') moveNotes(doc, [{ id: note, group: null, x: at, y: at }], MINE);
					else if (what === 'remove') removeNotes(doc, [note], MINE);
					else if (what === 'group')
						addGroup(doc, { id: `g${at}`, title: '', x: at, y: 0 }, [note, to], MINE);
					else if (what === 'write') writeNote(doc, note, 'text', `${at}`, null, MINE);
					else if (what === 'link') link(doc, { id: `l${at}`, from: note, to, label: '' }, MINE);
					else meet();
				});
				meet();
				expect(readBoard(a)).toEqual(readBoard(b));
			}),
			{ numRuns: 200 }
		);
	});
});

describe('seeding', () => {
	it('frames the board as the template says, with titles left to the reader', () => {
		const doc = new Y.Doc();
		seed(doc, 'action-learning');
		expect(readBoard(doc).groups.map(({ key, title }) => [key, title])).toEqual([
			['known', ''],
			['questions', ''],
			['experiments', '']
		]);
		expect(notesOf(doc).size).toBe(0);
	});

	it('leaves a blank board blank', () => {
		const doc = new Y.Doc();
		seed(doc, 'blank');
		expect(groupsOf(doc).size + pageOf(doc).length).toBe(0);
	});

	it('names the templates when it is asked for another', () => {
		expect(() => seed(new Y.Doc(), 'kanban')).toThrow(/no template "kanban"; it has blank, action-learning/);
	});
});
