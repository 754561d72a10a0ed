/** What a browser's trace says of the pages in it. */
import * as v from 'valibot';

const event = v.object({
	ph: v.string(),
	name: v.optional(v.string(), ''),
	pid: v.optional(v.number(), 0),
	tid: v.optional(v.number(), 0),
	/** µs by the clock, and of a processor. */
	dur: v.optional(v.number(), 0),
	tdur: v.optional(v.number(), 0),
	args: v.optional(v.looseObject({ name: v.optional(v.unknown()) }), {})
});
const trace = v.object({ traceEvents: v.array(event) });

/** To be given to `startTracing`. */
export const TASKS = ['toplevel'];

export interface Task {
	/** How long it took, ms. */
	took: number;
	/** For how much of that a processor worked for it; the rest of the time others had them all. */
	cpu: number;
}

/** Every task of the pages' main threads. */
export function tasksIn(bytes: Buffer): Task[] {
	const { traceEvents } = v.parse(trace, JSON.parse(bytes.toString()));
	const mains = new Set(
		traceEvents
			.filter(({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args.name === 'CrRendererMain')
			.map(({ pid, tid }) => `${pid}/${tid}`)
	);
	return traceEvents
		.filter(({ ph, name, pid, tid }) => ph === 'X' && name.endsWith('RunTask') && mains.has(`${pid}/${tid}`))
		.map(({ dur, tdur }) => ({ took: dur / 1000, cpu: tdur / 1000 }));
}
