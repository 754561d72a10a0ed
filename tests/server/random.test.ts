/**
 * C4–C6: random commands against real rooms of every format. What must hold of a block is in its `holds.ts`; a new
 * block or format is covered without a change here. `npm run soak` runs a million.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byFolder } from '#lib/blocks/found.ts';
import { blocks } from '#lib/blocks/rules.ts';
import { demos } from '#lib/formats/demos/index.ts';
import { formats } from '#lib/formats/index.ts';
import { seedOfRun } from '../../server/sync/testing/soak.ts';
import { newTally, RandomRoom, type AllHolds } from '../support/random-room.ts';

const holds: AllHolds = byFolder(
	import.meta.glob<AllHolds[string]>('../../src/lib/blocks/*/holds.ts', { eager: true, import: 'holds' })
);
const registry = { formats, blocks };
const names = Object.keys(formats);

/** Commands in all; a soak of 100 makes a million. */
const wanted = process.env.SOAK ? Number(process.env.SOAK) * 10_000 : 3_000;
const seed = seedOfRun();
const SIZE = 400;

/** `<block>.<verb>` that some role of some format may give at some time. */
function commandable(): string[] {
	const all = Object.values(formats).flatMap((format) => {
		const permitted = [format.always, ...format.phases.map(({ may }) => may)].flatMap((may) =>
			Object.keys(may)
		);
		return permitted.flatMap((type) => {
			const [instance = '', verb = ''] = type.split('.');
			const block = blocks[format.blocks[instance]?.block ?? ''];
			if (!block) return [];
			return (verb === '*' ? Object.keys(block.commands) : [verb]).map((one) => `${block.name}.${one}`);
		});
	});
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
		const perFormat = Math.max(1, Math.ceil(wanted / SIZE / names.length));
		for (const format of names)
			await fc.assert(
				fc.asyncProperty(fc.nat(), fc.integer({ min: SIZE / 4, max: SIZE }), async (dice, commands) => {
					const room = await RandomRoom.open(format, { registry, demos, holds, tally, seed: dice });
					try {
						await room.play(Math.max(commands, Math.min(SIZE, wanted)));
					} finally {
						await room.close();
					}
				}),
				{ numRuns: perFormat, seed, endOnFailure: true }
			);
		const took = (performance.now() - began) / 1000;
		const never = commandable().filter((verb) => !tally.verbs.has(verb));
		const refused = [...tally.refused].sort(([, a], [, b]) => b - a).slice(0, 8);
		console.log(
			`${tally.commands} random commands in ${took.toFixed(1)} s (SEED=${seed}): ${tally.accepted} carried out, ` +
				`refused: ${refused.map(([code, count]) => `${code} ${count}`).join(', ')}; ${tally.repeated} said again, ${tally.unsaved} while the store failed, ${tally.reloads} reloads; ` +
				`all verbs that people may give${never.length > 0 ? ` but ${never.join(', ')}` : ''}`
		);
		expect(tally.commands).toBeGreaterThanOrEqual(wanted);
		expect(tally.accepted).toBeGreaterThan(tally.commands * 0.3);
		expect(tally.reloads).toBeGreaterThan(names.length);
		expect(tally.repeated).toBeGreaterThan(tally.commands * 0.01);
		expect(tally.unsaved).toBeGreaterThan(0);
	},
	// a million take three quarters of an hour on a machine of their own
	6 * 60 * 60_000
);
