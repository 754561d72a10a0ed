/**
 * The seal's acceptance test, for every sealed thing of every format: each demo is played through a real room, and
 * after every step it is looked at what everybody can come to know, over everything that ever reaches them. It has to
 * be what the format's `sealed` and `documents` say, no more and no less.
 */
import { describe, expect, it } from 'vitest';
import type { Block, Tables } from '#lib/blocks/block.ts';
import { blocks } from '#lib/blocks/rules.ts';
import { demos, formatOf } from '#lib/formats/demos/index.ts';
import { formats } from '#lib/formats/index.ts';
import { methodsOf } from '#lib/formats/resolve.ts';
import { methods } from '../formats/methods.ts';
import { watch } from '../support/witness.ts';

/** Everything is in a room once a second or so; the machine may be busy. */
const PATIENCE = 120_000;

const leaking = (block: Block, leak: (state: Tables) => Tables): Block => ({
	...block,
	publish(state, scene) {
		const { record, desk = {} } = block.publish(state, scene);
		return { record, desk: { ...desk, ...leak(state) } };
	}
});

describe('the watch itself', () => {
	const format = formats['action-learning']!;
	const demo = demos['action-learning']!;
	const find = async (more: object, sealed = format.sealed ?? []) => {
		const changed = { ...format, sealed };
		return watch({ formats: { [format.name]: changed }, blocks: { ...blocks, ...more } }, format.name, demo);
	};

	it(
		'sees what a block lets slip to those who moderate',
		async () => {
			const seal = leaking(blocks.seal!, (state) => ({ sealed: state.sealed! }));
			const { problems } = await find({ seal });
			expect(problems.join('\n')).toContain(
				'Ruth Adeyemi (coach) knows "We are a slow team" of problem.submit'
			);
		},
		PATIENCE
	);

	it(
		'sees that something is held back without a word',
		async () => {
			const { problems } = await find(
				{},
				(format.sealed ?? []).filter(({ what }) => what !== 'brief.submit' && what !== 'floor.jot')
			);
			expect(problems.filter((one) => one.includes('holds something back')).join()).toMatch(
				/floor\.jot.*brief\.submit/s
			);
		},
		PATIENCE
	);

	it(
		'sees that something goes to the whole workspace by nobody’s word',
		async () => {
			const { problems } = await watch(
				{ formats: { [format.name]: { ...format, shared: [] } }, blocks },
				format.name,
				demo
			);
			expect(problems.length).toBeGreaterThan(0);
			expect(problems.filter((one) => !one.includes('is given to the whole workspace'))).toEqual([]);
		},
		PATIENCE
	);

	it(
		'sees whose it is, where nobody is to be told',
		async () => {
			const rows = (format.sealed ?? []).map((row) =>
				row.what === 'problem.submit' ? { ...row, unnamed: true } : row
			);
			const { problems } = await find({}, rows);
			expect(problems.some((one) => one.includes('says who wrote'))).toBe(true);
		},
		PATIENCE
	);
});

it.each(Object.values(formats))('$name has something to be watched in each of its methods', (format) => {
	const played = Object.entries({ ...demos, ...methods }).flatMap(([name, { preset = null }]) =>
		formatOf(name) === format.name ? [preset] : []
	);
	expect(played).toEqual(expect.arrayContaining(methodsOf(format)));
});

describe.each(Object.entries(methods))('%s', (name, script) => {
	it(
		'C7: holds back what it says, and nothing besides',
		async () => {
			const { problems, words, judged } = await watch({ formats, blocks }, formatOf(name), script);
			expect(problems).toEqual([]);
			expect(words).toBeGreaterThan(0);
			expect(judged).toBeGreaterThan(0);
		},
		PATIENCE
	);
});

describe.each(Object.keys(demos))('%s', (name) => {
	it(
		'C7: reaches each role from the moment that the format says, and not a step before',
		async () => {
			const demo = demos[name]!;
			const { problems, words, judged, searched, mails, digested } = await watch(
				{ formats, blocks },
				formatOf(name),
				demo
			);
			expect(problems).toEqual([]);
			// that it is quiet proves something only if it looked
			expect(words).toBeGreaterThan(10);
			// nor is it quiet because nothing is found; a programme’s own room holds hardly a word
			if (!name.includes('/')) expect(searched).toBeGreaterThan(10);
			expect(mails).toBeGreaterThan(0);
			// what a format gives to the digest is there, and what it does not is not
			const gives = JSON.stringify(formats[formatOf(name)]).includes('"takeaway"');
			expect(digested > 0).toBe(gives);
			// in a room of two it is each other, and the projector, that know it
			expect(judged).toBeGreaterThan(words * 2);
		},
		PATIENCE
	);
});
