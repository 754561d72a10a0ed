/** The thread of `cutter.ts`. */
import { parentPort } from 'node:worker_threads';
import { cut } from './cut.ts';
import { defaultLimits } from './limits.ts';
import { answering } from './thread.ts';

answering(parentPort, (update) => cut(update, defaultLimits));
