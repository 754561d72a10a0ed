/**
 * What the groups that somebody belongs to took away: the takeaways of meetings that have ended, in rooms whose record
 * they may read now. It is kept nowhere else than in the ledger.
 */
import type { Registry } from '../rooms/world.ts';
import type { DigestStore, MeetingTakeaways, Span } from '../storage/digest-store.ts';

/** So many meetings are looked through at most where all of a span is asked for. */
const MOST = 500;

export interface Digest {
	/** The meeting that ended last first. `more`: there are others, which ended before the last one that was looked at. */
	page(
		person: string,
		span: Span,
		meetings: number
	): Promise<{ meetings: MeetingTakeaways[]; more: number | null }>;
	/** How many there are, by room; those of demo rooms are invented and count nowhere. */
	count(person: string, span: Span): Promise<{ room: MeetingTakeaways['room']; takeaways: number }[]>;
}

/** Whoever stands outside of a room reads no record of it. */
function reads({ room, role }: MeetingTakeaways, { formats }: Registry): boolean {
	const format = formats[room.format];
	const preset = room.preset === null ? undefined : format?.presets?.[room.preset];
	return format !== undefined && { ...format.roles, ...preset?.roles }[role]?.outside === undefined;
}

export function createDigest({ store, registry }: { store: DigestStore; registry: Registry }): Digest {
	return {
		async page(person, span, meetings) {
			const found = await store.of(person, span, meetings);
			return {
				meetings: found.filter((one) => reads(one, registry)),
				more: found.length < meetings ? null : (found.at(-1)?.ended ?? null)
			};
		},
		async count(person, span) {
			const rooms = new Map<string, { room: MeetingTakeaways['room']; takeaways: number }>();
			for (const one of await store.of(person, span, MOST)) {
				if (one.room.demo || !reads(one, registry)) continue;
				const known = rooms.get(one.room.id) ?? { room: one.room, takeaways: 0 };
				rooms.set(one.room.id, { ...known, takeaways: known.takeaways + one.takeaways.length });
			}
			return [...rooms.values()];
		}
	};
}
