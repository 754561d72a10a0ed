import { m } from '#lib/paraglide/messages.js';
import type { Report } from '../report.ts';
import type { PairingRecord } from './model.ts';

/** How many there are: who meets whom is theirs. */
export const report: Report = (tables, { instance, title }) => {
	const counts = (tables as Partial<PairingRecord>).counts?.now;
	if (!counts || counts.seekers + counts.givers === 0) return [];
	const figure = (said: string, value: number) => ({ said, by: null, about: [String(value)] });
	return [
		{
			name: instance,
			heading: title,
			kind: 'figures',
			entries: [
				figure(m.pairing_report_seekers(), counts.seekers),
				figure(m.pairing_report_givers(), counts.givers),
				figure(m.pairing_report_pairs(), counts.confirmed)
			]
		}
	];
};
