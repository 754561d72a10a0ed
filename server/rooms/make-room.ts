/** Makes a room: furnishes it, and says what has to be written so that it exists. */
import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { refuse, type Json } from '#lib/blocks/block.ts';
import { whyOf, type Why } from '#lib/blocks/refusal.ts';
import { misfit } from '#lib/blocks/misfit.ts';
import type { Format } from '#lib/formats/format.ts';
import { askedSettings, checkSettings, roomTitle, SettingsError } from '#lib/formats/resolve.ts';
import type { RoomRow, Store, Unit } from '../storage/store.ts';
import { Batch, SERVER, type Chance } from './batch.ts';
import { dueChanges, memberChanges, meetingRow, seeds, stateChanges } from './changes.ts';
import { freeCode } from './code.ts';
import { invalid, type Found } from './found.ts';
import { matterChanges } from './matters.ts';
import type { Directory } from './room.ts';
import { furnish, withStates, type Registry, type World } from './world.ts';

const asked = v.object({
	title: roomTitle,
	format: v.string(),
	preset: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(40))), null),
	settings: v.optional(askedSettings, {})
});

export interface NewRoom {
	id: string;
	/** Checked here, as they may come from outside: title, format, preset, settings. */
	input: unknown;
	/** Role null: whoever runs a room of this format. */
	people: {
		id: string;
		name: string;
		account: boolean;
		role: string | null;
		owner: boolean;
		team: string | null;
	}[];
	/** By the room's clock. */
	now: number;
	demo: boolean;
	/** A programme opens it. */
	programme?: boolean;
	/** What it takes over (`Format.begins`), by setting. */
	begins?(format: Format): Promise<{ [setting: string]: Json }>;
}

interface MadeRoom {
	unit: Unit;
	world: World;
	/** Who could not be let in, and why. */
	refused: { [person: string]: Why };
}

export type MakeRoom = (room: NewRoom) => Promise<Found<MadeRoom>>;

interface Parts {
	store: Store;
	registry: Registry;
	chance: Chance;
	directory: Pick<Directory, 'profile'>;
}

/** Nothing is written: the unit is to be committed by the caller. */
export function roomMaker({ store, registry, chance, directory }: Parts): MakeRoom {
	return async ({ id, input, people, now, demo, programme = false, begins }) => {
		const parsed = v.safeParse(asked, input);
		if (!parsed.success) return invalid(misfit(parsed.issues));
		const { title, format: name, preset, settings } = parsed.output;
		const format = Object.hasOwn(registry.formats, name) ? registry.formats[name] : undefined;
		if (!format)
			return invalid(
				refuse('invalid', 'Choose a format: {formats}.', 'format', {
					formats: Object.keys(registry.formats).join(', ')
				})
			);
		try {
			checkSettings(format, preset, settings);
		} catch (error) {
			if (!(error instanceof SettingsError)) throw error;
			return invalid(error.refusal);
		}
		const taken = (await begins?.(format)) ?? {};
		const row: RoomRow = {
			id,
			code: await freeCode(store),
			screen: randomBytes(18).toString('base64url'),
			title,
			format: name,
			preset,
			settings: {
				...settings,
				...(programme && { programme }),
				...(Object.keys(taken).length > 0 && { begins: taken })
			},
			state: 'open',
			meeting: 1,
			created: now,
			updated: now,
			demo
		};
		const empty = withStates({ row, ...furnish(row, registry), states: new Map() }, null);
		const batch = new Batch(empty, registry, { ...chance, now: () => now }, {}, directory.profile);
		const prepared = batch.run({ type: 'agenda.prepare', payload: {}, by: SERVER });
		if (!prepared.ok) throw new Error(`A new ${name} room could not be furnished: ${prepared.error.message}`);
		const refused: MadeRoom['refused'] = {};
		for (const person of people) {
			const payload = { ...person, role: person.role ?? empty.format.host, admitted: true };
			const entered = batch.run({ type: 'roster.enter', payload, by: SERVER });
			if (!entered.ok) refused[person.id] = whyOf(entered.error);
		}
		const { world } = batch;
		const meetings = [meetingRow(world)];
		const unit: Unit = {
			room: row,
			meetings,
			state: stateChanges(null, world),
			members: memberChanges(null, world),
			due: dueChanges(null, world),
			matters: matterChanges(new Map(), null, world, now, { meetings, archivedDays: null }).put,
			entries: seeds(world, registry, new Set()).map(({ name, update }) => ({
				document: `${row.id}/${name}`,
				update,
				person: null,
				at: now,
				cause: 'room.create'
			}))
		};
		return { ok: true, value: { unit, world, refused } };
	};
}
