/** The thread of `reader.ts`. */
import { parentPort } from 'node:worker_threads';
import { unpacked } from './compactor.ts';
import { piecesOf } from './reader.ts';
import { answering } from './thread.ts';

answering(parentPort, (packed) => piecesOf(unpacked(packed)));
