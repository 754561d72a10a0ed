/** Where a person is signed in, read and ended in better-auth's own table. */
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../storage/clock.ts';

export interface Session {
	id: string;
	/** Milliseconds since the epoch. */
	created: number;
	/** The browser, as it names itself. */
	agent: string | null;
	/** The one that asks. */
	current: boolean;
}

interface Sessions {
	/** The newest first. */
	of(person: string, currentToken: string | null): Session[];
	/** Ends one session of the person; false: it is not theirs or gone. */
	end(person: string, session: string): boolean;
	endToken(token: string): void;
	/** Ends all sessions of the person but the one with this token; null: all. */
	endAll(person: string, butToken: string | null): void;
	/** Forgets sessions that ran out before that time, ms since the epoch; how many. */
	sweep(before: number): number;
}

type Row = { id: string; token: string; createdAt: string; userAgent: string | null };

export function createSessions(database: DatabaseSync, clock: Pick<Clock, 'now'>): Sessions {
	const now = () => new Date(clock.now()).toISOString();
	const theirs = 'userId in (select user from person_user where person = ?)';
	const list = database.prepare(
		`select id, token, createdAt, userAgent from session where ${theirs} and expiresAt > ? order by createdAt desc`
	);
	const end = database.prepare(`delete from session where ${theirs} and id = ?`);
	const endToken = database.prepare('delete from session where token = ?');
	const endAll = database.prepare(`delete from session where ${theirs} and token is not ?`);
	const sweep = database.prepare('delete from session where expiresAt <= ?');
	return {
		of: (person, currentToken) =>
			(list.all(person, now()) as Row[]).map((row) => ({
				id: row.id,
				created: Date.parse(row.createdAt),
				agent: row.userAgent,
				current: row.token === currentToken
			})),
		end: (person, session) => end.run(person, session).changes > 0,
		endToken: (token) => void endToken.run(token),
		endAll: (person, butToken) => void endAll.run(person, butToken),
		sweep: (before) => Number(sweep.run(new Date(before).toISOString()).changes)
	};
}
