/** What a meeting left behind, in one language and with names: the record page and every export are made from it. */
import type { ReportEntry, Section } from '#lib/blocks/report.ts';

export interface MinutesEntry extends Omit<ReportEntry, 'by' | 'reply'> {
	/** A name; null where nobody's belongs to it. */
	by: string | null;
	reply?: { said: string; by: string | null };
}

export interface MinutesSection extends Omit<Section, 'entries'> {
	/** The format's instance that it comes from. */
	instance: string;
	entries: MinutesEntry[];
}

/** One visit to a phase. */
export interface Chapter {
	/** As the format names it: 'P3'. */
	phase: string;
	name: string;
	/** Milliseconds since the epoch; `closed` null: still open. */
	opened: number;
	closed: number | null;
}

export interface Minutes {
	room: { title: string; code: string; format: string; formatName: string };
	meeting: number;
	status: 'ahead' | 'live' | 'after' | 'ended';
	/** Milliseconds since the epoch. */
	began: number | null;
	ended: number | null;
	people: { name: string; role: string }[];
	/** How many people in roles that are counted and not named. */
	crowd: number;
	chapters: Chapter[];
	sections: MinutesSection[];
}

const isoDay = /^\d{4}-\d\d-\d\d$/;

/**
 * The further columns for people: without empty ones, days that stand there for programs only, and what the short
 * facts have said already.
 */
export function fieldsToRead({ fields = [], about = [] }: MinutesEntry): { label: string; value: string }[] {
	return fields.filter(
		({ value }) => value !== '' && !isoDay.test(value) && !about.some((fact) => fact.includes(value))
	);
}
