/**
 * Everything that is kept of one person, as far as they may see it: what somebody else wrote under seal or without a
 * name stays with them, also where it is about this person. Reads the store alone, so that it runs beside a server.
 */
import * as Y from 'yjs';
import type { Json } from '#lib/blocks/block.ts';
import type { Person } from '../identity/person.ts';
import type { Session } from '../identity/sessions.ts';
import { mentions } from '../rooms/forgetting.ts';
import { meetingOf, publishedIn, updatesOf } from '../rooms/past.ts';
import { ownOf } from '../rooms/projection.ts';
import { memberOf, type Registry, type World } from '../rooms/world.ts';
import { readerHere, type Reader } from '../sync/reader.ts';
import type { ReminderSettings } from '../storage/reminder-store.ts';
import type { RoomRow, Store } from '../storage/store.ts';
import type { ProfileData } from '../storage/workspace-store.ts';

export interface ExportDeps {
	store: Store;
	registry: Registry;
	identity: { sessions(person: Person, credentials: Headers): Promise<Session[]> };
	/** Left out, documents are read where it is asked for. */
	reader?: Pick<Reader, 'read'>;
	now(): number;
}

/** Something that the person wrote, or that names them, in a document that others read too. */
interface Mention {
	/** 'm3/record', 'm3/board' … */
	document: string;
	/** Where in it: the instance and the key. */
	at: string;
	value: Json;
}

export interface RoomOfPerson {
	title: string;
	code: string;
	format: string;
	/** Null: no longer a member. */
	role: string | null;
	owner: boolean;
	joined: string | null;
	/** By meeting and instance: what the room shows to this person alone. */
	own: Record<string, Record<string, Json>>;
	mentions: Mention[];
	/** Drafts and journals, by the document's name. */
	documents: Record<string, Json>;
	/** How often the person changed which document, and when first and last. */
	changes: { document: string; times: number; first: string; last: string }[];
}

export interface PersonExport {
	is: 'peerloom-person';
	at: string;
	profile: { id: string; name: string; email: string | null; account: boolean; language: string | null };
	/** What the person says of themselves in the directory. */
	directory: ProfileData | null;
	sessions: { since: string; browser: string | null }[];
	rooms: RoomOfPerson[];
	/** Of what the person wants to be reminded, and how. */
	reminders: ReminderSettings;
	/** Actions, goals, questions, learnings and topics that carry the person's name. */
	ledger: { kind: string; text: string; state: string; due: string | null; updated: string }[];
}

const iso = (ms: number) => new Date(ms).toISOString();

export async function exportPerson(person: Person, deps: ExportDeps): Promise<PersonExport> {
	const { store } = deps;
	const { id, name, email, account, locale } = person;
	const rooms: RoomOfPerson[] = [];
	for (const room of await store.roomsMentioning([id])) {
		const row = await store.room(room);
		if (row) rooms.push(await inRoom(row, id, deps));
	}
	const sessions = await deps.identity.sessions(person, new Headers());
	return {
		is: 'peerloom-person',
		at: iso(deps.now()),
		profile: { id, name, email, account, language: locale },
		directory: (await store.workspace.profiles()).find((one) => one.person === id)?.data ?? null,
		sessions: sessions.map(({ created, agent }) => ({ since: iso(created), browser: agent })),
		rooms,
		reminders: await store.reminders.settings(id),
		ledger: (await store.ledgerOf(id)).map(({ kind, text, state, due, updated }) => ({
			kind,
			text,
			state,
			due,
			updated: iso(updated)
		}))
	};
}

async function inRoom(row: RoomRow, person: string, deps: ExportDeps): Promise<RoomOfPerson> {
	const { store, reader = readerHere } = deps;
	const meetings: World[] = [];
	for (let meeting = 1; meeting <= row.meeting; meeting++) meetings.push(await meetingOf(row, meeting, deps));
	const today = meetings.at(-1)!; // a room has one meeting at least
	const member = memberOf(today, person);
	const outside = member !== null && today.format.roles[member.role]?.outside !== undefined;
	const prefix = `${row.id}/`;
	const names = (await store.documentsMentioning(row.id, [person])).map((name) => name.slice(prefix.length));
	const changes = await store.changesBy(row.id, person);
	// others may have written about them where they may not look: what is theirs is where they wrote themselves
	const wroteIn = new Set(changes.map(({ document }) => document));
	const mentions: Mention[] = [];
	const documents: Record<string, Json> = {};
	for (const name of names) {
		const document = prefix + name;
		// null: it takes so long to read that nobody can open it
		const written = async () => {
			const doc = await reader.read(updatesOf(await store.load(document)));
			return doc && contentOf(doc);
		};
		if (name === `own/${person}`) documents[name] = await written();
		else if (/^m\d+\/record$/.test(name)) {
			if (!outside) mentions.push(...inRecord(name, await publishedIn(store, document), person));
		} else if (wroteIn.has(document)) mentions.push(...inWriting(name, await written(), person));
	}
	return {
		title: row.title,
		code: row.code,
		format: row.format,
		role: member?.role ?? null,
		owner: member?.owner ?? false,
		joined: member ? iso(member.joined) : null,
		own: Object.fromEntries(meetings.map((world) => [`m${world.row.meeting}`, ownOf(world, person)])),
		mentions,
		documents,
		changes: changes.map(({ document, times, first, last }) => ({
			document: document.slice(prefix.length),
			times,
			first: iso(first),
			last: iso(last)
		}))
	};
}

function inRecord(
	document: string,
	tables: Awaited<ReturnType<typeof publishedIn>>,
	person: string
): Mention[] {
	return [...tables].flatMap(([instance, collections]) =>
		Object.entries(collections).flatMap(([collection, entries]) =>
			Object.entries(entries)
				.filter((entry) => mentions(entry, { ids: [person] }))
				.map(([key, value]) => ({ document, at: `${instance}/${collection}/${key}`, value }))
		)
	);
}

/** Entries of the document's maps that name the person: notes, cards, claims. */
function inWriting(document: string, content: Json, person: string): Mention[] {
	if (typeof content !== 'object' || content === null || Array.isArray(content)) return [];
	return Object.entries(content).flatMap(([root, value]) => {
		if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
		return Object.entries(value).flatMap(([key, entry]): Mention[] =>
			entry !== undefined && mentions(entry, { ids: [person] })
				? [{ document, at: `${root}/${key}`, value: entry }]
				: []
		);
	});
}

/** The document as plain data, and the document's end. A root's kind is known only to whoever uses it. */
function contentOf(doc: Y.Doc): Json {
	const content: { [key: string]: Json } = {};
	for (const [name, type] of doc.share) {
		const shared =
			type._map.size > 0
				? doc.getMap(name)
				: type._start?.content instanceof Y.ContentType
					? doc.getXmlFragment(name)
					: doc.getText(name);
		content[name] = shared.toJSON() as Json; // types turn into JSON
	}
	doc.destroy();
	return content;
}
