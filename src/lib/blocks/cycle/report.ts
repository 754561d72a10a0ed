import { m } from '#lib/paraglide/messages.js';
import type { Report } from '../report.ts';
import { DEFAULTS, type CycleRecord, type CycleSettings } from './model.ts';

export const report: Report = (tables, context) => {
	const now = (tables as Partial<CycleRecord>).overview?.now;
	if (!now || now.setup.purpose === '') return [];
	const { steps } = { ...DEFAULTS, ...(context.settings as Partial<CycleSettings>) };
	const day = new Intl.DateTimeFormat(context.locale, { dateStyle: 'medium' });
	return [
		{
			name: context.instance,
			heading: context.title,
			kind: 'list',
			entries: [
				{
					item: 'now',
					said: now.setup.purpose,
					by: null,
					about: [m.cycle_enrolled({ count: now.enrolled })],
					fields: steps.flatMap(({ name, text }) => {
						const at = now.setup.dates[name];
						return at === undefined ? [] : [{ label: context.text(text), value: day.format(at) }];
					})
				}
			]
		}
	];
};
