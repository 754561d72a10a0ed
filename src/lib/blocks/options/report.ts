import { m } from '#lib/paraglide/messages.js';
import type { Report } from '../report.ts';
import type { OptionsRecord } from './model.ts';

export const report: Report = (tables, { instance, title }) => {
	const { options = {} } = tables as Partial<OptionsRecord>;
	const entries = Object.values(options)
		.sort((a, b) => Number(b.state === 'chosen') - Number(a.state === 'chosen') || a.at - b.at)
		.map(({ id, text, by, state, suggested, at }) => ({
			item: id,
			said: text,
			by,
			// What was not chosen goes on into the next meeting.
			state:
				state === 'chosen'
					? { is: 'good' as const, word: m.options_chosen() }
					: { is: 'warn' as const, word: m.options_unused() },
			about: suggested ? [m.options_asked_for()] : [],
			at
		}));
	return entries.length > 0 ? [{ name: instance, heading: title, kind: 'list', entries }] : [];
};
