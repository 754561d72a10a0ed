/** Reads what one member may see of a meeting's log, on the server. */
import type { Member } from '#lib/blocks/block.ts';
import { formatFor } from '#lib/formats/sent.ts';
import type { App } from '../../../server/app.ts';
import type { Room } from '../../../server/rooms/room.ts';
import type { Change, History } from './history.ts';

const PAGE = 1000;
/** Of all documents together, in bytes; a long meeting of a large group has about 3 MB. */
const MOST = 16 * 1024 * 1024;

export async function readHistory(app: App, room: Room, member: Member, meeting: number): Promise<History> {
	const format = await room.formatOf(meeting);
	const shorts = Object.entries(format.documents).flatMap(([short, { scope }]) =>
		scope === 'meeting' ? short : []
	);
	const documents: History['documents'] = {};
	let left = MOST;
	let cut = false;
	for (const short of ['record', ...shorts]) {
		const name = `m${meeting}/${short}`;
		if ((await room.access({ is: 'member', member }, name)) === 'none') continue;
		const changes: Change[] = (documents[short] = []);
		for (let from = 0; ;) {
			const page = await app.store.history(`${room.id}/${name}`, from, PAGE);
			for (const { at, update } of page) {
				left -= update.byteLength;
				if (left < 0) cut = true;
				else changes.push({ at, update: Buffer.from(update).toString('base64') });
			}
			const last = page.at(-1);
			if (last === undefined || cut) break;
			from = last.seq;
		}
	}
	return { meeting, format: formatFor(format, member.role), documents, cut };
}
