/** Makes up what a command might be given, from the schema that parses it: mostly likely, now and then hostile. */
import * as v from 'valibot';
import type { GenericSchema } from 'valibot';
import type { Json } from '#lib/blocks/block.ts';
import type { Dice } from './chance.ts';
import type { Field } from '#lib/blocks/fields.ts';
import { singular, type Known } from './names.ts';

export interface Hints {
	/** Who gives the command. */
	by: string;
	/** What was named last in what was done with the instance. */
	recent: readonly string[];
	/** What there is in the instance. */
	known: Known;
	people: readonly string[];
	phases: readonly string[];
	roles: readonly string[];
	/** The agenda's run, which its commands have to say. */
	run: string | null;
	/** Milliseconds since the epoch, in the room. */
	now: number;
}

const DAY = 86_400_000;
const hostile = [
	'__proto__',
	'constructor',
	'toString',
	'',
	'\u0000',
	'../..',
	'x'.repeat(3000),
	'=1+1',
	'<b>'
];

/** As much of a valibot schema as is read here; its own types keep these apart from one another. */
interface Shape {
	type: string;
	entries?: Record<string, Shape>;
	wrapped?: Shape;
	item?: Shape;
	items?: Shape[];
	key?: Shape;
	value?: Shape;
	options?: (Shape | Json)[];
	literal?: Json;
	pipe?: { type: string; requirement?: unknown; entries?: unknown }[];
}

const parses = (shape: Shape, value: unknown) => v.is(shape as unknown as GenericSchema, value); // which it is

export function payloadFor(schema: GenericSchema, dice: Dice, hints: Hints): Json {
	return make(schema as unknown as Shape, '', dice, hints) ?? {};
}

function limit(shape: Shape, type: string): number | undefined {
	const found = shape.pipe?.find((part) => part.type === type)?.requirement;
	return typeof found === 'number' ? found : undefined;
}

function make(shape: Shape, name: string, dice: Dice, hints: Hints): Json | undefined {
	const { roll, pick } = dice;
	switch (shape.type) {
		case 'object':
		case 'strict_object':
		case 'loose_object': {
			// as it is now, where there is one: no lot hits upon numbers that have to be a hundred together
			const there = name !== '' && roll() < 0.2 ? hints.known.thing(name) : undefined;
			if (there && parses(shape, there)) return there as Json;
			return Object.fromEntries(
				Object.entries(shape.entries ?? {}).map(([key, one]) => [key, make(one, key, dice, hints)])
			);
		}
		case 'optional':
		case 'nullish':
		case 'exact_optional':
			return name !== 'expects' && roll() < 0.5 ? undefined : make(shape.wrapped!, name, dice, hints);
		case 'nullable':
			return roll() < 0.3 ? null : make(shape.wrapped!, name, dice, hints);
		case 'boolean':
			return roll() < 0.5;
		case 'number':
			return number(shape, name, dice, hints);
		case 'picklist':
			return pick((shape.options ?? []) as Json[]);
		case 'literal':
			return shape.literal;
		case 'array': {
			const length = Math.floor(roll() * 4) + (limit(shape, 'min_length') ?? 0);
			return Array.from({ length }, () => make(shape.item!, singular(name), dice, hints) ?? null);
		}
		case 'union':
		case 'variant':
			return make((pick(shape.options ?? []) ?? { type: 'string' }) as Shape, name, dice, hints);
		case 'record':
			return name === 'entry' && hints.known.fields.length > 0
				? entry(dice, hints)
				: { [word(shape.key!, name, dice, hints)]: make(shape.value!, name, dice, hints) };
		case 'string':
			return word(shape, name, dice, hints);
		default:
			return dice.words();
	}
}

const wordy = new WeakMap<Shape, boolean>();

/** Ids and days have a form that words have not. */
function takesWords(shape: Shape): boolean {
	const known = wordy.get(shape) ?? parses(shape, 'two words');
	wordy.set(shape, known);
	return known;
}

/** In the past, very soon, or in the weeks to come. */
function moment({ roll, pick }: Dice, { now }: Hints): number {
	return now + Math.floor(pick([roll() * -DAY, roll() * 100_000, roll() * 30 * DAY])!);
}

function number(shape: Shape, name: string, dice: Dice, hints: Hints): number {
	const { roll, pick } = dice;
	const [low, high] = [limit(shape, 'min_value') ?? 0, limit(shape, 'max_value') ?? 6];
	if (name === 'at' || name === 'due') return moment(dice, hints);
	if (roll() < 0.03) return pick([-1, 1e300, 0.5])!;
	return low + Math.floor(roll() * (Math.min(high, low + 20) - low + 1));
}

function word(shape: Shape, name: string, dice: Dice, hints: Hints): string {
	const { roll, pick, words } = dice;
	if (roll() < 0.02) return pick(hostile)!;
	const longest = limit(shape, 'max_length') ?? (takesWords(shape) ? 200 : 64);
	const said = () => `${words()}${roll() < 0.2 ? '?' : ''}`.slice(0, longest);
	// what parses is what is likely: of days, months, ids and words only some do
	for (let tries = 0; tries < 6; tries++) {
		const one = likely(name, longest, dice, hints) ?? said();
		if (parses(shape, one)) return one;
		const day = new Date(moment(dice, hints)).toISOString().slice(0, pick([10, 7])!);
		if (parses(shape, day)) return day;
	}
	return said();
}

/** Something that there is, if the schema has room for no more than a name; undefined: words. */
function likely(name: string, longest: number, dice: Dice, hints: Hints): string | undefined {
	const { roll, pick } = dice;
	const { known, recent, people, phases, roles, run, by } = hints;
	if (roll() < 0.2 && recent.length > 0 && longest <= 64) return pick(recent);
	if (name === 'expects') return roll() < 0.7 ? pick([run ?? '', ...known.current()]) : known.anything(pick);
	if (name === 'text') return undefined;
	// never a person's id: what somebody wrote is looked through for them
	if (longest > 64) return roll() < 0.3 ? pick(known.named(name)) : undefined;
	const same = known.named(name);
	const rest = roll();
	if (name === 'role') return pick(roles);
	if (name === 'phase') return pick(phases);
	if (rest < 0.25) return known.of(by, pick) ?? pick(same);
	if (rest < 0.4) return pick(known.current()) ?? pick(same);
	if (rest < 0.7 && same.length > 0) return pick(same);
	if (rest < 0.85) return pick(longest >= 64 ? people : [...roles, ...phases, ...people]);
	return rest < 0.97 ? known.anything(pick) : undefined;
}

/** What the fields of the instance ask for. */
function entry({ roll, pick, words }: Dice, { known, now }: Hints): Json {
	const value = (field: Field): Json => {
		switch (field.kind) {
			case 'line':
			case 'text':
				return `${words()}${field.checks.includes('question') ? '?' : ''}`;
			case 'choice':
				return pick(field.values)?.value ?? '';
			case 'scale':
			case 'number':
				return field.from + Math.floor(roll() * (field.to - field.from + 1));
			case 'date':
				return new Date(now).toISOString().slice(0, 10);
			case 'check':
				return roll() < 0.5;
		}
	};
	const given = (pick(known.fields) ?? []).filter(({ required }) => roll() < (required ? 0.97 : 0.6));
	return Object.fromEntries(given.map((field) => [field.name, value(field)]));
}
