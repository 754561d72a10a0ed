import * as Y from 'yjs';
import { wait } from '../../figures.ts';
import { encodeUpdate, open, type Target } from '../dialect.ts';
import type { Stage } from '../worker.ts';

export interface Fill {
	target: Target;
	/** How many updates, and of how many bytes of text each. */
	updates: number;
	text: number;
	/** Keys that are written again and again; as many as updates if left out. 'typed': letters of one text instead. */
	keys?: number | 'typed';
}

/** Writes a document full, through the front door; ends when another reader has all of it. */
export async function fill({ target, updates, text, keys }: Fill, _stage: Stage): Promise<void> {
	const doc = new Y.Doc();
	const read = new Y.Doc();
	const writer = await open(target, null);
	const reader = await open(target, read);
	doc.on('update', (update: Uint8Array) => writer.send(encodeUpdate(target, update)));
	const notes = doc.getMap<string>('notes');
	const typed = doc.getText('typed');
	for (let n = 0; n < updates; n++) {
		if (keys === 'typed') typed.insert(typed.length, 'text of a note, '[n % 16]!);
		else notes.set(`k${n % (keys ?? updates)}`, `${n} `.padEnd(text, 'text of a note, '));
		// a server that reads as fast as it can is not drowned
		if (n % 200 === 199) await wait(10);
	}
	notes.set('end', 'end');
	for (let looked = 0; read.getMap('notes').get('end') === undefined; looked++) {
		if (looked > 6000 || writer.closed !== null)
			throw new Error(`Not all came: closed with ${writer.closed}.`);
		await wait(10);
	}
	writer.close();
	reader.close();
}
