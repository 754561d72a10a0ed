import { expect, it } from 'vitest';
import * as Y from 'yjs';
import type { ReportContext } from '../report.ts';
import { pageOf } from './model.ts';
import { report } from './report.ts';
import { addGroup, addNote, link, writeNote } from './write.ts';

function context(doc: Y.Doc | null, settings: object = {}): ReportContext {
	return {
		instance: 'board',
		title: 'Problem board',
		settings: { shape: 'board', kinds: ['question', 'experiment'], ...settings },
		people: {},
		name: (person) => person ?? '',
		text: ({ en }) => en,
		document: doc,
		locale: 'en'
	};
}

function lendingOps() {
	const doc = new Y.Doc();
	const note = { by: 'tom', at: 7, group: null, x: 0, y: 0 };
	addNote(doc, { ...note, id: 'q', kind: 'question', form: 'question', text: 'Who decides?' }, 0);
	writeNote(doc, 'q', 'reply', 'Three people, differently.', 'priya', 0);
	const text = 'One page cuts re-requests.';
	addNote(doc, { ...note, id: 'e', kind: 'experiment', form: 'experiment', text, test: '20 files' }, 0);
	addGroup(doc, { id: 'g', title: 'Complete?', x: 0, y: 0 }, ['q'], 0);
	link(doc, { id: 'l', from: 'q', to: 'e', label: 'leads to' }, 0);
	return doc;
}

it('tells groups with their notes, experiments with their results, and links as sentences', () => {
	const sections = report({ voting: {}, tally: { q: 3 } }, context(lendingOps()));
	expect(sections.map(({ name, heading }) => [name, heading])).toEqual([
		['board.group.g', 'Complete?'],
		['board.experiments', 'Experiments'],
		['board.links', 'Links']
	]);
	expect(sections[0]?.entries).toEqual([
		{
			item: 'q',
			said: 'Who decides?',
			by: 'tom',
			reply: { said: 'Three people, differently.', by: 'priya' },
			about: ['Question', '3 votes'],
			at: 7
		}
	]);
	expect(sections[1]?.entries[0]?.fields).toEqual([
		{ label: 'We test', value: '20 files' },
		{ label: 'Result', value: 'Open' }
	]);
	expect(sections[2]?.entries[0]?.said).toBe('Who decides? → leads to → One page cuts re-requests.');
});

it('says nothing of an empty board, or of one that is not there', () => {
	expect(report({}, context(new Y.Doc()))).toEqual([]);
	expect(report({}, context(null))).toEqual([]);
});

it('tells a page by its paragraphs and points', () => {
	const doc = new Y.Doc();
	const paragraph = (...parts: string[]) => {
		const element = new Y.XmlElement('paragraph');
		element.insert(
			0,
			parts.map((part) => new Y.XmlText(part))
		);
		return element;
	};
	const item = new Y.XmlElement('listItem');
	item.insert(0, [paragraph('Bring the checklist')]);
	const list = new Y.XmlElement('bulletList');
	list.insert(0, [item]);
	pageOf(doc).insert(0, [paragraph('What we ', 'agreed'), paragraph(), list]);
	const [section] = report({}, context(doc, { shape: 'page' }));
	expect(section?.entries.map(({ said }) => said)).toEqual(['What we agreed', 'Bring the checklist']);
});
