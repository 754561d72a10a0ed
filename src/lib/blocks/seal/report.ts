import { m } from '#lib/paraglide/messages.js';
import { gist, type Entry, type FieldInput } from '../fields.ts';
import type { Report, ReportContext, ReportEntry } from '../report.ts';
import { DEFAULTS, type SealRecord, type SealSettings } from './model.ts';
import { alikeOf } from './seen.ts';
import { alikeWords } from './words.ts';

/** Without a record of its own nothing was ever revealed. */
const EMPTY: SealRecord = { progress: {}, revealed: {}, accepted: {}, earlier: {}, alike: {}, beside: {} };

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
	const alike = alikeOf(record, revealed[0]?.round ?? 0);
	const sections = [];
	if (accepted.length > 0)
		sections.push({
			name: `${context.instance}-accepted`,
			heading: context.title,
			kind: 'decision' as const,
			entries: accepted.map((one) => ({
				item: one.id,
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
			...(rounds === 1 && alike.length > 0 ? { note: alike.map(alikeWords).join(' · ') } : {}),
			entries: revealed.map((one): ReportEntry => {
				const chosen = accepted.some(({ id }) => id === one.id);
				const group = Object.values(record.alike).find(({ entries }) => entries.includes(one.id));
				// Of one round it stands in the heading.
				const about =
					rounds > 1 ? [m.seal_round({ round: one.round }), ...(group ? [alikeWords(group)] : [])] : [];
				return {
					item: one.id,
					said: gist(fields, one.entry),
					by: one.author,
					...(about.length > 0 ? { about } : {}),
					...(chosen ? { state: { is: 'good' as const, word: m.seal_accepted() } } : {}),
					fields: rest(fields, one.entry, context)
				};
			})
		});
	return sections;
};
