/** An identity of its own over an empty database, for tests. */
import { DatabaseSync } from 'node:sqlite';
import { kyselyOver } from '../storage/kysely.ts';
import { migrate } from '../storage/migrations/index.ts';
import { createIdentity, type IdentityParts } from './identity.ts';
import type { Letter } from './mail.ts';
import type { Person } from './person.ts';

export const password = 'correct horse';
const connections = { address: 800, person: 100, room: 600 };
export const secret = 'a-secret-of-the-tests-0123456789-abcdefgh';

type Overrides = Partial<IdentityParts['config']> & { noMail?: boolean; adopt?: IdentityParts['adopt'] };

export async function setUp({ noMail = false, adopt, ...config }: Overrides = {}) {
	const database = new DatabaseSync(':memory:');
	await migrate(kyselyOver(database));
	const adopted: [Person, Person][] = [];
	const letters: Letter[] = [];
	const trouble: string[] = [];
	let offset = 0;
	const identity = await createIdentity({
		config: { origins: [], secret, oidc: null, limits: true, connections, ...config },
		database,
		mail: noMail ? null : { trouble: null, send: async (letter) => void letters.push(letter) },
		clock: { now: () => Date.now() + offset },
		adopt: adopt ?? (async (guest, account) => void adopted.push([guest, account])),
		report: (message) => trouble.push(message)
	});
	const pass = (milliseconds: number) => {
		offset += milliseconds;
	};
	return { identity, database, adopted, letters, trouble, pass };
}

/** A browser: keeps cookies, and shows them at the next visit. */
export function browser(origin = 'http://localhost:3000', address = '10.0.0.1') {
	const jar = new Map<string, string>();
	return {
		take(setCookie: string[]) {
			for (const cookie of setCookie) {
				const [pair = '', ...attributes] = cookie.split('; ');
				const [name = '', value = ''] = pair.split('=', 2);
				if (attributes.includes('Max-Age=0')) jar.delete(name);
				else jar.set(name, value);
			}
		},
		cookie: () => [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
		visit(path = '/', init: { method?: string; body?: unknown; headers?: Record<string, string> } = {}) {
			const headers = new Headers({ 'content-type': 'application/json', origin, ...init.headers });
			if (jar.size > 0) headers.set('cookie', this.cookie());
			const body = init.body === undefined ? undefined : JSON.stringify(init.body);
			const method = init.method ?? (body ? 'POST' : 'GET');
			return { request: new Request(origin + path, { method, headers, body }), address };
		}
	};
}
