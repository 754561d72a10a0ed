/** The thread of `compactor.ts`. */
import { parentPort } from 'node:worker_threads';
import * as decoding from 'lib0/decoding';
import { timed, type Compacted } from './compact.ts';

export interface Ask {
	id: number;
	packed: Uint8Array<ArrayBuffer>;
}

export interface Answer extends Compacted {
	id: number;
}

function unpacked(packed: Uint8Array): Uint8Array[] {
	const decoder = decoding.createDecoder(packed);
	return Array.from({ length: decoding.readVarUint(decoder) }, () => decoding.readVarUint8Array(decoder));
}

parentPort?.on('message', ({ id, packed }: Ask) => {
	const answer: Answer = { id, ...timed(unpacked(packed)) };
	parentPort?.postMessage(answer);
});
