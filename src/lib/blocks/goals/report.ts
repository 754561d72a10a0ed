import { m } from '#lib/paraglide/messages.js';
import type { Report, ReportEntry, Section } from '../report.ts';
import {
	DEFAULTS,
	historyOf,
	looksOf,
	standingOf,
	type Goal,
	type GoalsRecord,
	type GoalsSettings,
	type Point
} from './model.ts';

const STATE: Readonly<Record<Goal['state'], { is: 'good' | 'plain'; word: () => string }>> = {
	open: { is: 'plain', word: m.goals_open },
	met: { is: 'good', word: m.goals_met },
	left: { is: 'plain', word: m.goals_left },
	dropped: { is: 'plain', word: m.goals_dropped }
};

export const report: Report = (tables, context) => {
	const { goals = {}, points = {} } = tables as Partial<GoalsRecord>;
	const { scale, every, planned } = { ...DEFAULTS, ...(context.settings as Partial<GoalsSettings>) };
	const day = (at: Date, month: 'long' | 'short') =>
		new Intl.DateTimeFormat(context.locale, { day: 'numeric', month, timeZone: 'UTC' }).format(at);
	const plus = new Intl.NumberFormat(context.locale, { signDisplay: 'exceptZero' });
	const said = (point: Point): string =>
		[
			day(new Date(point.at), 'short'),
			point.value === null ? '' : String(point.value),
			point.said && `“${point.said}”`
		]
			.filter(Boolean)
			.join(' · ');
	const shown = Object.values(goals).sort((a, b) => a.at - b.at);
	const entries = shown.map((goal): ReportEntry => {
		const history = historyOf(points, goal.id);
		const { first, now, gain } = standingOf(goal, history);
		const { is, word } = STATE[goal.state];
		return {
			item: goal.id,
			said: goal.text,
			by: goal.owner,
			state: { is, word: word() },
			about: [
				...(now === null ? [] : [m.goals_stands({ now, to: scale.to })]),
				...(goal.target === null ? [] : [m.goals_target({ value: goal.target })]),
				...(gain === null || first === null ? [] : [m.goals_gained({ gain: plus.format(gain), first })]),
				...(planned === null ? [] : [m.goals_looked({ count: looksOf(history, { every }), planned })]),
				...(goal.by === null ? [] : [m.goals_by_day({ day: day(new Date(`${goal.by}T00:00:00Z`), 'long') })]),
				...(goal.supporter === null
					? []
					: [m.goals_supported({ name: goal.supporterName ?? context.name(goal.supporter) })])
			],
			fields: [
				{ label: m.goals_sign(), value: goal.sign },
				{ label: m.goals_measure(), value: goal.measure },
				{ label: m.goals_why(), value: goal.why },
				{ label: m.goals_by(), value: goal.by ?? '' },
				{
					label: m.goals_history_word(),
					value: history.length < 2 ? '' : history.map(said).join('; ')
				}
			].filter(({ value }) => value !== ''),
			at: goal.at
		};
	});
	const sections: Section[] =
		entries.length > 0 ? [{ name: context.instance, heading: context.title, kind: 'list', entries }] : [];
	const gains = shown.flatMap((goal) => {
		const { first, now, gain } = standingOf(goal, historyOf(points, goal.id));
		return gain === null
			? []
			: [{ goal, about: m.goals_gain_of({ gain: plus.format(gain), first: first!, now: now! }) }];
	});
	if (gains.length > 0)
		sections.push({
			name: `${context.instance}-gain`,
			heading: m.goals_mirror(),
			kind: 'figures',
			mirror: true,
			entries: gains.map(({ goal, about }) => ({ said: goal.text, by: goal.owner, about: [about] }))
		});
	return sections;
};
