import { m } from '#lib/paraglide/messages.js';
import { gist, type Entry, type FieldInput } from '../fields.ts';
import type { Report, ReportEntry, Section } from '../report.ts';
import { coursesOf } from './course.ts';
import { DEFAULTS, type Figure, type FormRecord, type FormSettings } from './model.ts';

function words(
	field: FieldInput,
	value: Entry[string],
	text: (text: { en: string; de?: string }) => string
): string {
	if (field.kind === 'choice') {
		const chosen = field.values.find((one) => one.value === value);
		return chosen ? text(chosen.text) : String(value);
	}
	if (field.kind === 'check') return value === true ? m.form_yes() : m.form_no();
	return String(value);
}

function spread(
	field: FieldInput,
	figure: Figure,
	text: (text: { en: string; de?: string }) => string
): string[] {
	return Object.entries(figure.spread).map(([value, count]) => {
		const given = field.kind === 'check' ? value === 'true' : value;
		return `${words(field, given, text)}: ${count}`;
	});
}

export const report: Report = (tables, context) => {
	const { entries = {}, figures = {}, signed = {} } = tables as Partial<FormRecord>;
	const { fields, course } = { ...DEFAULTS, ...(context.settings as Partial<FormSettings>) };
	const number = new Intl.NumberFormat(context.locale, { maximumFractionDigits: 1 });
	const sections: Section[] = [];
	/** What the figures say already is not said once more for each person. */
	const counts = Object.keys(figures).length > 0;
	const shown = Object.values(entries)
		.filter(({ entry }) => !counts || gist(fields, entry) !== '')
		.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
	if (shown.length > 0)
		sections.push({
			name: context.instance,
			heading: context.title,
			kind: 'list',
			entries: shown.map(({ id, entry, author, at }): ReportEntry => {
				const names = Object.keys(signed)
					.filter((key) => key.startsWith(`${id}/`))
					.map((key) => m.form_signed({ name: context.name(key.slice(id.length + 1)) }));
				const answered = fields.filter(({ name }) => entry[name] !== undefined);
				const first = gist(fields, entry);
				// Where nothing was put in words, the first answer stands for all.
				const head = first === '' ? answered[0] : undefined;
				const rest = answered.filter((field) => field !== head && entry[field.name] !== first);
				return {
					item: id,
					said: head ? words(head, entry[head.name]!, context.text) : first,
					by: author,
					...(names.length > 0 ? { about: names } : {}),
					fields: rest.map((field) => ({
						label: context.text(field.text),
						value: words(field, entry[field.name]!, context.text)
					})),
					...(at === null ? {} : { at })
				};
			})
		});
	const { courses, mirror } = coursesOf({ fields, course }, Object.values(entries));
	if (courses.length > 0)
		sections.push({
			name: `${context.instance}-course`,
			heading: m.form_course(),
			kind: 'figures',
			mirror: true,
			entries: [
				...(mirror
					? [
							{
								said: `${context.text(mirror.field.text)}, ${context.text(mirror.at.text)}`,
								by: null,
								about: [m.form_course_of({ value: mirror.value, to: mirror.to })]
							}
						]
					: []),
				...courses.map(({ field, points }) => ({
					said: context.text(field.text),
					by: null,
					about: points.map(({ at, value }) => m.form_course_point({ at: context.text(at.text), value }))
				}))
			]
		});
	const counted = fields.flatMap((field) => {
		const figure = figures[field.name];
		return figure ? [{ field, figure }] : [];
	});
	if (counted.length > 0)
		sections.push({
			name: `${context.instance}-figures`,
			heading: shown.length > 0 ? m.form_report_figures() : context.title,
			kind: 'figures',
			entries: counted.map(({ field, figure }) => ({
				said: context.text(field.text),
				by: null,
				about: [
					m.form_answers({ count: figure.count }),
					...(figure.mean === null ? [] : [m.form_mean({ mean: number.format(figure.mean) })]),
					...spread(field, figure, context.text)
				]
			}))
		});
	return sections;
};
