/** Properties roll the same dice in each run of `npm test`, so that it says the same of the same code; a soak rolls others. */
import fc from 'fast-check';
import { seedOfRun } from '../../server/sync/testing/soak.ts';

fc.configureGlobal({ seed: seedOfRun() });
