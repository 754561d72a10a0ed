/** How many used what they took away, date by date; and what came of it. */
import { m } from '#lib/paraglide/messages.js';
import { dateName } from '../date-name.ts';
import type { Report, ReportEntry, Section } from '../report.ts';
import type { FollowupRecord } from './model.ts';
import { usedOf } from './view.ts';

export const report: Report = (tables, { instance, title }) => {
	const { rounds = {}, words = {} } = tables as Partial<FollowupRecord>;
	const counted = Object.values(rounds)
		.sort((a, b) => a.held - b.held)
		.filter(({ tally }) => tally !== null);
	const sections: Section[] = [];
	if (counted.length > 0)
		sections.push({
			name: `${instance}-figures`,
			heading: title,
			kind: 'figures',
			entries: counted.map((round) => ({
				item: round.id,
				said: dateName(round.title, round.held),
				by: null,
				about: [
					`${m.followup_used()}: ${usedOf(round.tally!)}`,
					m.followup_asked({ replies: round.tally!.replies, of: round.tally!.asked })
				]
			}))
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
