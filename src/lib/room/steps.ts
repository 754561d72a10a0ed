/** What whoever facilitates may do with the meeting: the phase bar shows it, and on small screens the menu above. */
import type { Json } from '#lib/blocks/block.ts';
import type { Phase } from '#lib/formats/format.ts';
import { may } from '#lib/formats/permissions.ts';
import { toast } from '#lib/ui/toast.ts';
import type { RoomClient } from './room.svelte.ts';

/** May I do this now? A verb of the agenda. */
export function mayStep(room: RoomClient, verb: string): boolean {
	const phase = room.phase?.phase ?? null;
	return room.info.room.state !== 'archived' && may(room.format, phase, room.me.role, `agenda.${verb}`);
}

/** The phase to which I may go back, or null. */
export function stepBack(room: RoomClient): Phase | null {
	const { phases } = room.format;
	const now = room.phase;
	const at = phases.findIndex(({ id }) => id === now?.phase);
	const been = new Set(Object.values(room.agenda.visits).map(({ phase }) => phase));
	const met = phases.some(({ id, when }) => when === 'live' && been.has(id));
	const before = (now?.status === 'after' && !met ? phases[0] : phases[at - 1]) ?? null;
	if (!now || !before || !mayStep(room, 'back')) return null;
	return now.status !== 'ahead' || before.when === 'ahead' ? before : null;
}

export const mayReflect = (room: RoomClient): boolean =>
	room.phase?.clock.is === 'running' && mayStep(room, 'pause');

/** Every step names the run that it is meant for: two who press at once move the meeting once. */
export async function step(
	room: RoomClient,
	verb: string,
	payload: { [key: string]: Json } = {}
): Promise<void> {
	const outcome = await room.send(`agenda.${verb}`, { expects: room.phase?.run ?? null, ...payload });
	if (!outcome.ok) toast.error(outcome.error.message);
}
