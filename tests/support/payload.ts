/** Makes up what a command might be given, from the schema that parses it: mostly likely, now and then hostile. */
import type { GenericSchema } from 'valibot';
import type { Json } from '#lib/blocks/block.ts';
import type { Field } from '#lib/blocks/fields.ts';

export interface Dice {
	/** In [0, 1). */
	roll(): number;
	pick<T>(from: readonly T[]): T | undefined;
	/** Words that nobody has said yet. */
	words(): string;
}

export interface Hints {
	/** An id that stands somewhere in the instance's state. */
	id(): string;
	people: readonly string[];
	/** Of an instance whose entries have fields. */
	fields: readonly Field[];
	/** What a command has to say that it saw, by key: the agenda's run. */
	expects: string | null;
	phases: readonly string[];
	roles: readonly string[];
	/** Milliseconds since the epoch, in the room. */
	now: number;
}

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
/** Fields that name somebody or something; all others of a text's length are words. */
const names =
	/^(item|into|card|claim|turn|speech|poll|note|id|entry|action|challenge|statement|topic|pair|goal)$/;

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
		case 'loose_object':
			return Object.fromEntries(
				Object.entries(shape.entries ?? {}).map(([key, one]) => [key, make(one, key, dice, hints)])
			);
		case 'optional':
		case 'nullish':
		case 'exact_optional':
			return name !== 'expects' && roll() < 0.5 ? undefined : make(shape.wrapped!, name, dice, hints);
		case 'nullable':
			return roll() < 0.3 ? null : make(shape.wrapped!, name, dice, hints);
		case 'boolean':
			return roll() < 0.5;
		case 'number': {
			const [low, high] = [limit(shape, 'min_value') ?? 0, limit(shape, 'max_value') ?? 6];
			if (name === 'at' || name === 'due') return hints.now + Math.floor(roll() * 100_000);
			return roll() < 0.03
				? pick([-1, 1e300, 0.5])!
				: low + Math.floor(roll() * (Math.min(high, low + 20) - low + 1));
		}
		case 'picklist':
			return pick((shape.options ?? []) as Json[]);
		case 'literal':
			return shape.literal;
		case 'array': {
			const length = Math.floor(roll() * 4) + (limit(shape, 'min_length') ?? 0);
			return Array.from({ length }, () => make(shape.item!, name, dice, hints) ?? null);
		}
		case 'union':
		case 'variant':
			return make((pick(shape.options ?? []) ?? { type: 'string' }) as Shape, name, dice, hints);
		case 'record':
			return name === 'entry'
				? entry(dice, hints)
				: { [word(shape.key, name, dice, hints)]: make(shape.value!, name, dice, hints) };
		case 'string':
			return word(shape, name, dice, hints);
		default:
			return dice.words();
	}
}

function word(shape: Shape | undefined, name: string, { roll, pick, words }: Dice, hints: Hints): string {
	if (roll() < 0.02) return pick(hostile)!;
	const longest = shape ? (limit(shape, 'max_length') ?? 200) : 40;
	if (name === 'expects') return roll() < 0.8 && hints.expects !== null ? hints.expects : hints.id();
	if (name === 'person' || name === 'owner' || name === 'to') return pick(hints.people) ?? 'nobody';
	if (name === 'role') return pick(hints.roles)!;
	if (name === 'phase') return pick(hints.phases)!;
	if (shape?.pipe?.some(({ type }) => type === 'iso_date') || name === 'due')
		return new Date(hints.now + Math.floor(roll() * 30) * 86_400_000).toISOString().slice(0, 10);
	if (name === 'month') return new Date(hints.now).toISOString().slice(0, 7);
	if (name === 'choice')
		return pick([hints.id(), 'for', 'against', 'undecided', 'up', 'side', 'down', '1', '2', '3'])!;
	if (names.test(name) || longest <= 64) return roll() < 0.9 ? hints.id() : words().slice(0, longest);
	return words().slice(0, longest);
}

/** What the fields of the instance ask for. */
function entry({ roll, pick, words }: Dice, { fields, now }: Hints): Json {
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
	const given = fields.filter(({ required }) => roll() < (required ? 0.97 : 0.6));
	return Object.fromEntries(given.map((field) => [field.name, value(field)]));
}
