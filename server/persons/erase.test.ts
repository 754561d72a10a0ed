/** A person takes part in every demo there is, and is erased: then nothing of them is left, and the rest goes on. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { blocks } from '#lib/blocks/rules.ts';
import type { Tables } from '#lib/blocks/block.ts';
import { createApp, type App } from '../app.ts';
import { readConfig } from '../config.ts';
import { declared } from '../declared.ts';
import type { Person } from '../identity/person.ts';
import { publishedIn } from '../rooms/past.ts';
import { project } from '../rooms/projection.ts';
import { rosterOf } from '../rooms/world.ts';
import { CLOSE } from '../sync/hub.ts';
import { TestClient } from '../sync/testing/client.ts';

const NAME = 'Zebulon Quagga';
const GUEST = 'Zeb Before';
const EMAIL = 'zebulon.quagga@example.com';

let dataDir: string;
let app: App;
let person: Person;
let other: Person;
/** By format. */
const rooms = new Map<string, string>();
/** Every id that the person ever had. */
let ids: string[];

const start = () => createApp(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }), declared);

async function signedUp(name: string, email: string, cookie = ''): Promise<string> {
	const request = new Request('http://localhost/', { headers: { cookie } });
	const entered = await app.identity.signUp(
		{ name, email, password: 'a long password' },
		{ request, address: '::1' }
	);
	return entered.setCookie.find((one) => one.includes('session_token'))!.split(';')[0]!;
}

async function write(document: string, author: string, change: (doc: Y.Doc) => void): Promise<void> {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, await app.hub.read(document));
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	change(doc);
	await app.hub.evict(document, CLOSE.failed);
	await app.store.commit([
		{ entries: updates.map((update) => ({ document, update, person: author, at: Date.now(), cause: null })) }
	]);
}

interface Place {
	where: string;
	text: string;
}

/** Everything in the store as text: rows, updates decoded, and the bytes of the files themselves. */
function everything(): Place[] {
	const found: Place[] = readdirSync(dataDir)
		.filter((name) => name.startsWith('peerloom.db'))
		.map((name) => ({ where: name, text: readFileSync(join(dataDir, name), 'latin1') }));
	const db = new DatabaseSync(join(dataDir, 'peerloom.db'), { readOnly: true });
	const tables = db.prepare("select name from sqlite_master where type = 'table'").all() as {
		name: string;
	}[];
	for (const { name } of tables)
		for (const row of db.prepare(`select * from "${name}"`).all())
			for (const [column, value] of Object.entries(row)) {
				const text =
					value instanceof Uint8Array ? decoded(value) + Buffer.from(value).toString() : `${value}`;
				found.push({ where: `${name}.${column}`, text });
			}
	db.close();
	return found;
}

/** By their bytes: most of what is in the store was there when it was read last. */
const alreadyDecoded = new Map<string, string>();

/** Keys and plain values of a Yjs update; empty for other bytes. */
function decoded(update: Uint8Array): string {
	const bytes = Buffer.from(update).toString('latin1');
	const known = alreadyDecoded.get(bytes);
	if (known !== undefined) return known;
	let text = '';
	try {
		text = Y.decodeUpdate(update)
			.structs.map((one) =>
				one instanceof Y.Item && !(one.content instanceof Y.ContentType)
					? JSON.stringify([one.parentSub, one.content])
					: ''
			)
			.join('\n');
	} catch {
		// not an update
	}
	alreadyDecoded.set(bytes, text);
	return text;
}

/** `all`: as it was read since the last change. */
const whereIs = (word: string, all = everything()) => [
	...new Set(all.filter(({ text }) => text.includes(word)).map(({ where }) => where))
];

beforeAll(async () => {
	dataDir = mkdtempSync(join(tmpdir(), 'peerloom-erase-'));
	app = await start();
	const cookie = await signedUp(NAME, EMAIL);
	person = (await app.identity.who({ cookie }))!;
	other = (await app.identity.who({ cookie: await signedUp('Olga Other', 'olga@example.com') }))!;
	for (const format of app.demos.names) {
		const info = await app.demos.open(format, person);
		rooms.set(format, info!.room.id);
		await app.rooms.join(other, info!.room.id, null);
	}
	const first = [...rooms.values()][0]!;
	await write(`${first}/own/${person.id}`, person.id, (doc) =>
		doc.getText('draft').insert(0, 'zebra crossing draft')
	);
	// written by hand, as another client would: the note stays, the name goes
	await write(`${first}/m1/board`, person.id, (doc) => {
		const note = new Y.Map<unknown>([
			['text', 'a note that others built on'],
			['by', person.id]
		]);
		doc.getMap('notes').set('handmade', note);
	});
	// was a guest in another room before, and left something there
	const guest = await app.identity.guest(GUEST);
	const made = await app.rooms.create(other, { title: 'Before', format: 'lunch-and-learn' });
	if (!made.ok) throw new Error('no room');
	rooms.set('before', made.value.room.id);
	await app.rooms.join(guest.person, made.value.room.id, null);
	await app.rooms.command(guest.person, made.value.room.id, {
		id: 'c1',
		type: 'topics.submit',
		payload: { text: 'asked as a guest' }
	});
	await app.rooms.adopt(guest.person, person);
	// and owns one where nobody else is
	const alone = await app.rooms.create(person, { title: 'Alone', format: 'lunch-and-learn' });
	if (!alone.ok) throw new Error('no room');
	rooms.set('alone', alone.value.room.id);
	ids = [person.id, guest.person.id];
	const all = everything();
	for (const word of [...ids, NAME, EMAIL, 'zebra crossing'])
		expect(whereIs(word, all), word).not.toEqual([]);
}, 60_000);
afterAll(async () => {
	await app?.close();
	rmSync(dataDir, { recursive: true, force: true });
});

describe('before', () => {
	it('the person is told which rooms go along, those about them too, and which get another owner', async () => {
		const { deleted, handedOver } = await app.persons.consequences(person);
		const about = ['coaching', 'peer-review'].map((demo) => declared.demos[demo]!.title);
		expect(deleted.map(({ title }) => title).sort()).toEqual(['Alone', ...about].sort());
		for (const { to } of handedOver) expect(to).not.toBe(NAME);
	});

	it('the export holds what they wrote and were told, and nothing that others wrote under seal', async () => {
		const all = await app.persons.export(person);
		expect(all.profile).toMatchObject({ name: NAME, email: EMAIL });
		expect(all.rooms).toHaveLength(rooms.size);
		const text = JSON.stringify(all);
		for (const word of ['zebra crossing draft', 'a note that others built on']) expect(text).toContain(word);
		expect(all.rooms.every(({ own }) => Object.keys(own).length > 0)).toBe(true);
		expect(all.sessions).toHaveLength(1);
	});
});

it('every block says how to forget a person', () => {
	expect(Object.values(blocks).filter(({ forget }) => !forget)).toEqual([]);
});

/** They wrote, voted, rated, promised and asked; what is left of each is looked for on its own. */
describe('the people of the demos', () => {
	it.each([0, 1, 2, 3, 4])('leave nothing but what others built on (%i)', async (nth) => {
		let all = everything();
		for (const [format, id] of rooms) {
			if (!app.demos.names.includes(format)) continue;
			const room = (await app.rooms.get(id))!;
			const members = Object.values(rosterOf(room.world).members);
			const one = members.filter((member) => member.id !== person.id && member.id !== other.id)[nth * 2];
			if (!one) continue;
			expect(whereIs(one.id, all), one.name).not.toEqual([]);
			await app.persons.erase(one.id, 'operator');
			await app.store.renew();
			all = everything();
			expect(whereIs(one.id, all), `${one.name} in ${format}`).toEqual([]);
			if (!(await isInAnother(id, one.name)))
				expect(whereIs(`"name":${JSON.stringify(one.name)}`, all), one.name).toEqual([]);
			// what everybody reads is what the state says
			const { record } = project(room.world);
			const published = await publishedIn(app.store, `${id}/m${room.world.row.meeting}/record`);
			for (const [instance, tables] of record)
				expect(bareOf(published.get(instance) ?? {}), `${format}, ${instance}`).toEqual(bareOf(tables));
		}
	});
});

/** Demos like the same names: another room's Kofi is another person. */
async function isInAnother(room: string, name: string): Promise<boolean> {
	for (const id of rooms.values()) {
		const found = id === room ? null : await app.rooms.get(id);
		if (found && Object.values(rosterOf(found.world).members).some((member) => member.name === name))
			return true;
	}
	return false;
}

/** Without empty collections, which a document does not hold. */
function bareOf(tables: Tables): unknown {
	const filled = Object.entries(tables).filter(([, entries]) => Object.keys(entries).length > 0);
	return JSON.parse(JSON.stringify(Object.fromEntries(filled)));
}

/** What others wrote in rooms that are about the person. */
const about = { coaching: 'What do you do in that minute?', 'peer-review': 'answered for Tess' };
const gone = ['alone', ...Object.keys(about)];

describe('an erasure', () => {
	let client: TestClient;
	beforeAll(async () => {
		for (const [format, words] of Object.entries(about)) expect(whereIs(words), format).not.toEqual([]);
		const [first] = rooms.values();
		client = new TestClient(app.hub, `${first}/m1/board`, {
			who: { person: other.id, name: other.name },
			access: 'write'
		});
		await app.persons.erase(person.id, 'themselves');
		expect(await app.store.remnants()).toBeGreaterThan(0);
		await app.store.renew();
	}, 60_000);

	it('leaves nothing that others wrote about them: the review and the coaching are gone with all their words', () => {
		for (const [format, words] of Object.entries(about)) expect(whereIs(words), format).toEqual([]);
	});

	it('leaves neither id nor name nor e-mail anywhere, not even in what is deleted', async () => {
		const all = everything();
		for (const word of [...ids, NAME, GUEST, EMAIL, 'zebra crossing'])
			expect(whereIs(word, all), word).toEqual([]);
	});

	it('leaves what others built on, without the name', async () => {
		const [first] = rooms.values();
		const doc = new Y.Doc();
		Y.applyUpdate(doc, await app.hub.read(`${first}/m1/board`));
		const note = doc.getMap<Y.Map<unknown>>('notes').get('handmade')?.toJSON();
		expect(note).toEqual({ text: 'a note that others built on', by: 'erased' });
		expect(client.closes).toEqual([CLOSE.rewritten]);
	});

	it('takes along the room where nobody else was and those that were about them, and leaves the others an owner', async () => {
		for (const [format, id] of rooms) {
			if (!gone.includes(format)) continue;
			expect(await app.rooms.get(id), format).toBeNull();
		}
		for (const [format, id] of rooms) {
			if (gone.includes(format)) continue;
			const room = (await app.rooms.get(id))!;
			const members = Object.values(room.world.states.get('roster')!.members!) as { owner: boolean }[];
			expect(
				members.filter(({ owner }) => owner),
				format
			).toHaveLength(1);
		}
	});

	it('ends their sessions, and is noted without saying who it was', async () => {
		expect(await app.identity.find(person.id)).toBeNull();
		expect((await app.store.deletions()).slice(-1)).toMatchObject([
			{ what: 'person', by: 'themselves', detail: { deleted: gone.length, rooms: rooms.size - gone.length } }
		]);
		expect(await app.store.erasures()).toEqual([]);
	});

	it('leaves rooms that go on: commands are carried out, and documents say what the state says', async () => {
		const id = rooms.get('before')!;
		const said = await app.rooms.command(other, id, {
			id: 'c2',
			type: 'topics.submit',
			payload: { text: 'after' }
		});
		expect(said).toMatchObject({ ok: true });
		const room = (await app.rooms.get(id))!;
		await room.show();
		const record = new Y.Doc();
		Y.applyUpdate(record, await app.hub.read(`${id}/m1/record`));
		const texts = [...record.getMap<{ text?: string }>('topics').values()].map(({ text }) => text);
		expect(texts).toEqual(expect.arrayContaining(['after', 'asked as a guest']));
	});

	it('is finished after a crash, and does nothing the second time', async () => {
		await app.close();
		const db = new DatabaseSync(join(dataDir, 'peerloom.db'));
		db.prepare('insert into erasure (person, at, by) values (?, 1, ?)').run(other.id, 'operator');
		db.close();
		app = await start();
		await expect.poll(() => app.store.erasures(), { timeout: 20_000 }).toEqual([]);
		await app.store.renew();
		for (const word of [other.id, 'Olga Other', 'olga@example.com']) expect(whereIs(word), word).toEqual([]);
		await app.persons.erase(other.id, 'operator');
		await app.store.renew();
		expect(await app.store.remnants()).toBe(0);
		expect(whereIs(other.id)).toEqual([]);
	});
});
