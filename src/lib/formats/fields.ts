/** Fields of an entry, as a format declares them: `field.line('title', text('My issue', 'Mein Anliegen'), { most: 140 })`. */
import type { Text } from '#lib/blocks/block.ts';
import type { FieldInput } from '#lib/blocks/fields.ts';

interface Shared {
	help?: Text;
	required?: boolean;
}

interface Written extends Shared {
	/** Characters. */
	most: number;
}

/** Whole numbers from 1 to 5, with words at the two ends. */
interface Scaled extends Shared {
	low?: Text;
	high?: Text;
}

interface Counted extends Shared {
	from: number;
	to: number;
}

export const field = {
	/** One line. */
	line: (name: string, text: Text, more: Written) => ({ name, kind: 'line', text, ...more }) as const,
	/** Several lines. */
	text: (name: string, text: Text, more: Written) => ({ name, kind: 'text', text, ...more }) as const,
	scale: (name: string, text: Text, more: Scaled = {}) => ({ name, kind: 'scale', text, ...more }) as const,
	number: (name: string, text: Text, more: Counted) => ({ name, kind: 'number', text, ...more }) as const,
	/** One of these, by what stands in the entry. */
	choice: (name: string, text: Text, values: Readonly<Record<string, Text>>, more: Shared = {}) =>
		({
			...{ name, kind: 'choice', text },
			values: Object.entries(values).map(([value, text]) => ({ value, text })),
			...more
		}) as const
} satisfies Record<string, (...of: never[]) => FieldInput>;
