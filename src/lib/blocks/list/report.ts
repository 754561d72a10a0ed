/** What was asked and what became of it, for the record and the exports. */
import { m } from '#lib/paraglide/messages.js';
import type { Report, ReportEntry } from '../report.ts';
import { credits } from './credits.ts';
import {
	DEFAULTS,
	inOrder,
	wantsAnswer,
	type ListRecord,
	type ListSettings,
	type ShownItem
} from './model.ts';

export const report: Report = (tables, context) => {
	const settings = { ...DEFAULTS, ...(context.settings as Partial<ListSettings>) };
	const { kind, votes: voted, sorts } = settings;
	// the block's own type, which the registry has lost
	const { items = {}, tally = {}, replies = {}, figures = {} } = tables as unknown as Partial<ListRecord>;
	const all = Object.values(items);
	if (all.length === 0) return [];
	const votes = (item: ShownItem) => m.list_votes({ count: tally[item.id] ?? 0 });

	function sortName({ sort }: ShownItem): string {
		const found = sorts.find(({ value }) => value === sort);
		return found ? context.text(found.text) : '';
	}

	function entry(item: ShownItem): ReportEntry {
		const answers = Object.values(replies)
			.filter((reply) => reply.item === item.id)
			.sort((a, b) => a.at - b.at);
		const reply = item.answer ?? answers[0];
		const { status } = item;
		const asked = credits(item);
		return {
			item: item.id,
			said: item.text,
			by: asked === null ? null : { name: asked },
			...(reply && { reply: { said: reply.text, by: reply.by && { name: reply.by.name } } }),
			state: !wantsAnswer(item, settings)
				? { is: 'plain', word: sortName(item) }
				: status.is === 'done'
					? { is: 'good', word: status.how === 'live' ? m.list_done_live({ kind }) : m.list_done_writing() }
					: { is: 'warn', word: m.list_report_open({ kind }) },
			about: [
				...(item.sort !== null && wantsAnswer(item, settings) ? [sortName(item)] : []),
				...(voted ? [votes(item)] : []),
				...(item.before ? [m.list_before({ count: item.before })] : []),
				...(item.joined > 0 ? [m.list_merged_from({ count: item.joined + 1 })] : []),
				...item.labels,
				...(item.spent > 0 ? [m.list_spent({ minutes: Math.max(1, Math.round(item.spent / 60_000)) })] : [])
			],
			fields: [
				...(voted ? [{ label: m.list_report_votes(), value: String(tally[item.id] ?? 0) }] : []),
				{ label: m.list_report_labels(), value: item.labels.join(', ') },
				{ label: m.list_report_owner(), value: item.owner?.name ?? '' },
				{ label: m.list_report_due(), value: item.due ?? '' }
			],
			at: status.is === 'done' ? status.at : item.shown
		};
	}

	const taken = all.filter((item) => item.status.is === 'done').sort((a, b) => a.shown - b.shown);
	const left = inOrder(
		all.filter((item) => item.status.is !== 'done'),
		tally,
		'votes'
	);
	const now = figures.now;
	return [
		{
			name: `${context.instance}`,
			heading: context.title || m.list_report_questions({ kind }),
			kind: 'list',
			...(now && {
				note: `${now.asked} ${m.list_figure_asked({ kind })}, ${now.answered} ${m.list_figure_answered({ kind })}, ${now.dismissed} ${m.list_figure_dismissed()}`
			}),
			entries: [...taken, ...left].map(entry)
		}
	];
};
