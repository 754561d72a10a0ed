/**
 * What a block says of a meeting afterwards: sections of entries. The record page, Markdown, CSV and JSON are all
 * made from them. Everything in them is taken from the published record, so nothing sealed can be in it.
 */
import type { Member, Tables, Text } from './block.ts';

/** A person by id; or a name as it stood, for the record of a large room knows no other names of its audience. */
export type Author = string | { name: string };

export interface ReportEntry {
	/** Where a link to one thing ends: the key under which it is published, or its id in the document. */
	item?: string;
	/** What a person wrote. */
	said: string;
	/** Who; null: nobody's name belongs to it. */
	by: Author | null;
	/** What was said in return. */
	reply?: { said: string; by: Author | null };
	state?: { is: 'good' | 'warn' | 'bad' | 'plain'; word: string };
	/** Short facts beside it: 'Due 14 May', '8 votes'. */
	about?: string[];
	/** Further columns, for CSV and JSON too. */
	fields?: { label: string; value: string }[];
	/** When it happened, ms since the epoch. */
	at?: number;
}

export interface Section {
	/** Stable name for programs: 'actions', 'questions'. */
	name: string;
	heading: string;
	/** 'decision': the first entry is set large. 'figures': entries are numbers, `said` the name of each. */
	kind: 'decision' | 'list' | 'actions' | 'figures';
	/** Figures that the group sees of itself: a page sets them beside what was said. */
	mirror?: true;
	/** As an entry's, where the heading itself can be found. */
	item?: string;
	/** One line beside the heading. */
	note?: string;
	entries: ReportEntry[];
}

export interface ReportContext {
	instance: string;
	/** The instance's name as the format gives it. */
	title: string;
	settings: unknown;
	people: Readonly<Record<string, Member>>;
	name(person: string | null): string;
	text(text: Text): string;
	/** The co-written document of the instance as plain data, where it has one. */
	document: import('yjs').Doc | null;
	/** BCP 47. */
	locale: string;
}

export type Report = (record: Tables, context: ReportContext) => Section[];
