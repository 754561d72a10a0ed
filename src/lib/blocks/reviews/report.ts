import { m } from '#lib/paraglide/messages.js';
import type { Report, ReportEntry } from '../report.ts';
import type { ReviewsRecord } from './model.ts';

/** Figures alone: what was written is for two people, and for a year. */
export const report: Report = (tables, context) => {
	const now = (tables as Partial<ReviewsRecord>).status?.now;
	if (!now?.brief) return [];
	const figure = (said: string, about: string): ReportEntry => ({ said, by: null, about: [about] });
	const { counts, mirror } = now;
	const entries = [
		figure(m.reviews_figure_submitted(), m.reviews_of({ value: counts.submitted, of: counts.reviewers }))
	];
	if (mirror) {
		entries.push(
			figure(m.reviews_figure_complete(), m.reviews_of({ value: mirror.complete, of: mirror.comments }))
		);
		if (mirror.delay !== null)
			entries.push(figure(m.reviews_figure_delay(), m.reviews_days({ count: mirror.delay })));
	}
	return [
		{
			...{ name: context.instance, item: 'now', heading: context.title },
			...{ kind: 'figures', note: now.brief.purpose, entries }
		}
	];
};
