/** What of a side's document can be found by searching, by those who read it. */
import type * as Y from 'yjs';
import { passage, type Passage } from '../finds.ts';
import { readCase } from './document.ts';

export function written(doc: Y.Doc): Passage[] {
	// whose side it is makes no difference to its words
	const { claims, cards } = readCase(doc, 'for');
	return [
		...claims.map(({ id, text }) => passage(id, [text])),
		...cards.map(({ id, quote, source, standing }) => passage(id, [quote, source, standing]))
	];
}
