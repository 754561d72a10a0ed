/** What the operator does for somebody who asks for their data, or for their end: with a server running, or without. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { createApp } from '../app.ts';
import { declared } from '../declared.ts';
import { readConfig } from '../config.ts';
import { createPeople } from '../identity/people.ts';
import type { Person } from '../identity/person.ts';
import { createSessions } from '../identity/sessions.ts';
import { exportPerson } from '../persons/export.ts';
import { toMarkdown } from '../persons/markdown.ts';
import { consequencesOf, type Consequences } from '../persons/persons.ts';
import { openDatabase } from '../storage/database.ts';
import { Locked } from '../storage/lock.ts';
import { newestMigration } from '../storage/migrations/index.ts';
import { DATABASE } from '../storage/replace.ts';
import { createSqliteStore } from '../storage/sqlite.ts';
import type { Store } from '../storage/store.ts';
import { Trouble } from './trouble.ts';

/** How long a running server may take over an erasure, and how often it is asked, ms. */
const PATIENCE = 10 * 60_000;
const LOOK = 200;

interface Beside {
	store: Store;
	person: Person;
	database: DatabaseSync;
}

/** The store and the person in it, beside a server that may run on it. */
async function beside<T>(dataDir: string, who: string, work: (beside: Beside) => Promise<T>): Promise<T> {
	const path = join(dataDir, DATABASE);
	if (!existsSync(path)) throw new Trouble(`There is no '${path}': set DATA_DIR to the server's own.`);
	const database = openDatabase(dataDir);
	try {
		const known = database.prepare('select 1 from kysely_migration where name = ?').get(newestMigration);
		if (!known) throw new Trouble('The store is of another version: start the server once, then try again.');
		const store = await createSqliteStore(database, { beside: true });
		const people = createPeople(database, { now: Date.now });
		const person = people.of(who) ?? people.byEmail(who);
		if (!person) throw new Trouble(`Nobody here has the id or the e-mail address '${who}'.`);
		return await work({ store, person, database });
	} finally {
		database.close();
	}
}

/** Writes both forms into `folder`; their paths. */
export function exportTo(dataDir: string, who: string, folder: string, now: number): Promise<string[]> {
	return beside(dataDir, who, async ({ store, person, database }) => {
		const sessions = createSessions(database, { now: () => now });
		const all = await exportPerson(person, {
			store,
			registry: declared,
			identity: { sessions: async () => sessions.of(person.id, null) },
			now: () => now
		});
		mkdirSync(resolve(folder), { recursive: true, mode: 0o700 });
		const locale = person.locale === 'de' ? 'de' : 'en';
		const files: [string, string][] = [
			[`peerloom-${person.id}.json`, `${JSON.stringify(all, null, '\t')}\n`],
			[`peerloom-${person.id}.md`, toMarkdown(all, declared, locale)]
		];
		return files.map(([name, text]) => {
			const path = join(resolve(folder), name);
			if (existsSync(path)) throw new Trouble(`'${path}' exists already, and nothing is overwritten.`);
			writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
			return path;
		});
	});
}

export function whatErasingMeans(dataDir: string, who: string): Promise<Consequences & { person: Person }> {
	return beside(dataDir, who, async ({ store, person, database }) => {
		const people = createPeople(database, { now: Date.now });
		const identity = { find: async (id: string) => people.of(id) };
		return { person, ...(await consequencesOf(person, { store, identity, registry: declared })) };
	});
}

/** Asks for it in the store, and waits until it is done: by the server that runs, or else by this process. */
export async function erasePerson(dataDir: string, who: string): Promise<void> {
	await beside(dataDir, who, async ({ store, person }) => {
		await store.askErasure({ person: person.id, at: Date.now(), by: 'operator' });
		const app = await createApp({ ...readConfig(process.env), dataDir, logLevel: 'error' }, declared).catch(
			(error: unknown) => {
				if (error instanceof Locked) return null;
				throw error;
			}
		);
		try {
			// the app carries out what it finds, be it this process's own or a server's
			const end = performance.now() + PATIENCE;
			while ((await store.erasures()).some((asked) => asked.person === person.id)) {
				if (performance.now() > end)
					throw new Trouble('The server has not finished yet. It goes on by itself; see its log.');
				await new Promise((done) => setTimeout(done, LOOK));
			}
			// a server does it within the hour
			await app?.store.renew();
		} finally {
			await app?.close();
		}
	});
}
