import { readFileSync } from 'node:fs';
import * as v from 'valibot';

export interface Counts {
	passed: number;
	failed: number;
}

export const none: Counts = { passed: 0, failed: 0 };

export function sum(a: Counts, b: Counts): Counts {
	return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}

const Vitest = v.object({ numPassedTests: v.number(), numFailedTests: v.number() });
const Playwright = v.object({
	stats: v.object({ expected: v.number(), flaky: v.number(), unexpected: v.number() })
});

export function vitestCounts(report: string): Counts {
	const parsed = read(report, Vitest);
	return parsed === null ? none : { passed: parsed.numPassedTests, failed: parsed.numFailedTests };
}

export function playwrightCounts(report: string): Counts {
	const parsed = read(report, Playwright);
	if (parsed === null) return none;
	return { passed: parsed.stats.expected + parsed.stats.flaky, failed: parsed.stats.unexpected };
}

/** Null where the runner ended before it wrote a report; its exit code says so already. */
function read<Schema extends v.GenericSchema>(report: string, schema: Schema): v.InferOutput<Schema> | null {
	let text: string;
	try {
		text = readFileSync(report, 'utf8');
	} catch {
		return null;
	}
	return v.parse(schema, JSON.parse(text));
}
