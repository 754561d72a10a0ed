/** Demo rooms as Home offers them; those of programmes stand with the programmes. */
import { formatOf } from '#lib/formats/demos/index.ts';
import { textIn } from '#lib/room/text.ts';
import type { App } from '../../../server/app.ts';

interface DemoCard {
	name: string;
	format: string;
	text: string;
}

export function demosOf({ demos, registry }: Pick<App, 'demos' | 'registry'>): DemoCard[] {
	return demos.names.flatMap((name) => {
		const format = Object.hasOwn(registry.formats, formatOf(name))
			? registry.formats[formatOf(name)]
			: undefined;
		if (!format) return [];
		const preset = name === format.name ? null : format.presets?.[name.slice(format.name.length + 1)];
		if (preset === undefined || preset?.programme) return [];
		return [{ name, format: format.name, text: textIn((preset ?? format).text) }];
	});
}
