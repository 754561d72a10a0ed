/** The thread of `compactor.ts`. */
import { parentPort } from 'node:worker_threads';
import { compact } from './compact.ts';
import { unpacked } from './compactor.ts';
import { answering } from './thread.ts';

answering(parentPort, (packed) => compact(unpacked(packed)));
