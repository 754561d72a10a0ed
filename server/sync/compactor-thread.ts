/** The thread of `compactor.ts`. */
import { parentPort } from 'node:worker_threads';
import * as decoding from 'lib0/decoding';
import { timed } from './compact.ts';
import { answering } from './thread.ts';

function unpacked(packed: Uint8Array): Uint8Array[] {
	const decoder = decoding.createDecoder(packed);
	return Array.from({ length: decoding.readVarUint(decoder) }, () => decoding.readVarUint8Array(decoder));
}

answering(parentPort, (packed) => timed(unpacked(packed)));
