import type { Text } from '#lib/blocks/block.ts';
import type { Format, Phase } from '#lib/formats/format.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

/** A format's words in the reader's language. */
export function textIn(text: Text): string {
	return (getLocale() === 'de' ? text.de : undefined) ?? text.en;
}

export function phaseName({ id, name }: Pick<Phase, 'id' | 'name'>): string {
	return `${id} ${textIn(name)}`;
}

/** What a room is: its format by that name, and whether its people are invented. */
export function kindOf(
	{ format, demo }: { format: string; demo: boolean },
	formats: Readonly<Record<string, Pick<Format, 'text'>>>
): string {
	const kind = textIn(formats[format]?.text ?? { en: format });
	return demo ? m.room_demo_kind({ format: kind }) : kind;
}

/** A room's title where titles of other rooms stand as well. */
export function titleAmong({ title, demo }: { title: string; demo: boolean }): string {
	return demo ? m.room_demo_named({ title }) : title;
}
