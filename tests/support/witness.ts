/** Plays a format's demo in a real room and finds out, step by step, who can know what of it. */
import type { Json, Member } from '#lib/blocks/block.ts';
import { toCsv } from '#lib/export/csv.ts';
import { toJson } from '#lib/export/json.ts';
import { toMarkdown } from '#lib/export/markdown.ts';
import type { Demo, DemoStep } from '#lib/formats/demo.ts';
import { readHistory } from '#lib/record/read-history.ts';
import { readMinutes } from '#lib/record/read.ts';
import type { App } from '../../server/app.ts';
import { handedOver, reportOf } from '../../server/rooms/children.ts';
import { project, reachedIn } from '../../server/rooms/projection.ts';
import { SCREEN, type Room } from '../../server/rooms/room.ts';
import { fakeChance, hall } from '../../server/rooms/testing.ts';
import { factsOf, memberOf, rosterOf, type Registry } from '../../server/rooms/world.ts';
import { createDigest, type Digest } from '../../server/digest/digest.ts';
import { letterOf } from '../../server/reminders/letter.ts';
import { createIndexer, type Indexer } from '../../server/search/indexer.ts';
import { readerHere } from '../../server/sync/reader.ts';
import { createSearch, type Search } from '../../server/search/search.ts';
import { openDemo, steps, type Hall } from './demo-room.ts';
import { advance, needleOf, rowsFor, stringsIn, textsIn, type Given, type Moment } from './privacy.ts';
import { Verdict, type Spy } from './verdict.ts';

export interface Watched {
	problems: string[];
	/** How many words were followed, and how often it was judged that somebody knows them. */
	words: number;
	judged: number;
	/** How often a word was found by searching for it. */
	searched: number;
	/** Mails that were read. */
	mails: number;
	/** How often a word stood in somebody's digest. */
	digested: number;
}

/** So many of a crowd are watched; its members are all alike. */
const OF_A_CROWD = 3;

export async function watch(registry: Registry, format: string, demo: Demo): Promise<Watched> {
	const house = await hall(undefined, fakeChance(), { known: registry, tick: 0 });
	const witness = new Witness(house, registry, await openDemo(house, format, demo));
	try {
		await witness.play(demo);
		return witness.report();
	} finally {
		await witness.close();
		await house.rooms.close();
		await house.committer.drain();
	}
}

interface Noting {
	index: number;
	author: Member;
	payload: Json;
	meeting: number;
	/** Ids that the command answered with. */
	made: string[];
}

class Witness {
	readonly #house: Hall;
	readonly #room: Room;
	/** The reading half of an app: all that exports and replay ask for. */
	readonly #app: App;
	readonly #given: Given[] = [];
	readonly #spies: Spy[] = [];
	readonly #verdict: Verdict;
	readonly #indexer: Indexer;
	readonly #search: Search;
	/** How often a search found what somebody may know. */
	#searched = 0;
	#mails = 0;
	readonly #digest: Digest;
	#digested = 0;
	/** By document: what its log holds, deleted words as well. */
	readonly #logs = new Map<string, { upTo: number; bytes: Buffer; needles: Set<string> }>();
	readonly #reached = new Map<number, ReadonlySet<string>>();
	/** Who made what has this id. */
	readonly #makers = new Map<string, string>();

	constructor(house: Hall, registry: Registry, room: Room) {
		this.#house = house;
		this.#room = room;
		const log = { error: (_: object, message: string) => void house.errors.push(message) };
		this.#indexer = createIndexer({ ...house, registry, log, breath: 0 });
		this.#search = createSearch({ search: house.store.search, rooms: house.rooms, registry });
		this.#digest = createDigest({ store: house.store.digest, registry });
		// what reads minutes and history takes no more of it
		this.#app = { hub: house.hub, store: house.store, reader: readerHere, registry } as unknown as App;
		this.#verdict = new Verdict(room.world.format, this.#given, this.#spies);
		this.#placeSpies();
	}

	#placeSpies(): void {
		const crowd = new Map<string, number>();
		const place = (name: string, person: string, role: string | null) => {
			const spy: Spy = { name, person, role, known: new Map(), heard: [], own: {} };
			this.#spies.push(spy);
			const hear = (message: object) => void spy.heard.push(JSON.stringify(message));
			if (person !== SCREEN) this.#room.listen({ person, hear });
		};
		for (const { id, name, role } of Object.values(rosterOf(this.#room.world).members)) {
			const count = (crowd.get(role) ?? 0) + 1;
			crowd.set(role, count);
			if (!this.#room.world.format.roles[role]?.crowd || count <= OF_A_CROWD)
				place(`${name} (${role})`, id, role);
		}
		place('somebody outside', 'outsider', null);
		place('the projector', SCREEN, null);
	}

	async play(demo: Demo): Promise<void> {
		const roles = () => rosterOf(this.#room.world).members;
		let members = roles();
		for await (const { step, index, by, payload, result, meeting } of steps(this.#house, this.#room, demo)) {
			await this.#room.show();
			const author = by === null ? null : (members[by] ?? null);
			if (author) await this.#note(step, { index, author, payload, meeting, made: stringsIn(result) });
			await this.#look(index, 'run' in step ? { type: step.run, payload } : null, author);
			members = roles();
		}
		this.#verdict.rows();
	}

	close(): Promise<void> {
		return this.#indexer.close();
	}

	report(): Watched {
		const { problems, judged } = this.#verdict;
		return {
			problems: [...problems],
			words: this.#given.length,
			judged,
			searched: this.#searched,
			mails: this.#mails,
			digested: this.#digested
		};
	}

	/** The words that this step has put into the room. */
	async #note(step: DemoStep, { index, author, payload, meeting, made }: Noting): Promise<void> {
		if (!('by' in step)) return;
		const { format } = this.#room.world;
		const what = 'run' in step ? step.run : step.write;
		const rows = 'run' in step ? rowsFor(format.sealed, step.run, payload) : [];
		const shares = 'run' in step ? rowsFor(format.shared, step.run, payload) : [];
		const hands = 'run' in step ? rowsFor(format.handed, step.run, payload) : [];
		this.#verdict.used(rows);
		const texts =
			'run' in step
				? stringsIn(payload)
				: (await this.#fresh(step.write, meeting, author.id)).flatMap(textsIn);
		const { id: by, role } = author;
		const known = stringsIn(payload).filter((id) => this.#makers.has(id));
		for (const id of made) if (!this.#makers.has(id)) this.#makers.set(id, by);
		const about = new Set(known.map((id) => this.#makers.get(id)!));
		const ids = [...made, ...known];
		for (const text of new Set(texts)) {
			const needle = needleOf(text);
			// the title is on the door
			if (needle === null || this.#room.world.row.title.includes(needle)) continue;
			this.#given.push({
				...{ text, needle, by, role, what, step: index, meeting, rows, shares, hands, ids, about },
				...{ opened: new Set(), shared: new Set() }
			});
			// it may stand somewhere already
			for (const log of this.#logs.values()) if (log.bytes.includes(needle)) log.needles.add(needle);
		}
	}

	/** Updates of a document that were not looked through yet. */
	async #fresh(short: string, meeting: number, by: string): Promise<Uint8Array[]> {
		const use = this.#room.world.format.documents[short]!;
		const name = { meeting: `m${meeting}/${short}`, room: short, person: `own/${by}` }[use.scope];
		const entries = await this.#house.store.history(
			`${this.#room.id}/${name}`,
			this.#logs.get(name)?.upTo ?? 0,
			10_000
		);
		return entries.map(({ update }) => update);
	}

	async #look(step: number, command: Moment['command'], by: Member | null): Promise<void> {
		const { world } = this.#room;
		this.#reached.set(world.row.meeting, reachedIn(world));
		const facts = factsOf(world);
		const moment: Moment = { step, meeting: world.row.meeting, reached: this.#reached, command, facts };
		advance(world.format, this.#given, moment);
		await this.#readLogs();
		await this.#indexer.settled();
		const moved = command?.type.startsWith('agenda.') ?? false;
		const before = new Map(this.#spies.map((spy) => [spy, spy.own]));
		for (const spy of this.#spies) {
			spy.role = memberOf(world, spy.person)?.role ?? null;
			for (const needle of await this.#knownTo(spy, moved)) this.#verdict.knows(spy, needle, moment);
			for (const needle of await this.#foundBy(spy, step, moved)) this.#verdict.knows(spy, needle, moment);
			if (moved) for (const needle of await this.#digestedFor(spy)) this.#verdict.knows(spy, needle, moment);
		}
		for (const spy of this.#spies) await this.#readMail(spy, step);
		this.#verdict.shared(await this.#house.store.ledger(this.#room.id), step);
		// as if it ended now: whatever was given goes then
		this.#verdict.handed(reportOf(world, handedOver({}, world, world)), step);
		this.#verdict.open(step);
		this.#verdict.names(project(world), before, step, command?.type ?? null, by);
	}

	async #readLogs(): Promise<void> {
		for (const { document } of await this.#house.store.documents(this.#room.id)) {
			const name = document.slice(this.#room.id.length + 1);
			const log = this.#logs.get(name) ?? { upTo: 0, bytes: Buffer.alloc(0), needles: new Set<string>() };
			this.#logs.set(name, log);
			const entries = await this.#house.store.history(document, log.upTo, 10_000);
			if (entries.length === 0) continue;
			const fresh = Buffer.concat(entries.map(({ update }) => update));
			log.upTo = entries.at(-1)!.seq;
			log.bytes = Buffer.concat([log.bytes, fresh]);
			for (const { needle } of this.#given) if (fresh.includes(needle)) log.needles.add(needle);
		}
	}

	/** Needles that this spy can know now and did not know before. `all`: exports and replay are read too. */
	async #knownTo(spy: Spy, all: boolean): Promise<string[]> {
		const found = new Set<string>();
		const principal = this.#room.principal(spy.person);
		if (principal)
			for (const [name, { needles }] of this.#logs)
				if ((await this.#room.access(principal, name)) !== 'none') for (const one of needles) found.add(one);
		const member = memberOf(this.#room.world, spy.person);
		const told = [...spy.heard.splice(0), JSON.stringify(this.#room.info(spy.person))];
		spy.own = member ? this.#room.own(member.id) : {};
		told.push(JSON.stringify(spy.own));
		if (member && all)
			told.push(JSON.stringify(this.#room.published(member)), ...(await this.#exports(member)));
		const text = told.join('\n');
		for (const { needle } of this.#given)
			if (!spy.known.has(needle) && text.includes(needle)) found.add(needle);
		return [...found].filter((needle) => !spy.known.has(needle));
	}

	/** Needles that this spy finds by searching for them: those of this step, and all of them when the phase turned. */
	async #foundBy(spy: Spy, step: number, all: boolean): Promise<string[]> {
		const found = new Set<string>();
		for (const given of this.#given) {
			if (given.step !== step && (!all || spy.known.has(given.needle))) continue;
			const seeker = { id: spy.person, name: spy.name, account: false, email: null, locale: null };
			const hits = await this.#search.find(seeker, given.needle);
			if (hits.length === 0) continue;
			this.#searched++;
			if (!spy.known.has(given.needle)) found.add(given.needle);
		}
		return [...found];
	}

	/** Needles in this spy's digest; of meetings that end in this step, it is the first place to look. */
	async #digestedFor(spy: Spy): Promise<string[]> {
		const ever = { from: 0, to: Number.MAX_SAFE_INTEGER };
		const { meetings } = await this.#digest.page(spy.person, ever, 100);
		const text = JSON.stringify(meetings);
		const found = this.#given.filter(({ needle }) => text.includes(needle));
		this.#digested += found.length;
		return found.flatMap(({ needle }) => (spy.known.has(needle) ? [] : [needle]));
	}

	/** Mails go over other people's machines: all that may stand in one is what its reader wrote, and the room's title. */
	async #readMail(spy: Spy, step: number): Promise<void> {
		const matters = await this.#house.store.mattersOf(spy.person);
		if (matters.length === 0) return;
		this.#mails++;
		const to = { name: 'N', email: 'n@example.com', locale: 'en', zone: null };
		const lines = matters.map((matter) => ({ room: this.#room.world.row.title, matter }));
		const { subject, text } = letterOf(to, lines, 'https://learn.example.com');
		for (const given of this.#given)
			if (given.by !== spy.person && `${subject}\n${text}`.includes(given.needle))
				this.#verdict.mailed(spy, given, step);
	}

	async #exports(member: Member): Promise<string[]> {
		const texts: string[] = [];
		for (let meeting = this.#room.world.row.meeting; meeting > 0; meeting--) {
			const read = await readMinutes(this.#app, this.#room, member, meeting, 'en');
			if (read) texts.push(toMarkdown(read.minutes, 'en'), toCsv(read.minutes), toJson(read.minutes));
			const { documents } = await readHistory(this.#app, this.#room, member, meeting);
			for (const { update } of Object.values(documents).flat())
				texts.push(Buffer.from(update, 'base64').toString());
		}
		return texts;
	}
}
