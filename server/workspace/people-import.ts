/** What a table of people would change, line by line. Pure: nothing is written here. */
import { blankProfile } from '#lib/blocks/profile.ts';
import type { Colleague, PeopleChange, ProfileData } from '../storage/workspace-store.ts';
import { unquoted, type FileProblem, type Table } from './csv-file.ts';
import { emailOf } from './email.ts';
import type { Problem } from './problem.ts';
import { readProfile, type ProfileField, type ProfileTexts } from './profile-input.ts';
import { loopThrough } from './reporting.ts';

type Column = 'name' | 'email' | 'manager' | ProfileField;

/** In the order of the template; headings are known in English and German, whatever the capitals. */
export const columns: readonly { column: Column; en: string; de: string }[] = [
	{ column: 'name', en: 'name', de: 'name' },
	{ column: 'email', en: 'email', de: 'e-mail' },
	{ column: 'job', en: 'function', de: 'funktion' },
	{ column: 'team', en: 'team', de: 'team' },
	{ column: 'manager', en: 'manager', de: 'führungskraft' },
	{ column: 'place', en: 'place', de: 'ort' },
	{ column: 'languages', en: 'languages', de: 'sprachen' },
	{ column: 'timeZone', en: 'time zone', de: 'zeitzone' },
	{ column: 'hours', en: 'hours', de: 'arbeitszeiten' },
	{ column: 'interests', en: 'interests', de: 'interessen' },
	{ column: 'offers', en: 'offers', de: 'bietet' },
	{ column: 'wants', en: 'wants', de: 'sucht' },
	{ column: 'mentoring', en: 'mentor', de: 'mentoring' },
	{ column: 'capacity', en: 'mentees', de: 'plätze' }
];

/** In a cell: what is there now is taken away. An empty cell changes nothing. */
export const CLEARED = '-';

export interface Line {
	line: number;
	name: string;
	email: string;
	/** 'ready': an account that waits for its person is made. */
	action: 'ready' | 'change' | 'same' | 'refused';
	/** Columns that change. */
	changes: Column[];
	problems: (Problem & { field: Column })[];
}

export interface Plan {
	lines: Line[];
	/** Headings that are not known; their cells are ignored. */
	ignored: string[];
	change: Required<PeopleChange>;
}

const heading = (text: string) =>
	text
		.trim()
		.toLowerCase()
		.normalize('NFC')
		.replaceAll(/[_\s]+/g, ' ');
const named = new Map(
	columns.flatMap(({ column, en, de }) => [[en, column] as const, [de, column] as const])
);
named.set('mail', 'email').set('e-mail', 'email').set('timezone', 'timeZone').set('job', 'job');

interface Draft extends Line {
	person: string;
	before: ProfileData;
	data: ProfileData;
	newName: string | null;
	managerEmail: string | null | undefined;
}

export function planImport(
	table: Table,
	people: readonly Colleague[],
	{ newId, now }: { newId: () => string; now: number }
): { ok: true; plan: Plan } | { ok: false; problem: FileProblem } {
	const at = new Map<Column, number>();
	const ignored: string[] = [];
	for (const [index, text] of table.headings.entries()) {
		const column = named.get(heading(text));
		if (!column) ignored.push(text);
		else if (at.has(column)) return { ok: false, problem: { code: 'column-twice', column: text } };
		else at.set(column, index);
	}
	if (!at.has('email')) return { ok: false, problem: { code: 'no-column', column: 'email' } };

	const byEmail = new Map(people.flatMap((one) => (one.email ? [[one.email.toLowerCase(), one]] : [])));
	const firstLine = new Map<string, number>();
	const drafts = table.rows.map(({ line, cells }): Draft => {
		const cell = (column: Column) => {
			const index = at.get(column);
			return index === undefined ? '' : unquoted(cells[index] ?? '').trim();
		};
		const email = cell('email');
		const known = byEmail.get(email.toLowerCase());
		const before = known?.profile ?? blankProfile;
		const problems: Draft['problems'] = [];
		const texts: ProfileTexts = {};
		for (const { column } of columns) {
			if (column === 'name' || column === 'email' || column === 'manager') continue;
			const text = cell(column);
			if (text !== '') texts[column] = text === CLEARED ? '' : text;
		}
		const read = readProfile(texts, before);
		problems.push(...(read.problems as Draft['problems'])); // its fields are columns
		const address = emailOf(email);
		if (email === '') problems.push({ field: 'email', code: 'missing' });
		else if (address === null) problems.push({ field: 'email', code: 'invalid', detail: email.slice(0, 60) });
		else {
			const first = firstLine.get(address);
			if (first === undefined) firstLine.set(address, line);
			else problems.push({ field: 'email', code: 'duplicate', detail: String(first) });
		}
		const name = cell('name').normalize('NFC');
		if (name === '' && !known) problems.push({ field: 'name', code: 'missing' });
		else if ([...name].length > 80)
			problems.push({ field: 'name', code: 'too-long', detail: name.slice(0, 60) });
		else if (/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(name))
			problems.push({ field: 'name', code: 'invalid' });
		if (cells.length > table.headings.length) problems.push({ field: 'name', code: 'cells' });
		const manager = cell('manager');
		return {
			line,
			name: name || known?.name || '',
			email: address ?? email,
			action: 'same',
			changes: [],
			problems,
			person: known?.id ?? newId(),
			before,
			data: read.data,
			newName: name !== '' && name !== known?.name ? name : null,
			managerEmail: manager === '' ? undefined : manager === CLEARED ? null : manager.toLowerCase()
		};
	});

	giveManagers(drafts, people);
	for (const draft of drafts) settle(draft, byEmail.has(draft.email.toLowerCase()));
	return { ok: true, plan: { lines: drafts.map(lineOf), ignored, change: changeOf(drafts, now) } };
}

/** By e-mail, of the directory or of a line that is not refused; a line whose manager is refused is refused too. */
function giveManagers(drafts: Draft[], people: readonly Colleague[]): void {
	const names = new Map(people.map(({ id, name }) => [id, name]));
	for (const { person, name } of drafts) names.set(person, name);
	for (let changed = true; changed;) {
		changed = false;
		const good = drafts.filter(({ problems }) => problems.length === 0);
		const ids = new Map(people.flatMap(({ id, email }) => (email ? [[email.toLowerCase(), id]] : [])));
		for (const { email, person } of good) ids.set(email, person);
		for (const draft of good) {
			if (typeof draft.managerEmail !== 'string') continue;
			const manager = ids.get(draft.managerEmail);
			if (manager === undefined)
				draft.problems.push({ field: 'manager', code: 'manager-unknown', detail: draft.managerEmail });
			else if (manager === draft.person) draft.problems.push({ field: 'manager', code: 'manager-self' });
			else continue;
			changed = true;
		}
		if (changed) continue;
		const managers = new Map(people.map(({ id, profile }) => [id, profile?.manager ?? null]));
		for (const { person, managerEmail } of good)
			if (managerEmail !== undefined)
				managers.set(person, managerEmail === null ? null : (ids.get(managerEmail) ?? null));
		for (const draft of good) {
			if (typeof draft.managerEmail !== 'string') continue;
			const loop = loopThrough(draft.person, managers.get(draft.person)!, (id) => managers.get(id) ?? null);
			if (!loop) continue;
			const detail = loop.map((id) => names.get(id) ?? '?').join(' → ');
			draft.problems.push({ field: 'manager', code: 'manager-loop', detail });
			changed = true;
		}
		for (const draft of good)
			if (draft.managerEmail !== undefined)
				draft.data = { ...draft.data, manager: managers.get(draft.person) ?? null };
	}
}

function settle(draft: Draft, known: boolean): void {
	const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
	const { before, data } = draft;
	if (draft.problems.length > 0) {
		draft.action = 'refused';
		return;
	}
	if (draft.newName !== null) draft.changes.push('name');
	for (const { column } of columns) {
		if (column === 'name' || column === 'email') continue;
		const changed =
			column === 'mentoring'
				? before.mentoring.open !== data.mentoring.open
				: column === 'capacity'
					? before.mentoring.capacity !== data.mentoring.capacity
					: !same(before[column], data[column]);
		if (changed) draft.changes.push(column);
	}
	draft.action = !known ? 'ready' : draft.changes.length > 0 ? 'change' : 'same';
}

function lineOf({ line, name, email, action, changes, problems }: Draft): Line {
	return { line, name, email, action, changes, problems };
}

function changeOf(drafts: readonly Draft[], now: number): Required<PeopleChange> {
	const change: Required<PeopleChange> = { add: [], rename: [], profiles: [] };
	for (const { action, person, name, email, newName, changes, data } of drafts) {
		if (action === 'ready') change.add.push({ id: person, name, email, created: now });
		if (action === 'change' && newName !== null) change.rename.push({ id: person, name: newName });
		const described = action === 'ready' || (action === 'change' && changes.some((one) => one !== 'name'));
		if (described) change.profiles.push({ person, data, updated: now });
	}
	return change;
}
