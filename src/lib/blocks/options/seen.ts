/** What the views of options look at. */
import type { Handle } from '../block.ts';
import { DEFAULTS, type Option, type OptionsRecord, type OptionsSettings, type Wish } from './model.ts';

export type OptionsHandle = Handle<OptionsRecord, null, null, Partial<OptionsSettings>>;

export interface Seen {
	settings: OptionsSettings;
	/** Chosen ones first, then in the order in which they came. */
	options: Option[];
	/** How many are missing before one may be chosen. */
	missing: number;
	wish: Wish | null;
	/** I give suggestions, when I am asked. */
	adviser: boolean;
}

export function seen(handle: OptionsHandle): Seen {
	const settings = { ...DEFAULTS, ...handle.settings };
	const options = Object.values(handle.record.options).sort(
		(a, b) => Number(b.state === 'chosen') - Number(a.state === 'chosen') || a.at - b.at
	);
	return {
		settings,
		options,
		missing: Math.max(0, settings.least - options.length),
		wish: handle.record.wish.now ?? null,
		adviser: settings.advisers.includes(handle.me.role)
	};
}

/** May I write one down now? Whoever advises waits to be asked. */
export function mayAdd(handle: OptionsHandle): boolean {
	const { adviser, wish } = seen(handle);
	return !handle.frozen && handle.may('add') && (!adviser || wish !== null);
}
