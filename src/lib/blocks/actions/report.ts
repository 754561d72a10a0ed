import { m } from '#lib/paraglide/messages.js';
import { dayWords } from '../days.ts';
import type { Report, ReportEntry, Section } from '../report.ts';
import type { Action, ActionsRecord, Review } from './model.ts';

const STATE: Record<Action['state'], { is: 'good' | 'warn' | 'plain'; word: () => string }> = {
	open: { is: 'plain', word: m.actions_open },
	done: { is: 'good', word: m.actions_done },
	partly: { is: 'warn', word: m.actions_partly_carried },
	not: { is: 'warn', word: m.actions_not_carried },
	dropped: { is: 'plain', word: m.actions_dropped }
};

/** The meeting that the record is of is the last one that anything in it names. */
function meetingOf({ actions, reviews }: Pick<ActionsRecord, 'actions' | 'reviews'>): number {
	return Math.max(
		0,
		...Object.values(actions).map((one) => one.meeting),
		...Object.values(reviews).map((one) => one.meeting)
	);
}

export const report: Report = (tables, context) => {
	const { actions = {}, reviews = {} } = tables as Partial<ActionsRecord>;
	const meeting = meetingOf({ actions, reviews });
	const answers = Object.values(reviews).filter((one) => one.meeting === meeting);
	const answerOf = (action: Action): Review | undefined => answers.find((one) => one.action === action.id);
	const shown = Object.values(actions)
		.filter((one) => one.state !== 'done' || one.meeting === meeting || answerOf(one) !== undefined)
		.sort((a, b) => a.at - b.at);
	const entries = shown.map((action): ReportEntry => {
		const { is, word } = STATE[action.state];
		const learned = answerOf(action)?.learned || action.learned;
		return {
			item: action.id,
			said: action.text,
			by: action.owner,
			state: { is, word: word() },
			about: action.due === null ? [] : [m.actions_due({ day: dayWords(action.due, context.locale) })],
			fields: [
				{ label: m.actions_by_when(), value: action.due ?? '' },
				{ label: m.actions_evidence(), value: action.evidence },
				{ label: m.actions_learned(), value: learned }
			].filter(({ value }) => value !== ''),
			at: action.at
		};
	});
	const sections: Section[] = [];
	if (entries.length > 0)
		sections.push({ name: context.instance, heading: context.title, kind: 'actions', entries });
	if (answers.length > 0) {
		const done = answers.filter((one) => one.outcome === 'done').length;
		sections.push({
			name: `${context.instance}-kept`,
			heading: m.actions_mirror(),
			kind: 'figures',
			mirror: true,
			entries: [
				{
					said: m.actions_mirror_done(),
					by: null,
					about: [m.actions_mirror_of({ done, of: answers.length })]
				}
			]
		});
	}
	return sections;
};
