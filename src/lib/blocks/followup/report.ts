/** How many used what they took away, date by date; and what came of it. */
import { m } from '#lib/paraglide/messages.js';
import { dateName } from '../date-name.ts';
import type { Report, ReportEntry, Section } from '../report.ts';
import type { FollowupRecord, Tally } from './model.ts';
import { usedOf } from './view.ts';

export const report: Report = (tables, { instance, title }) => {
	const { rounds = {}, words = {}, figures } = tables as Partial<FollowupRecord>;
	const counted = Object.values(rounds)
		.sort((a, b) => a.held - b.held)
		.filter(({ tally }) => tally !== null);
	const older = figures?.older;
	const figuresOf = (tally: Tally) => [
		`${m.followup_used()}: ${usedOf(tally)}`,
		m.followup_asked({ replies: tally.replies, of: tally.asked })
	];
	const sections: Section[] = [];
	if (counted.length > 0 || older)
		sections.push({
			name: `${instance}-figures`,
			heading: title,
			kind: 'figures',
			entries: [
				...(older
					? [{ said: m.followup_older({ dates: older.dates }), by: null, about: figuresOf(older) }]
					: []),
				...counted.map((round) => ({
					item: round.id,
					said: dateName(round.title, round.held),
					by: null,
					about: figuresOf(round.tally!)
				}))
			]
		});
	const said = counted.flatMap((round) =>
		Object.values(words)
			.filter((word) => word.round === round.id)
			.map(({ id, text }): ReportEntry => ({
				item: id,
				said: text,
				by: null,
				about: [dateName(round.title, round.held)]
			}))
	);
	if (said.length > 0)
		sections.push({ name: instance, heading: m.followup_came(), kind: 'list', entries: said });
	return sections;
};
