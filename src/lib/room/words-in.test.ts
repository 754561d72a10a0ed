import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { wordsIn } from './words-in.ts';

it('finds what was written since the server knew everything, as it stands, and nothing that was deleted', () => {
	const doc = new Y.Doc();
	doc.getText('old').insert(0, 'Saved long ago');
	const known = Y.encodeStateVector(doc);
	const note = new Y.Map<unknown>();
	doc.getMap('notes').set('n7f3', note);
	note.set('kind', 'idea');
	note.set('by', 'person-7');
	const text = new Y.Text();
	note.set('text', text);
	for (const letter of 'Let brokers tick') text.insert(text.length, letter);
	note.set('source', 'Memo of 12 March');
	note.set('link', 'https://example.com/memo');
	const gone = doc.getText('gone');
	gone.insert(0, 'Never mind this');
	gone.delete(0, gone.length);
	expect(wordsIn(Y.encodeStateAsUpdate(doc, known)).split('\n').sort()).toEqual([
		'Let brokers tick',
		'Memo of 12 March',
		'https://example.com/memo'
	]);
});

it('finds words that stand on others which are not there', () => {
	const doc = new Y.Doc();
	const text = doc.getText('page');
	text.insert(0, 'Before. ');
	const known = Y.encodeStateVector(doc);
	text.insert(8, 'What was not saved.');
	expect(wordsIn(Y.encodeStateAsUpdate(doc, known))).toBe('What was not saved.');
});

it('says nothing where nothing was written', () => {
	expect(wordsIn(Y.encodeStateAsUpdate(new Y.Doc()))).toBe('');
});
