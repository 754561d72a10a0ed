import { m } from '#lib/paraglide/messages.js';
import { dayWords } from '../days.ts';
import type { Report } from '../report.ts';
import { inOrder, type PlanRecord } from './model.ts';

export const report: Report = (tables, { instance, title, people, locale }) => {
	const { items = {} } = tables as Partial<PlanRecord>;
	const holder = (role: string) => Object.values(people).find((one) => one.role === role)?.id ?? null;
	const entries = inOrder(Object.values(items)).map(({ id, text, owner, due, done, phase }) => ({
		item: id,
		said: text,
		by: holder(owner),
		state:
			done !== null
				? { is: 'good' as const, word: m.plan_done() }
				: { is: 'plain' as const, word: m.plan_open() },
		about: [phase, ...(due === null ? [] : [m.plan_due({ day: dayWords(due, locale) })])]
	}));
	return entries.length > 0 ? [{ name: instance, heading: title, kind: 'actions', entries }] : [];
};
