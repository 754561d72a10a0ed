import { m } from '#lib/paraglide/messages.js';
import type { Report } from '../report.ts';
import type { ProgrammeRecord } from './model.ts';

export const report: Report = (tables, context) => {
	const counts = (tables as Partial<ProgrammeRecord>).counts?.now;
	if (!counts || counts.rooms === 0) return [];
	const figure = (said: string, about: string) => ({ said, by: null, about: [about] });
	return [
		{
			name: context.instance,
			heading: context.title,
			kind: 'figures',
			entries: [
				figure(
					m.programme_report_opened(),
					m.programme_opened_of({ opened: counts.opened, rooms: counts.rooms })
				),
				figure(m.programme_report_held(), m.programme_held({ count: counts.held }))
			]
		}
	];
};
