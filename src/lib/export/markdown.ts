/** A meeting's minutes as CommonMark with check lists. */
import { m } from '#lib/paraglide/messages.js';
import { fieldsToRead, type Minutes, type MinutesEntry, type MinutesSection } from '#lib/record/minutes.ts';
import { day, dayAndTime } from './moment.ts';

/** So that what people wrote stays what it is: no heading, list, link or HTML comes of it. */
export function escapeMarkdown(text: string): string {
	return text
		.replaceAll(/[\\`*_[\]<>~|&]/g, (sign) => `\\${sign}`)
		.replaceAll(/^([^\S\n\r\u2028\u2029]*)([#+=-])/gm, '$1\\$2')
		.replaceAll(/^([^\S\n\r\u2028\u2029]*\d+)([.)])/gm, '$1\\$2');
}

/** Text of several lines, continued under a list item that is indented by `indent`. */
function lines(text: string, indent: string): string {
	return escapeMarkdown(text.trim()).replaceAll(/\r?\n\s*/g, `  \n${indent}`);
}

function about(entry: MinutesEntry, locale: string): string {
	const facts = [
		entry.by,
		entry.state?.word,
		...(entry.about ?? []),
		...fieldsToRead(entry).map(({ label, value }) => `${label}: ${value}`),
		entry.at === undefined ? null : dayAndTime(entry.at, locale)
	].filter((fact) => fact !== null && fact !== undefined && fact !== '');
	return facts.map((fact) => lines(String(fact), '  ')).join(' · ');
}

function entryLines(entry: MinutesEntry, section: MinutesSection, locale: string): string[] {
	const box = section.kind === 'actions' ? (entry.state?.is === 'good' ? '[x] ' : '[ ] ') : '';
	const facts = about(entry, locale);
	const reply = entry.reply;
	const answered =
		reply &&
		(reply.by ? `${lines(reply.said, '  > ')} (${escapeMarkdown(reply.by)})` : lines(reply.said, '  > '));
	return [
		`- ${box}${lines(entry.said, '  ')}`,
		...(answered ? ['', `  > ${answered}`] : []),
		...(facts ? ['', `  ${facts}`] : [])
	];
}

function sectionLines(section: MinutesSection, locale: string): string[] {
	const [first, ...rest] = section.entries;
	const head = [`## ${lines(section.heading, '')}`, ''];
	if (section.note) head.push(escapeMarkdown(section.note), '');
	if (section.kind !== 'decision' || !first)
		return [...head, ...section.entries.flatMap((entry) => entryLines(entry, section, locale)), ''];
	const facts = about(first, locale);
	return [
		...head,
		`**${lines(first.said, '')}**`,
		...(facts ? ['', facts] : []),
		...(rest.length > 0 ? [''] : []),
		...rest.flatMap((entry) => entryLines(entry, section, locale)),
		''
	];
}

export function toMarkdown(minutes: Minutes, locale: string): string {
	const { room, meeting, began, ended, people, crowd, chapters, sections } = minutes;
	const when = began === null ? m.pages_record_not_begun() : day(began, locale);
	const names = people.map(({ name }) => escapeMarkdown(name)).join(', ');
	const parts = [
		`# ${lines(room.title, '')}`,
		'',
		[m.pages_record_meeting({ number: meeting }), room.formatName, when].map(escapeMarkdown).join(' · '),
		'',
		...(ended === null && began !== null ? [`*${m.pages_record_running()}*`, ''] : []),
		...(names ? [names, ''] : []),
		...(crowd > 0 ? [m.pages_record_crowd({ count: crowd }), ''] : []),
		...sections.flatMap((section) => sectionLines(section, locale))
	];
	if (chapters.length > 0) {
		parts.push(`## ${m.pages_record_course()}`, '');
		for (const { phase, name, opened } of chapters)
			parts.push(`- ${dayAndTime(opened, locale)} ${escapeMarkdown(`${phase} ${name}`)}`);
		parts.push('');
	}
	return `${parts.join('\n').trimEnd()}\n`;
}
