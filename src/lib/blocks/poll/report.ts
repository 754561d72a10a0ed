/** What was voted on, and how it came out. */
import { m } from '#lib/paraglide/messages.js';
import type { Report, ReportEntry, Section } from '../report.ts';
import type { Poll, PollRecord, Result } from './model.ts';
import { fewWords } from './view.ts';

export const report: Report = (tables, { text, instance }) => {
	const record = tables as PollRecord;
	const polls = Object.values(record.polls ?? {})
		.filter((poll) => record.results?.[poll.id])
		.sort((a, b) => a.opened - b.opened);
	return polls.map((poll): Section => {
		const result = record.results[poll.id]!;
		const question = text(poll.question);
		return {
			name: polls.length === 1 ? instance : `${instance}-${poll.id}`,
			item: poll.id,
			heading: question || m.poll_vote(),
			kind: 'figures',
			note: note(poll, result, text),
			entries:
				result.is === 'few' ? [] : poll.options.map((option) => entry(option.id, text(option.text), result))
		};
	});
};

function note(poll: Poll, result: Result, text: (words: { en: string; de?: string }) => string): string {
	if (result.is === 'few') return fewWords(result, poll);
	if (result.is === 'single') {
		const turnout = poll.turnout.once;
		return turnout ? m.poll_report_turnout(turnout) : m.poll_ballots({ count: result.ballots });
	}
	const pairs = m.poll_pairs({ count: result.pairs });
	const { verdict } = result;
	if (verdict.is === 'none') return pairs;
	if (verdict.is === 'draw') return `${m.poll_draw()}. ${pairs}`;
	const winner = poll.options.find((option) => option.id === verdict.option);
	return `${m.poll_won({ option: winner ? text(winner.text) : verdict.option })}. ${pairs}`;
}

function entry(id: string, said: string, result: Exclude<Result, { is: 'few' }>): ReportEntry {
	if (result.is === 'single')
		return {
			said,
			by: null,
			about: [String(result.totals[id] ?? 0)],
			fields: [{ label: m.poll_report_votes(), value: String(result.totals[id] ?? 0) }]
		};
	const [before, after, shift] = [result.before[id] ?? 0, result.after[id] ?? 0, result.shift[id] ?? 0];
	const points = shift > 0 ? `+${shift}` : String(shift).replace('-', '−');
	return {
		said,
		by: null,
		about: [m.poll_before_after({ before, after }), m.poll_points({ points })],
		fields: [
			{ label: m.poll_before(), value: String(before) },
			{ label: m.poll_after(), value: String(after) },
			{ label: m.poll_report_shift(), value: String(shift) }
		]
	};
}
