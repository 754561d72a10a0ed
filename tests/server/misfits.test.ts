/**
 * What is no payload, for every command of every block: of a wrong type, huge, empty, nested, with names that reach into
 * objects. Each is refused with a code and a sentence, names the field where one is to blame, and changes nothing; or it
 * is a payload after all. A new block or format is covered without a change here.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { GenericSchema } from 'valibot';
import type { Json } from '#lib/blocks/block.ts';
import { blocks } from '#lib/blocks/rules.ts';
import type { Demo } from '#lib/formats/demo.ts';
import { demos, formatOf } from '#lib/formats/demos/index.ts';
import { formats } from '#lib/formats/index.ts';
import { Batch, SERVER, type Answer } from '../../server/rooms/batch.ts';
import type { World } from '../../server/rooms/world.ts';
import { rehearse } from '../support/rehearse.ts';

const HUGE = 'x'.repeat(200_000);
/** Characters by which one command may let an instance grow. */
const LARGEST = 20_000;
const deep = Array.from({ length: 500 }).reduce<Json>((inner) => ({ inner }), {});
const many = Array.from({ length: 20_000 }, (_, index) => `person-${index}`);

/** In place of the whole payload: what is no object is refused by every command. */
const wholes: readonly Json[] = ['text', 7, true, [], [[]], HUGE];
/** In place of one field. */
const parts: readonly Json[] = [
	...[null, 7, -1, 1e300, 0.5, true, '', '   ', HUGE, [], many, [null], {}, deep],
	...['__proto__', 'constructor', '\u0000', '=1+1', '2026-02-31', 'no-such-id']
];

interface Place {
	world: World;
	type: string;
	schema: GenericSchema;
	/** Characters of its state. */
	holds: number;
}

/** By `<block>.<verb>`, each in the first room that has it: the demos at their ends, then every method, just opened. */
const places = new Map<string, Place>();

/** Rooms of a method that no demo is of. */
const fresh = (format: string, preset: string | null): Demo => ({
	title: 'Just opened',
	...(preset === null ? {} : { preset }),
	people: [{ key: 'ann', name: 'Ann', role: formats[format]!.host }],
	me: 'ann',
	steps: []
});

beforeAll(() => {
	const rooms: [string, Demo][] = [
		...Object.entries(demos).map(([name, demo]): [string, Demo] => [formatOf(name), demo]),
		...Object.entries(formats).flatMap(([name, { presets = {} }]) =>
			[null, ...Object.keys(presets)].map((preset): [string, Demo] => [name, fresh(name, preset)])
		)
	];
	for (const [format, demo] of rooms) {
		const { world } = rehearse(formats[format]!, demo, { punctual: true });
		for (const [instance, { block }] of world.instances)
			for (const [verb, { payload }] of Object.entries(block.commands)) {
				const key = `${block.name}.${verb}`;
				const type = `${instance}.${verb}`;
				if (!places.has(key)) places.set(key, { world, type, schema: payload, holds: sizeOf(world, type) });
			}
	}
}, 60_000);

/** Of the schema's own shape, which its type does not tell. */
const fieldsOf = (schema: GenericSchema): string[] =>
	Object.keys((schema as { entries?: Record<string, unknown> }).entries ?? {});

const sizeOf = ({ states }: World, type: string): number =>
	JSON.stringify(states.get(type.split('.')[0]!) ?? null).length;

interface Given {
	answer: Answer;
	changed: boolean;
	holds: number;
}

function give({ world, type }: Place, payload: Json): Given {
	let ids = 0;
	const chance = { now: () => Date.UTC(2026, 8, 1), id: () => `made-${++ids}`, random: () => 0.5 };
	const batch = new Batch(world, { formats, blocks }, chance, {});
	const answer = batch.run({ type, payload, by: SERVER });
	return { answer, changed: batch.world !== world, holds: answer.ok ? sizeOf(batch.world, type) : 0 };
}

/** What is wrong with how it was refused, if anything. */
function wrongIn({ answer, changed }: Given): string | null {
	if (answer.ok) return null;
	const { code, message, field } = answer.error;
	if (changed) return 'it is refused, and something has changed';
	if (!/^[a-z_]+$/.test(code)) return `its code is "${code}"`;
	if (!/^\p{Lu}.*[.?!]$/su.test(message) || message.length > 300) return `it says "${message.slice(0, 80)}"`;
	if (code === 'invalid' && field === '') return 'it names no field';
	return null;
}

describe('a payload that is none', () => {
	it('is tried with every command that there is', () => {
		const all = Object.values(blocks).flatMap((block) =>
			Object.keys(block.commands).map((verb) => `${block.name}.${verb}`)
		);
		const formless = all.filter((key) => !places.has(key));
		expect(formless).toEqual([]);
		expect(places.size).toBeGreaterThan(150);
	});

	it('is refused as a whole, whatever the command', () => {
		const wrong: string[] = [];
		for (const [key, place] of places)
			for (const payload of wholes) {
				const given = give(place, payload);
				const problem = given.answer.ok ? 'it is taken' : wrongIn(given);
				if (problem !== null) wrong.push(`${key} ${JSON.stringify(payload).slice(0, 20)}: ${problem}`);
			}
		expect(wrong).toEqual([]);
	});

	it('is refused for each of its fields, or taken for what it is, and nothing huge is kept', () => {
		const wrong: string[] = [];
		let refused = 0;
		for (const [key, place] of places)
			for (const field of fieldsOf(place.schema))
				for (const part of parts) {
					const given = give(place, { [field]: part });
					const problem =
						given.answer.ok && given.holds > place.holds + LARGEST
							? 'it is kept, huge as it is'
							: wrongIn(given);
					if (!given.answer.ok) refused++;
					if (problem !== null)
						wrong.push(`${key} ${field}=${JSON.stringify(part).slice(0, 20)}: ${problem}`);
				}
		expect(wrong).toEqual([]);
		expect(refused).toBeGreaterThan(places.size * parts.length);
	});
});
