import type { Report } from '#lib/blocks/report.ts';
import type { PulseRecord } from './model.ts';
import { inWords } from './words.ts';

export const report: Report = (tables, { instance, title }) => {
	const { figures = {} } = tables as Partial<PulseRecord>;
	if (!figures.now) return [];
	return [
		{ name: instance, heading: title, kind: 'figures', entries: [{ said: inWords(figures.now), by: null }] }
	];
};
