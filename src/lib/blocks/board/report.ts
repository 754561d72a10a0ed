import type * as Y from 'yjs';
import { m } from '#lib/paraglide/messages.js';
import type { Report, ReportContext, ReportEntry, Section } from '../report.ts';
import { pageOf, settingsOf, type BoardRecord, type BoardSettings, type Note } from './model.ts';
import { paragraphs } from './paragraphs.ts';
import { readBoard } from './read.ts';
import { groupTitle, kindName } from './words.ts';

export const report: Report = (record, context) => {
	const settings = settingsOf(context.settings as Partial<BoardSettings>);
	if (!context.document) return [];
	return settings.shape === 'page'
		? [
				...pageSections(context.document, context),
				...mirrorSections(record as BoardRecord, settings, context)
			]
		: boardSections(context.document, record as BoardRecord, settings, context);
};

function boardSections(
	doc: Y.Doc,
	record: BoardRecord,
	settings: BoardSettings,
	context: ReportContext
): Section[] {
	const { notes, groups, links } = readBoard(doc);
	const by = (id: string) => notes.find((note) => note.id === id)?.text ?? '';
	const entry = (note: Note): ReportEntry => ({
		item: note.id,
		said: note.text,
		by: note.by,
		...(note.reply ? { reply: { said: note.reply, by: note.replyBy } } : {}),
		...(note.form === 'experiment' ? { fields: fieldsOf(note) } : {}),
		about: [kindName(note.kind, settings.kinds, context.text), ...votesOf(record, note)],
		...(note.at === null ? {} : { at: note.at })
	});
	const section = (name: string, heading: string, members: Note[], item?: string): Section => ({
		name: `${context.instance}.${name}`,
		...(item === undefined ? {} : { item }),
		heading,
		kind: 'list',
		entries: members.map(entry)
	});
	const plain = notes.filter((note) => note.form !== 'experiment');
	const sections = [
		section(
			'notes',
			context.title,
			plain.filter((note) => note.group === null)
		),
		...groups.map((group) =>
			section(
				`group.${group.id}`,
				groupTitle(group),
				plain.filter((note) => note.group === group.id),
				group.id
			)
		),
		section(
			'experiments',
			m.board_report_experiments(),
			notes.filter((note) => note.form === 'experiment')
		)
	];
	sections.push({
		name: `${context.instance}.links`,
		heading: m.board_report_links(),
		kind: 'list',
		entries: links.map(({ from, to, label }) => ({
			said: [by(from), label, by(to)].filter(Boolean).join(' → '),
			by: null
		}))
	});
	return sections.filter(({ entries }) => entries.length > 0);
}

function fieldsOf(note: Note) {
	return [
		{ label: m.board_test(), value: note.test || m.board_test_open() },
		{ label: m.board_result(), value: note.result || m.board_result_open() }
	];
}

function votesOf(record: BoardRecord, note: Note): string[] {
	const count = record.tally?.[note.id];
	return count ? [m.board_report_votes({ count })] : [];
}

function pageSections(doc: Y.Doc, { instance, title }: ReportContext): Section[] {
	const entries = paragraphs(pageOf(doc)).map((said) => ({ said, by: null }));
	return entries.length > 0 ? [{ name: `${instance}.page`, heading: title, kind: 'list', entries }] : [];
}

function mirrorSections(
	record: BoardRecord,
	{ mirror: asked }: BoardSettings,
	{ instance, title, locale, text }: ReportContext
): Section[] {
	const mirror = record.mirror?.now;
	if (!mirror || asked === null) return [];
	const percent = (share: number) =>
		new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);
	const about = m.board_report_share({ share: percent(mirror.share), most: percent(mirror.most) });
	return [
		{
			name: `${instance}.mirror`,
			heading: title,
			kind: 'figures',
			mirror: true,
			entries: [{ said: text(asked.text), by: null, about: [about] }]
		}
	];
}
