/** The thread of `aside.ts`. */
import { parentPort } from 'node:worker_threads';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { CUT, depthOfAll, LACKING } from './aside.ts';
import { cut, type Cut } from './cut.ts';
import { encodeDepth } from './depth.ts';
import { defaultLimits } from './limits.ts';
import { answering } from './thread.ts';

answering(parentPort, (packed): Cut | Uint8Array => {
	const decoder = decoding.createDecoder(packed);
	const what = decoding.readVarUint(decoder);
	const bytes = Array.from({ length: decoding.readVarUint(decoder) }, () =>
		decoding.readVarUint8Array(decoder)
	);
	// each question has so many: see `aside.ts`
	const [first, second] = bytes as [Uint8Array, Uint8Array];
	switch (what) {
		case CUT:
			return cut(first, defaultLimits);
		case LACKING:
			return Y.diffUpdate(first, second);
		default:
			return encodeDepth(depthOfAll(bytes));
	}
});
