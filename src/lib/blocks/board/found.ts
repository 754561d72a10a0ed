/** What of a board, or of a page, can be found by searching. */
import type * as Y from 'yjs';
import { passage, type Passage } from '../finds.ts';
import { pageOf } from './model.ts';
import { paragraphs } from './paragraphs.ts';
import { readBoard } from './read.ts';

export function written(doc: Y.Doc): Passage[] {
	const { notes, groups } = readBoard(doc);
	return [
		...notes.map((note) => passage(note.id, [note.text, note.reply, note.test, note.result])),
		...groups.map((group) => passage(group.id, [group.title])),
		passage('', paragraphs(pageOf(doc)))
	].filter(({ text }) => text !== '');
}
