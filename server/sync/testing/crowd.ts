import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/** What no editor writes: so many letters, each with nothing to the left and another right neighbour. Yjs compares each with each. */
export function crowd(many: number): Uint8Array[] {
	const doc = new Y.Doc();
	doc.getArray('a').push(Array.from({ length: many }, (_, n) => n));
	const letters = encoding.encode((encoder) => {
		for (const n of [1, many, 5, 0]) encoding.writeVarUint(encoder, n);
		for (let n = 0; n < many; n++) {
			encoding.writeUint8(encoder, 4 | 0x40);
			encoding.writeVarUint(encoder, doc.clientID);
			encoding.writeVarUint(encoder, n);
			encoding.writeVarString(encoder, 'x');
		}
		encoding.writeVarUint(encoder, 0);
	});
	return [Y.encodeStateAsUpdate(doc), letters];
}

/** How often others have had their turn until it is done. */
export async function turnsDuring<Result>(work: Promise<Result>): Promise<{ result: Result; turns: number }> {
	let turns = 0;
	let going = true;
	const ended = work.finally(() => (going = false));
	while (going) {
		await new Promise((turn) => setImmediate(turn));
		turns++;
	}
	return { result: await ended, turns };
}
