/** What the views of the meetings look at. */
import type { Handle } from '../block.ts';
import { dayAt } from '../days.ts';
import {
	DEFAULTS,
	type Meeting,
	type MeetingsOwn,
	type MeetingsRecord,
	type MeetingsSettings,
	type Nudge
} from './model.ts';

export type MeetingsHandle = Handle<MeetingsRecord, null, MeetingsOwn, Partial<MeetingsSettings>>;

export interface Seen {
	settings: MeetingsSettings;
	/** The latest first. */
	meetings: Meeting[];
	coming: string | null;
	nudge: Nudge | null;
	/** The keeper was nudged, and reads somebody else's page of it. */
	quiet: Nudge | null;
	today: string;
}

export function seen(handle: MeetingsHandle): Seen {
	const settings = { ...DEFAULTS, ...handle.settings };
	const nudges = Object.values(handle.record.nudges ?? {});
	const nudge = handle.own?.nudge ?? null;
	return {
		settings,
		meetings: Object.values(handle.record.meetings ?? {}).sort(
			(a, b) => b.day.localeCompare(a.day) || b.at - a.at
		),
		coming: handle.record.coming?.now?.day ?? null,
		nudge,
		quiet: nudge === null ? (nudges[0] ?? null) : null,
		today: dayAt(handle.now())
	};
}
