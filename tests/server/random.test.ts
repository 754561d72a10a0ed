/**
 * C4–C6: random commands against real rooms of every format. What must hold of a block is in its `holds.ts`; a new
 * block or format is covered without a change here. `npm run soak` runs a million, and every verb that a format uses
 * is carried out in it.
 */
import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { byFolder } from '#lib/blocks/found.ts';
import { blocks } from '#lib/blocks/rules.ts';
import { demos } from '#lib/formats/demos/index.ts';
import { formats } from '#lib/formats/index.ts';
import { methodsOf, resolve, roomSettings } from '#lib/formats/resolve.ts';
import { seedOfRun } from '../../server/sync/testing/soak.ts';
import type { AllHolds } from '../support/random-checks.ts';
import { starts } from '../support/random-opening.ts';
import { newTally, RandomRoom } from '../support/random-room.ts';

const holds: AllHolds = byFolder(
	import.meta.glob<AllHolds[string]>('../../src/lib/blocks/*/holds.ts', { eager: true, import: 'holds' })
);
const registry = { formats, blocks };
const bare = v.parse(roomSettings, {});

/** Commands in all; a soak of 100 makes a million. */
const wanted = process.env.SOAK ? Number(process.env.SOAK) * 10_000 : 3_000;
const seed = seedOfRun();
/** In one room. */
const SIZE = process.env.SOAK ? 400 : 120;
/** From so many on, by experience, nothing is left out. */
const ALL = 1_000_000;
/** Verbs that the dice of `npm test` reach at least. */
const REACHED = 175;

// Time goes by only where a room lets it, so that a seed always does the same.
beforeAll(
	() =>
		void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 3, 30, 10) })
);
afterAll(() => void vi.useRealTimers());
const pass = (ms: number) => void vi.advanceTimersByTime(ms);

/** `<block>.<verb>` of what formats name: what some role may have done at some time, and what they have the server do. */
function used(): string[] {
	const all = Object.values(formats).flatMap((format) =>
		methodsOf(format).flatMap((preset) => {
			const { always, phases, wires = [], documents, blocks: uses, present } = resolve(format, preset, bare);
			const types = [
				...[always, ...phases.map(({ may }) => may)].flatMap((may) => Object.keys(may)),
				...phases.flatMap(({ enter = [], leave = [] }) => [...enter, ...leave].map(({ run }) => run)),
				...wires.map(({ run }) => run),
				...Object.values(documents).flatMap(({ credit }) => credit ?? []),
				...(present === undefined ? [] : [present])
			];
			return types.flatMap((type) => {
				const [instance = '', verb = ''] = type.split('.');
				const block = blocks[uses[instance]?.block ?? ''];
				if (!block) return [];
				return (verb === '*' ? Object.keys(block.commands) : [verb]).map((one) => `${block.name}.${one}`);
			});
		})
	);
	return [...new Set(all)].sort();
}

it('asks blocks that there are', () => {
	expect(Object.keys(blocks)).toEqual(expect.arrayContaining(Object.keys(holds)));
	expect(Object.keys(holds).length).toBeGreaterThan(8);
});

it(
	`C4, C5, C6: whatever is commanded, in whatever order, twice or unsaved, rooms stay what they are (SEED=${seed})`,
	async () => {
		const tally = newTally();
		const began = performance.now();
		const all = starts({ registry, demos });
		/** One room of each start, so that a run that is broken off has seen something of all. */
		const rounds = Math.ceil(wanted / SIZE / all.length);
		for (let round = 0; round < rounds; round++) {
			for (const start of all)
				await fc.assert(
					fc.asyncProperty(fc.noBias(fc.nat()), async (dice) => {
						const room = await RandomRoom.open(start, { registry, demos, holds, tally, seed: dice, pass });
						try {
							await room.play(SIZE);
						} catch (error) {
							throw new Error(`In ${JSON.stringify(start)} with the dice of ${dice}`, { cause: error });
						} finally {
							await room.close();
						}
					}),
					{ numRuns: 1, seed: seed + round, endOnFailure: true }
				);
			if (rounds > 1)
				console.log(`round ${round + 1} of ${rounds}: ${tally.commands} commands, ${tally.verbs.size} verbs`);
		}
		const took = (performance.now() - began) / 1000;
		const never = used().filter((verb) => !tally.verbs.has(verb));
		const refused = [...tally.refused].sort(([, a], [, b]) => b - a).slice(0, 8);
		console.log(
			`${tally.commands} random commands in ${took.toFixed(1)} s (SEED=${seed}): ${tally.accepted} carried out, ` +
				`refused: ${refused.map(([code, count]) => `${code} ${count}`).join(', ')}; ${tally.repeated} said again, ${tally.unsaved} while the store failed, ${tally.reloads} reloads; ` +
				`${tally.verbs.size} verbs carried out${never.length > 0 ? `, of what formats use all but ${never.join(', ')}` : ', all that formats use'}`
		);
		expect(tally.commands).toBeGreaterThanOrEqual(wanted);
		expect(tally.accepted).toBeGreaterThan(tally.commands * 0.3);
		expect(tally.reloads).toBeGreaterThan(all.length);
		expect(tally.repeated).toBeGreaterThan(tally.commands * 0.01);
		expect(tally.unsaved).toBeGreaterThan(0);
		expect(tally.verbs.size).toBeGreaterThanOrEqual(REACHED);
		if (wanted >= ALL) expect(never).toEqual([]);
	},
	// a million take half an hour on a machine of their own
	6 * 60 * 60_000
);
