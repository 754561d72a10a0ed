/** The thread of `aside.ts`. */
import { parentPort } from 'node:worker_threads';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { CUT } from './aside.ts';
import { cut, type Cut } from './cut.ts';
import { defaultLimits } from './limits.ts';
import { answering } from './thread.ts';

answering(parentPort, (packed): Cut | Uint8Array => {
	const decoder = decoding.createDecoder(packed);
	const what = decoding.readVarUint(decoder);
	const bytes = decoding.readVarUint8Array(decoder);
	return what === CUT ? cut(bytes, defaultLimits) : Y.diffUpdate(bytes, decoding.readVarUint8Array(decoder));
});
