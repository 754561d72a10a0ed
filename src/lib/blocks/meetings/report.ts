import { m } from '#lib/paraglide/messages.js';
import { dayWords } from '../days.ts';
import type { Report } from '../report.ts';
import { DEFAULTS, type MeetingsRecord, type MeetingsSettings } from './model.ts';

export const report: Report = (tables, { instance, title, settings, locale }) => {
	const { meetings = {} } = tables as Partial<MeetingsRecord>;
	const { planned } = { ...DEFAULTS, ...(settings as Partial<MeetingsSettings>) };
	const all = Object.values(meetings).sort((a, b) => a.day.localeCompare(b.day) || a.at - b.at);
	if (all.length === 0) return [];
	const held = all.length;
	return [
		{
			name: instance,
			heading: title,
			kind: 'list',
			note: planned === null ? m.meetings_held({ held }) : m.meetings_held_of({ held, planned }),
			entries: all.map(({ id, topics, next, day, by, at }) => ({
				item: id,
				said: topics,
				by,
				about: [dayWords(day, locale), ...(next ? [m.meetings_next_time({ text: next })] : [])],
				at
			}))
		}
	];
};
