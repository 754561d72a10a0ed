/** Reads a meeting's minutes for one member of the room, on the server. */
import * as Y from 'yjs';
import type { Member } from '#lib/blocks/block.ts';
import { reports } from '#lib/blocks/reports.ts';
import type { Format } from '#lib/formats/format.ts';
import type { App } from '../../../server/app.ts';
import type { Room } from '../../../server/rooms/room.ts';
import { collectMinutes } from './collect.ts';
import type { Minutes } from './minutes.ts';

/** One that the server alone writes. */
async function read(app: App, room: Room, name: string): Promise<Y.Doc> {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, await app.hub.read(`${room.id}/${name}`));
	return doc;
}

/** The co-written documents of that meeting, and of the room, that this member may read; by short name. */
async function readable(app: App, room: Room, member: Member, meeting: number, format: Format) {
	const wanted = new Set(Object.values(format.blocks).flatMap(({ document }) => document ?? []));
	const documents = new Map<string, Y.Doc>();
	for (const short of wanted) {
		// What somebody writes for themselves is no part of the minutes, not even of their own: those are shown around.
		const scope = format.documents[short]?.scope;
		if (scope === 'person') continue;
		const name = scope === 'meeting' ? `m${meeting}/${short}` : short;
		if ((await room.access({ is: 'member', member }, name)) === 'none') continue;
		// one that nobody could open has nothing for the minutes either
		const doc = await app.reader.read(await app.hub.parts(`${room.id}/${name}`));
		if (doc !== null) documents.set(short, doc);
	}
	return documents;
}

/** Null: the member's role stands outside and does not read the record. */
export async function readMinutes(
	app: App,
	room: Room,
	member: Member,
	meeting: number,
	locale: string
): Promise<{ minutes: Minutes; format: Format } | null> {
	const { title, code } = room.world.row;
	if ((await room.access({ is: 'member', member }, `m${meeting}/record`)) === 'none') return null;
	const record = await read(app, room, `m${meeting}/record`);
	const format = await room.formatOf(meeting);
	const documents = await readable(app, room, member, meeting, format);
	const minutes = collectMinutes({
		room: { title, code },
		meeting,
		format,
		record,
		documents,
		reports,
		locale
	});
	return { minutes, format };
}
