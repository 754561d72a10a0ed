/** Commands that concern the room itself. They change its row and need no block; the owner gives them. */
import * as v from 'valibot';
import { isRefusal, refuse, type Actor, type Refusal } from '#lib/blocks/block.ts';
import { misfit } from '#lib/blocks/misfit.ts';
import { askedSettings, checkSettings, madeOf, roomTitle, SettingsError } from '#lib/formats/resolve.ts';
import type { RoomRow } from '../storage/store.ts';
import { nowOf, type Registry, type World } from './world.ts';

type Change = (world: World, payload: unknown, registry: Registry) => Partial<RoomRow> | Refusal;

function parsed<Schema extends v.GenericSchema>(
	schema: Schema,
	change: (world: World, payload: v.InferOutput<Schema>, registry: Registry) => Partial<RoomRow> | Refusal
): Change {
	return (world, payload, registry) => {
		const result = v.safeParse(schema, payload);
		return result.success ? change(world, result.output, registry) : misfit(result.issues);
	};
}

const changes: Record<string, Change> = {
	'room.rename': parsed(v.object({ title: roomTitle }), (_, payload) => ({ title: payload.title })),
	'room.lock': parsed(v.object({ locked: v.boolean() }), (_, { locked }) => ({
		state: locked ? 'locked' : 'open'
	})),
	'room.archive': parsed(v.object({ archived: v.boolean() }), (_, { archived }) => ({
		state: archived ? 'archived' : 'open'
	})),
	'room.configure': parsed(
		v.object({
			settings: askedSettings,
			preset: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(40))))
		}),
		(world, { settings, preset }, registry) => {
			const chosen = preset === undefined ? world.row.preset : preset;
			const format = registry.formats[world.row.format];
			if (!format) return refuse('no_format', 'This room’s format is not known here.');
			if (chosen !== world.row.preset && nowOf(world)?.status !== 'ahead')
				return refuse(
					'begun',
					'The method can be changed before a meeting begins, not in it. End this meeting first; the next one can have another.',
					'preset'
				);
			try {
				checkSettings(format, chosen, settings);
			} catch (error) {
				if (error instanceof SettingsError) return error.refusal;
				throw error;
			}
			return { settings: { ...settings, ...madeOf(world.row.settings) }, preset: chosen };
		}
	)
};

export function isRoomCommand(type: string): boolean {
	return Object.hasOwn(changes, type);
}

export function runRoomCommand(
	world: World,
	type: string,
	payload: unknown,
	by: Actor,
	now: number,
	registry: Registry
): RoomRow | Refusal {
	if (!by.owner) return refuse('forbidden', 'Only the room’s owner can do this.');
	if (world.row.state === 'archived' && type !== 'room.archive')
		return refuse('archived', 'This room is archived. Bring it back first.');
	const change = changes[type]!(world, payload, registry);
	if (isRefusal(change)) return change;
	return { ...world.row, ...change, updated: now };
}
