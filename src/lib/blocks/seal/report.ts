import { m } from '#lib/paraglide/messages.js';
import { gist, type Entry, type FieldInput } from '../fields.ts';
import type { Report, ReportContext, ReportEntry } from '../report.ts';
import { DEFAULTS, type SealRecord, type SealSettings } from './model.ts';

/** Without a record of its own nothing was ever revealed. */
const EMPTY: SealRecord = { progress: {}, revealed: {}, accepted: {}, earlier: {}, beside: {} };

function rest(fields: readonly FieldInput[], entry: Entry, { text }: ReportContext): ReportEntry['fields'] {
	const first = gist(fields, entry);
	return fields
		.filter(({ name }) => entry[name] !== undefined && entry[name] !== first)
		.map((field) => ({ label: text(field.text), value: String(entry[field.name]) }));
}

export const report: Report = (tables, context) => {
	const record = { ...EMPTY, ...(tables as Partial<SealRecord>) };
	const { fields } = { ...DEFAULTS, ...(context.settings as Partial<SealSettings>) };
	const accepted = Object.values(record.accepted);
	const revealed = Object.values(record.revealed).sort((a, b) => a.round - b.round || a.order - b.order);
	const rounds = new Set(revealed.map((one) => one.round)).size;
	const sections = [];
	if (accepted.length > 0)
		sections.push({
			name: `${context.instance}-accepted`,
			heading: context.title,
			kind: 'decision' as const,
			entries: accepted.map((one) => ({
				said: one.text,
				by: one.author,
				at: one.at,
				about: [m.seal_report_accepted({ name: context.name(one.by) })]
			}))
		});
	if (revealed.length > 0)
		sections.push({
			name: context.instance,
			heading: accepted.length > 0 ? m.seal_report_all({ title: context.title }) : context.title,
			kind: 'list' as const,
			entries: revealed.map((one): ReportEntry => {
				const chosen = accepted.some(({ id }) => id === one.id);
				return {
					said: gist(fields, one.entry),
					by: one.author,
					...(rounds > 1 ? { about: [m.seal_round({ round: one.round })] } : {}),
					...(chosen ? { state: { is: 'good' as const, word: m.seal_accepted() } } : {}),
					fields: rest(fields, one.entry, context)
				};
			})
		});
	return sections;
};
