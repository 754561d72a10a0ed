/**
 * For every property: `npm test` rolls the same dice each time, so that it says the same of the same code, and a soak
 * others; and one that ran less often than it says has failed.
 */
import fc from 'fast-check';
import { seedOfRun } from '../../server/sync/testing/soak.ts';

/** What fast-check runs if nothing else is said. */
const RUNS = 100;

fc.configureGlobal({
	seed: seedOfRun(),
	reporter(run) {
		const report = fc.defaultReportMessage(run);
		if (report !== undefined) throw new Error(report, { cause: run.errorInstance });
		const wanted = run.runConfiguration.numRuns ?? RUNS;
		if (run.numRuns < wanted)
			throw new Error(
				`The property ran ${run.numRuns} times and not ${wanted}; ${run.numSkips} were skipped.`
			);
	}
});
