/** The people of the workspace as a table in a file: what one would change, and everybody as one. */
import { blankProfile } from '#lib/blocks/profile.ts';
import type { Person } from '../identity/person.ts';
import type { AskedBefore } from '../storage/once.ts';
import type { PeopleChange, WorkspaceStore } from '../storage/workspace-store.ts';
import { readTable, writeTable, type FileProblem } from './csv-file.ts';
import { hash } from '../hash.ts';
import { hoursText } from './hours.ts';
import { columns, planImport, type Plan } from './people-import.ts';
import { administratorsOnly, refused, type Outcome, type Problem } from './problem.ts';

interface Imported {
	ready: number;
	changed: number;
	refused: number;
	/** People for whom an account was made ready. */
	people: string[];
}

export interface PeopleTable {
	/** What a file would change. The digest says what was shown; apply it with the same. */
	preview(by: Person, file: Uint8Array): Promise<Outcome<{ plan: Plan; encoding: string; digest: string }>>;
	/** `id`: of having asked; the same again gets the same answer. */
	apply(by: Person, file: Uint8Array, digest: string, id?: string | null): Promise<Outcome<Imported>>;
	/** Everybody as a table that `preview` reads, or only its headings with an example. */
	table(by: Person, what: 'people' | 'template', locale: string): Promise<Outcome<string>>;
}

interface PeopleTableParts extends AskedBefore {
	store: WorkspaceStore;
	clock: { now(): number };
	newId(): string;
	isAdministrator(by: Person): boolean;
	/** Written already. */
	changed(profiles: Required<PeopleChange>['profiles']): void;
}

/** Of a file that cannot be read: carried by `Refused.code`, with details in `problems`. */
function fileProblem(problem: FileProblem): Problem {
	const detail =
		'line' in problem
			? String(problem.line)
			: 'most' in problem
				? String(problem.most)
				: 'column' in problem
					? problem.column
					: undefined;
	return { field: 'file', code: 'invalid', ...(detail === undefined ? {} : { detail }) };
}

export function createPeopleTable(parts: PeopleTableParts): PeopleTable {
	const { store, clock, newId, isAdministrator, changed, once, note } = parts;

	async function plan(file: Uint8Array) {
		const read = readTable(file);
		if (!read.ok) return read;
		const people = await store.people();
		const planned = planImport(read.table, people, { newId, now: clock.now() });
		if (!planned.ok) return planned;
		const digest = hash(JSON.stringify(planned.plan.lines));
		return { ok: true as const, plan: planned.plan, encoding: read.table.encoding, digest };
	}

	const unreadable = (problem: FileProblem) =>
		refused(problem.code === 'too-large' ? 413 : 422, `file-${problem.code}`, [fileProblem(problem)]);

	async function apply(file: Uint8Array, digest: string): Promise<Outcome<Imported>> {
		const planned = await plan(file);
		if (!planned.ok) return unreadable(planned.problem);
		// somebody changed the directory, or the file, since it was looked at
		if (planned.digest !== digest) return refused(409, 'not-as-shown');
		const { change, lines } = planned.plan;
		await store.changePeople(change);
		changed(change.profiles);
		const count = (action: string) => lines.filter((line) => line.action === action).length;
		const people = change.add.map(({ id }) => id);
		return {
			ok: true,
			value: { ready: count('ready'), changed: count('change'), refused: count('refused'), people }
		};
	}

	return {
		async preview(by, file) {
			if (!isAdministrator(by)) return administratorsOnly;
			const planned = await plan(file);
			if (!planned.ok) return unreadable(planned.problem);
			const { plan: shown, encoding, digest } = planned;
			return { ok: true, value: { plan: shown, encoding, digest } };
		},

		async apply(by, file, digest, id = null) {
			if (!isAdministrator(by)) return administratorsOnly;
			const asking = { person: by.id, type: 'workspace.import', id };
			return once.make<Outcome<Imported>>(asking, {
				again: async (kept) => ({ ok: true, value: kept as unknown as Imported }), // as it is noted below
				async first(noted) {
					const done = await apply(file, digest);
					if (done.ok) await note(noted({ ...done.value }));
					return done;
				}
			});
		},

		async table(by, what, locale) {
			if (!isAdministrator(by)) return administratorsOnly;
			const heads = columns.map((column) => (locale === 'de' ? column.de : column.en));
			if (what === 'template') return { ok: true, value: writeTable([heads, example(locale)]) };
			const people = await store.people();
			const emails = new Map(people.map(({ id, email }) => [id, email ?? '']));
			const rows = people.map(({ name, email, profile: said }) => {
				const data = said ?? blankProfile;
				const cells: Record<(typeof columns)[number]['column'], string> = {
					name,
					email: email ?? '',
					job: data.job ?? '',
					team: data.team ?? '',
					manager: data.manager === null ? '' : (emails.get(data.manager) ?? ''),
					place: data.place ?? '',
					languages: data.languages.join('; '),
					timeZone: data.timeZone ?? '',
					hours: hoursText(data.hours, locale).replaceAll(',', ';'),
					interests: data.interests.join('; '),
					offers: data.offers.join('; '),
					wants: data.wants.join('; '),
					mentoring: data.mentoring.open ? 'yes' : 'no',
					capacity: String(data.mentoring.capacity)
				};
				return columns.map(({ column }) => cells[column]);
			});
			return { ok: true, value: writeTable([heads, ...rows]) };
		}
	};
}

function example(locale: string): string[] {
	return locale === 'de'
		? [
				'Nia Adeyemi',
				'nia@example.com',
				'Betrugsanalystin',
				'Zahlungsverkehr',
				'mei@example.com',
				'Leipzig',
				'de; en',
				'Europe/Berlin',
				'Mo–Do 9:00–17:00; Fr 9:00–13:00',
				'Klettern; Schach',
				'SQL',
				'Präsentieren; Verhandeln',
				'ja',
				'2'
			]
		: [
				'Nia Adeyemi',
				'nia@example.com',
				'Fraud analyst',
				'Payments',
				'mei@example.com',
				'Leeds',
				'en; de',
				'Europe/London',
				'Mon–Thu 9:00–17:00; Fri 9:00–13:00',
				'Climbing; Chess',
				'SQL',
				'Presenting; Negotiating',
				'yes',
				'2'
			];
}
