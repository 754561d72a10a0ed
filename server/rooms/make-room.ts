/** Makes a room: checks what was asked for, furnishes it, and writes its first rows and documents in one unit. */
import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { checkSettings, roomSettings, SettingsError } from '#lib/formats/resolve.ts';
import type { Person } from '../identity/person.ts';
import type { RoomRow } from '../storage/store.ts';
import { Batch, SERVER } from './batch.ts';
import { memberChanges, meetingRow, seeds, stateChanges } from './changes.ts';
import { freeCode } from './code.ts';
import { invalid, type Found } from './found.ts';
import { title } from './lifecycle.ts';
import type { RoomDeps } from './room.ts';
import { furnish, withStates } from './world.ts';

const making = v.object({
	title,
	format: v.string('Choose a format.'),
	preset: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(40))), null),
	settings: v.optional(roomSettings, {})
});

/** Returns the new room's id. `ago`: milliseconds by which the room's clock is put back, for a demo. */
export async function makeRoom(
	person: Person,
	input: unknown,
	ago: number,
	{ store, committer, registry, chance }: RoomDeps
): Promise<Found<string>> {
	const parsed = v.safeParse(making, input);
	if (!parsed.success) {
		const [issue] = parsed.issues;
		return invalid(issue.message, v.getDotPath(issue) ?? undefined);
	}
	const { title, format: name, preset, settings } = parsed.output;
	const format = Object.hasOwn(registry.formats, name) ? registry.formats[name] : undefined;
	if (!format) return invalid(`Choose a format: ${Object.keys(registry.formats).join(', ')}.`, 'format');
	try {
		checkSettings(format, preset, settings);
	} catch (error) {
		if (!(error instanceof SettingsError)) throw error;
		return invalid(error.message, error.field);
	}
	const now = chance.now() - ago;
	const row: RoomRow = {
		id: chance.id(),
		code: await freeCode(store),
		screen: randomBytes(18).toString('base64url'),
		title,
		format: name,
		preset,
		settings,
		state: 'open',
		meeting: 1,
		created: now,
		updated: now
	};
	const empty = withStates({ row, ...furnish(row, registry), states: new Map() }, null);
	const batch = new Batch(empty, registry, { ...chance, now: () => now }, {});
	const me = { id: person.id, name: person.name, account: person.account, owner: true, admitted: true };
	for (const request of [
		{ type: 'agenda.prepare', payload: {} },
		{ type: 'roster.enter', payload: { ...me, role: format.host } }
	]) {
		const answer = batch.run({ ...request, by: SERVER });
		if (!answer.ok) throw new Error(`A new ${name} room could not be furnished: ${answer.error.message}`);
	}
	const { world } = batch;
	await committer.commit({
		room: row,
		meetings: [meetingRow(world)],
		state: stateChanges(null, world),
		members: memberChanges(null, world),
		entries: seeds(world, registry, new Set()).map(({ name, update }) => ({
			document: `${row.id}/${name}`,
			update,
			person: null,
			at: now,
			cause: 'room.create'
		}))
	});
	return { ok: true, value: row.id };
}
