/** What the views of the meetings look at. */
import type { Handle } from '../block.ts';
import { dayAt } from '../days.ts';
import {
	DEFAULTS,
	type Appointed,
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
	/** Its hour and place, where they were agreed. */
	date: Appointed | null;
	/** It was set for a time that is over. */
	missed: boolean;
	nudge: Nudge | null;
	/** The keeper was nudged, and reads somebody else's page of it. */
	quiet: Nudge | null;
	today: string;
}

export function seen(handle: MeetingsHandle): Seen {
	const settings = { ...DEFAULTS, ...handle.settings };
	const nudges = Object.values(handle.record.nudges ?? {});
	const nudge = handle.own?.nudge ?? null;
	const coming = handle.record.coming?.now ?? null;
	const date = (coming?.date === undefined ? undefined : handle.record.dates?.[coming.date]) ?? null;
	const today = dayAt(handle.now());
	return {
		settings,
		meetings: Object.values(handle.record.meetings ?? {}).sort(
			(a, b) => b.day.localeCompare(a.day) || b.at - a.at
		),
		coming: coming?.day ?? null,
		date,
		missed: date ? date.ends < handle.now() : coming !== null && coming.day < today,
		nudge,
		quiet: nudge === null ? (nudges[0] ?? null) : null,
		today
	};
}
