import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import type { Schema } from '../schema.ts';
import { demoRooms } from './demo-rooms.ts';
import { deletions } from './deletions.ts';
import { digest } from './digest.ts';
import { initial } from './initial.ts';
import { dueRooms } from './due-rooms.ts';
import { knownSnapshots } from './known-snapshots.ts';
import { orderedState } from './ordered-state.ts';
import { programmes } from './programmes.ts';
import { shapedSnapshots } from './shaped-snapshots.ts';
import { acrossRooms } from './across-rooms.ts';
import { lookedAtAgain } from './looked-at-again.ts';
import { toldProgrammes } from './told-programmes.ts';
import { workspace } from './workspace.ts';

/** In the order in which they run. A migration that was released is never edited: add another. */
const migrations: Record<string, Migration> = {
	'001-initial': initial,
	'002-programmes': programmes,
	'003-ordered-state': orderedState,
	'004-deletions': deletions,
	'005-workspace': workspace,
	'006-across-rooms': acrossRooms,
	'007-known-snapshots': knownSnapshots,
	'008-due-rooms': dueRooms,
	'009-demo-rooms': demoRooms,
	'010-shaped-snapshots': shapedSnapshots,
	'011-digest': digest,
	'012-looked-at-again': lookedAtAgain,
	'013-told-programmes': toldProgrammes
};

/** A store that has it needs no migration. */
export const newestMigration = Object.keys(migrations).at(-1)!; // there is one at least

export function isKnownMigration(name: string): boolean {
	return Object.hasOwn(migrations, name);
}

export async function migrate(db: Kysely<Schema>): Promise<void> {
	const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
	const { error, results } = await migrator.migrateToLatest();
	if (error === undefined) return;
	const failed =
		results?.find((result) => result.status === 'Error')?.migrationName ?? 'before the first one';
	throw new Error(`The database could not be migrated (${failed}). Restore a backup or report this.`, {
		cause: error
	});
}
