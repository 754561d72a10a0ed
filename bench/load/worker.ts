/** The process that the load comes from: does one job, in step with whoever started it. */
import { attack } from './jobs/attack.ts';
import { coldJoin } from './jobs/cold-join.ts';
import { fanOut } from './jobs/fan-out.ts';
import { fill } from './jobs/fill.ts';
import { joinStorm } from './jobs/join-storm.ts';
import { manyDocuments } from './jobs/many-documents.ts';
import { presenceStorm } from './jobs/presence-storm.ts';
import { slowReader } from './jobs/slow-reader.ts';
import { audience } from './jobs/audience.ts';
import { voteStorm } from './jobs/vote-storm.ts';

/** Tells the other side where the job is, and waits until it says go on. */
export type Stage = (name: string) => Promise<void>;

const jobs = {
	fanOut,
	fill,
	joinStorm,
	coldJoin,
	manyDocuments,
	presenceStorm,
	slowReader,
	voteStorm,
	audience,
	attack
};

export type Jobs = typeof jobs;
export type Ask = { [Name in keyof Jobs]: { job: Name; args: Parameters<Jobs[Name]>[0] } }[keyof Jobs];
export type Say = { stage: string } | { result: unknown } | { failed: string };

const say = (message: Say) => process.send?.(message);

let go: () => void = () => {};
const stage: Stage = (name) =>
	new Promise((resolve) => {
		go = resolve;
		say({ stage: name });
	});

process.on('message', (message: Ask | 'go') => {
	if (message === 'go') return go();
	// each job takes its own arguments; `Ask` pairs them, but a call through the table forgets it
	const job = jobs[message.job] as (args: unknown, stage: Stage) => Promise<unknown>;
	job(message.args, stage).then(
		(result) => say({ result: result ?? null }),
		(error: unknown) =>
			say({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
	);
});
// whoever started it is gone
process.on('disconnect', () => process.exit(1));
