import type { Text } from '#lib/blocks/block.ts';
import type { Phase } from '#lib/formats/format.ts';
import { getLocale } from '#lib/paraglide/runtime.js';

/** A format's words in the reader's language. */
export function textIn(text: Text): string {
	return (getLocale() === 'de' ? text.de : undefined) ?? text.en;
}

export function phaseName({ id, name }: Pick<Phase, 'id' | 'name'>): string {
	return `${id} ${textIn(name)}`;
}
