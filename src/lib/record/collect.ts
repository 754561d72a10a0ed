/** From a meeting's documents to its minutes. Pure: knows no store and no room. */
import type * as Y from 'yjs';
import type { AgendaRecord } from '#lib/blocks/agenda/model.ts';
import type { Json, Tables } from '#lib/blocks/block.ts';
import type { Author, Report, Section } from '#lib/blocks/report.ts';
import type { RosterRecord } from '#lib/blocks/roster/model.ts';
import type { Format } from '#lib/formats/format.ts';
import { m } from '#lib/paraglide/messages.js';
import { textIn } from '#lib/room/text.ts';
import type { Chapter, Minutes, MinutesSection } from './minutes.ts';

interface Sources {
	room: { title: string; code: string };
	meeting: number;
	/** As it was resolved for this meeting. */
	format: Format;
	record: Y.Doc;
	/** Co-written documents that the reader may see, by short name. */
	documents: ReadonlyMap<string, Y.Doc>;
	reports: Readonly<Record<string, Report>>;
	/** BCP 47. */
	locale: string;
}

/** A collection that nothing was published in reads as an empty one. */
export function tablesOf(record: Y.Doc, instance: string): Tables {
	const tables: Tables = {};
	for (const [path, value] of record.getMap<Json>(instance).entries()) {
		const cut = path.indexOf('/');
		(tables[path.slice(0, cut)] ??= {})[path.slice(cut + 1)] = value;
	}
	return new Proxy(tables, {
		get: (target, key) => (typeof key === 'string' ? (target[key] ?? {}) : Reflect.get(target, key))
	});
}

function chaptersOf(agenda: AgendaRecord, format: Format): Chapter[] {
	const named = (id: string) => {
		const phase = format.phases.find((one) => one.id === id);
		return phase ? textIn(phase.name) : id;
	};
	const now = agenda.now.current;
	// What was prepared in a phase before the meeting began is no part of how it went.
	const past = Object.values(agenda.visits)
		.filter(({ closed }) => now?.began == null || closed > now.began)
		.map((visit) => ({ ...visit, name: named(visit.phase) }));
	const open: Chapter[] =
		now && now.status !== 'ended' && now.status !== 'ahead'
			? [{ phase: now.phase, name: named(now.phase), opened: now.opened, closed: null }]
			: [];
	// A phase that the format has no more was part of the meeting all the same, once that had begun.
	const belongs = (id: string) => {
		const phase = format.phases.find((one) => one.id === id);
		return phase ? phase.when !== 'ahead' : now?.began != null;
	};
	return [...past, ...open].filter(({ phase }) => belongs(phase)).sort((a, b) => a.opened - b.opened);
}

export function collectMinutes(sources: Sources): Minutes {
	const { room, meeting, format, record, documents, reports, locale } = sources;
	const agenda = tablesOf(record, 'agenda') as AgendaRecord;
	const roster = tablesOf(record, 'roster') as RosterRecord;
	const now = agenda.now.current ?? null;
	const name = (person: string | null) =>
		(person !== null && roster.members[roster.former[person] ?? person]?.name) || m.room_somebody();

	const sections = Object.entries(format.blocks).flatMap(([instance, use]): MinutesSection[] => {
		const report = reports[use.block];
		if (!report) return [];
		const made = report(tablesOf(record, instance), {
			instance,
			title: textIn(use.name),
			settings: use.settings ?? {},
			people: roster.members,
			name,
			text: textIn,
			document: (use.document !== undefined && documents.get(use.document)) || null,
			locale
		});
		return made.filter(({ entries }) => entries.length > 0).map((section) => named(section, instance, name));
	});

	const crowds = new Set(Object.entries(format.roles).flatMap(([role, { crowd }]) => (crowd ? [role] : [])));
	return {
		room: { ...room, format: format.name, formatName: textIn(format.text) },
		meeting,
		status: now?.status ?? 'ahead',
		began: now?.began ?? null,
		ended: now?.ended ?? null,
		people: Object.values(roster.members)
			.sort((a, b) => a.joined - b.joined)
			.map((member) => ({ name: member.name, role: roleName(format, member.role) })),
		crowd: Object.entries(roster.counts).reduce(
			(sum, [role, count]) => sum + (crowds.has(role) ? count : 0),
			0
		),
		chapters: chaptersOf(agenda, format),
		// What was decided comes first, whichever block it comes from.
		sections: [
			...sections.filter(({ kind }) => kind === 'decision'),
			...sections.filter(({ kind }) => kind !== 'decision')
		]
	};
}

function roleName(format: Format, role: string): string {
	const known = format.roles[role];
	return known ? textIn(known.name) : role;
}

function named(section: Section, instance: string, name: (person: string) => string): MinutesSection {
	const who = (author: Author | null) => {
		if (author === null) return null;
		return typeof author === 'string' ? name(author) : author.name;
	};
	return {
		...section,
		instance,
		entries: section.entries.map(({ by, reply, ...entry }) => ({
			...entry,
			by: who(by),
			...(reply && { reply: { said: reply.said, by: who(reply.by) } })
		}))
	};
}
