/** A profile as it comes from a form or a file: texts by field. Pure. */
import type { ProfileData } from '../storage/workspace-store.ts';
import { parseHours } from './hours.ts';
import type { Problem, ProblemCode } from './problem.ts';

export type ProfileField =
	| 'job'
	| 'team'
	| 'place'
	| 'languages'
	| 'timeZone'
	| 'hours'
	| 'interests'
	| 'offers'
	| 'wants'
	| 'mentoring'
	| 'capacity';
export type ProfileTexts = Partial<Record<ProfileField, string>>;

const LINE = 80;
const ITEMS = 20;
const CAPACITY = { least: 1, most: 10 };

/** Control characters, and marks that turn the reading direction, have no place in a line. */
const clean = (text: string) =>
	text
		.normalize('NFC')
		.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, ' ')
		.replaceAll(/\s+/g, ' ')
		.trim();

const isLong = (text: string) => [...text].length > LINE;

/** Without repetitions, whatever the capitals; the first spelling stays. */
function list(text: string): string[] {
	const seen = new Map<string, string>();
	for (const piece of text.split(/[,;\n]/)) {
		const item = clean(piece);
		if (item !== '' && !seen.has(item.toLowerCase())) seen.set(item.toLowerCase(), item);
	}
	return [...seen.values()];
}

const languageNames = ['en', 'de'].map((locale) => new Intl.DisplayNames(locale, { type: 'language' }));
const byName = new Map<string, string>();

/** 'de', 'German' or 'Deutsch' → 'de'; null: not known. */
function languageOf(text: string): string | null {
	if (byName.size === 0)
		for (const code of 'ar bg bn cs da de el en es et fa fi fr ga he hi hr hu it ja ko lt lv ms nl no pl pt ro ru sk sl sq sr sv ta th tr uk ur vi zh'.split(
			' '
		))
			for (const names of languageNames) byName.set((names.of(code) ?? code).toLowerCase(), code);
	const known = byName.get(text.toLowerCase());
	if (known) return known;
	try {
		const [code] = Intl.getCanonicalLocales(text);
		return code && languageNames[0]!.of(code) !== code ? code : null;
	} catch {
		return null;
	}
}

/** As IANA writes it; null: not known. */
function timeZoneOf(text: string): string | null {
	try {
		// an offset would be wrong for half of the year
		if (/^[+-]/.test(text)) return null;
		return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
	} catch {
		return null;
	}
}

const yes = new Set(['yes', 'y', 'true', '1', 'on', 'x', 'ja', 'j', 'wahr']);
const no = new Set(['', 'no', 'n', 'false', '0', 'off', 'nein', 'falsch']);

/** Fields that are not given stay as they were. The manager is not among them: see reporting.ts. */
export function readProfile(
	texts: ProfileTexts,
	before: ProfileData
): { data: ProfileData; problems: Problem[] } {
	const data: ProfileData = { ...before, mentoring: { ...before.mentoring } };
	const problems: Problem[] = [];
	const wrong = (field: ProfileField, code: ProblemCode, detail?: string) =>
		problems.push({ field, code, ...(detail === undefined ? {} : { detail: detail.slice(0, 60) }) });

	for (const field of ['job', 'team', 'place'] as const) {
		const text = texts[field];
		if (text === undefined) continue;
		const line = clean(text);
		if (isLong(line)) wrong(field, 'too-long', line);
		data[field] = line || null;
	}
	for (const field of ['interests', 'offers', 'wants'] as const) {
		const text = texts[field];
		if (text === undefined) continue;
		const items = list(text);
		if (items.length > ITEMS) wrong(field, 'too-many', String(items.length));
		const long = items.find(isLong);
		if (long !== undefined) wrong(field, 'too-long', long);
		data[field] = items;
	}
	if (texts.languages !== undefined) {
		const codes = list(texts.languages).map((text) => ({ text, code: languageOf(text) }));
		const unknown = codes.find(({ code }) => code === null);
		if (unknown) wrong('languages', 'language-unknown', unknown.text);
		if (codes.length > ITEMS) wrong('languages', 'too-many', String(codes.length));
		data.languages = [...new Set(codes.flatMap(({ code }) => code ?? []))];
	}
	if (texts.timeZone !== undefined) {
		const text = clean(texts.timeZone);
		data.timeZone = text === '' ? null : timeZoneOf(text);
		if (text !== '' && data.timeZone === null) wrong('timeZone', 'time-zone-unknown', text);
	}
	if (texts.hours !== undefined) {
		const hours = parseHours(texts.hours);
		if (hours === null) wrong('hours', 'hours-unreadable', texts.hours);
		else data.hours = hours;
	}
	if (texts.mentoring !== undefined) {
		const word = clean(texts.mentoring).toLowerCase();
		if (!yes.has(word) && !no.has(word)) wrong('mentoring', 'yes-or-no', word);
		data.mentoring.open = yes.has(word);
	}
	if (texts.capacity !== undefined && texts.capacity.trim() !== '') {
		const capacity = Number(texts.capacity);
		if (!Number.isInteger(capacity) || capacity < CAPACITY.least || capacity > CAPACITY.most)
			wrong('capacity', 'capacity', texts.capacity);
		else data.mentoring.capacity = capacity;
	}
	return { data, problems };
}
