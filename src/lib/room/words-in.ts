import * as Y from 'yjs';

/** Ids, kinds and colours stand in a document as short words; what somebody wrote there has a space, or is a link. */
const written = /\s|^https?:/;

/** The words in an update, one line for each text, as somebody would copy them: in the order in which they stand. */
export function wordsIn(update: Uint8Array): string {
	const doc = new Y.Doc();
	// merged, so that what was typed letter by letter is one text again
	Y.applyUpdate(doc, update);
	const whole = doc.store.pendingStructs === null ? Y.encodeStateAsUpdate(doc) : update;
	doc.destroy();
	const lines: string[] = [];
	let last: Y.Item | null = null;
	for (const struct of Y.decodeUpdate(whole).structs) {
		if (!(struct instanceof Y.Item)) continue;
		const { content } = struct;
		if (content instanceof Y.ContentString) {
			const follows =
				last !== null &&
				struct.origin?.client === last.id.client &&
				struct.origin.clock === last.id.clock + last.length - 1;
			if (follows && lines.length > 0) lines[lines.length - 1] += content.str;
			else lines.push(content.str);
			last = struct;
		} else if (content instanceof Y.ContentAny)
			for (const value of content.arr)
				if (typeof value === 'string' && written.test(value)) lines.push(value);
	}
	return lines.filter((line) => line.trim() !== '').join('\n');
}
