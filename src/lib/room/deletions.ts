/** What of a room will be deleted, as its pages say it. */
import type { Text } from '#lib/blocks/block.ts';
import { DAY } from '#lib/blocks/days.ts';
import { NOTICE_DAYS } from '#lib/formats/format.ts';
import type { App } from '../../../server/app.ts';
import type { Room } from '../../../server/rooms/room.ts';

export interface PlannedDeletion {
	/** ms since the epoch. */
	at: number;
	/** Null: the whole room. */
	text: Text | null;
	/** Of which meeting; null: of the room. */
	meeting: number | null;
	/** It is less than two weeks until then. */
	soon: boolean;
}

/** The soonest first. What is due already goes within the hour and is not announced any more. */
export async function deletionsOf(app: App, room: Room, now: number): Promise<PlannedDeletion[]> {
	const plans = await app.retention.planned(room.world);
	return plans
		.filter(({ at }) => at > now)
		.map(({ at, text, meeting }) => ({ at, text, meeting, soon: at - now < NOTICE_DAYS * DAY }));
}
