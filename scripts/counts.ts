import { readFileSync } from 'node:fs';
import * as v from 'valibot';

export interface Counts {
	passed: number;
	failed: number;
	/** Of those that failed: where, and the first line of why. */
	failures: readonly string[];
}

export const none: Counts = { passed: 0, failed: 0, failures: [] };

export function sum(a: Counts, b: Counts): Counts {
	return {
		passed: a.passed + b.passed,
		failed: a.failed + b.failed,
		failures: [...a.failures, ...b.failures]
	};
}

const Vitest = v.object({
	numPassedTests: v.number(),
	numFailedTests: v.number(),
	testResults: v.array(
		v.object({
			name: v.string(),
			message: v.optional(v.string(), ''),
			status: v.string(),
			assertionResults: v.array(
				v.object({
					status: v.string(),
					fullName: v.string(),
					failureMessages: v.optional(v.nullable(v.array(v.string())), [])
				})
			)
		})
	)
});

interface Suite {
	file: string;
	suites?: Suite[] | undefined;
	specs: { title: string; ok: boolean }[];
}

const Suite: v.GenericSchema<unknown, Suite> = v.object({
	file: v.string(),
	suites: v.optional(v.array(v.lazy(() => Suite))),
	specs: v.array(v.object({ title: v.string(), ok: v.boolean() }))
});

const Playwright = v.object({
	stats: v.object({ expected: v.number(), flaky: v.number(), unexpected: v.number() }),
	suites: v.array(Suite)
});

export function vitestCounts(report: string): Counts {
	const parsed = read(report, Vitest);
	if (parsed === null) return none;
	const failures = parsed.testResults.flatMap(({ name, message, status, assertionResults }) => {
		const failed = assertionResults.filter((one) => one.status === 'failed');
		// a file that cannot be loaded fails without a test
		if (failed.length === 0) return status === 'failed' ? [`${name}: ${firstLine(message)}`] : [];
		return failed.map((one) => `${name}: ${one.fullName}: ${firstLine(one.failureMessages?.[0] ?? '')}`);
	});
	return { passed: parsed.numPassedTests, failed: parsed.numFailedTests, failures };
}

export function playwrightCounts(report: string): Counts {
	const parsed = read(report, Playwright);
	if (parsed === null) return none;
	const failuresOf = (suite: Suite): string[] => [
		...suite.specs.filter(({ ok }) => !ok).map(({ title }) => `${suite.file}: ${title}`),
		...(suite.suites ?? []).flatMap(failuresOf)
	];
	return {
		passed: parsed.stats.expected + parsed.stats.flaky,
		failed: parsed.stats.unexpected,
		failures: parsed.suites.flatMap(failuresOf)
	};
}

function firstLine(text: string): string {
	return (text.split('\n')[0] ?? '').slice(0, 300);
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
