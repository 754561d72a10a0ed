/** Looks for words in all that one person may see now. */
import { access, parseDocument } from '../rooms/access.ts';
import type { Person } from '../identity/person.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Registry } from '../rooms/world.ts';
import type { Hit, SearchStore } from '../storage/search-store.ts';
import { findOwn } from './own.ts';
import { wordsOf } from './query.ts';

/** So many are shown. */
const SHOWN = 20;
/** So many are asked for at a time, and so many times. */
const PAGE = 60;
const PAGES = 4;

/** A part of a text; `hit`: it was looked for. */
export interface Part {
	text: string;
	hit: boolean;
}

export interface Finding {
	room: Hit['room'];
	/** Null: of no meeting, or given to the whole workspace. */
	meeting: number | null;
	/** The meeting is the one that goes on. */
	current: boolean;
	instance: string;
	item: string;
	parts: Part[];
	/** The seeker is in that room. */
	member: boolean;
}

export interface Search {
	/** What is looked for: groups of alternatives; none: nothing. */
	words(query: string): string[][];
	find(person: Person, query: string): Promise<Finding[]>;
}

interface SearchDeps {
	search: SearchStore;
	rooms: Pick<Rooms, 'get' | 'mine'>;
	registry: Registry;
}

export function partsOf(snippet: string): Part[] {
	return snippet.split(/(\u0001[^\u0001\u0002]*\u0002)/).flatMap((text): Part[] => {
		if (text === '') return [];
		return text.startsWith('\u0001')
			? [{ text: text.slice(1, -1), hit: true }]
			: [{ text: text.replaceAll(/[\u0001\u0002]/g, ''), hit: false }];
	});
}

/** As many characters as an id that the server makes has. */
const ID = 32;

/**
 * What is the same thing, wherever it stands: one id is kept by several instances, as a question by its meeting and by
 * the room. A shorter key ('now') means another thing in each instance, and a whole text has none: each document is one.
 */
function keyOf(one: {
	room: { id: string };
	instance: string;
	item: string;
	document?: string | null;
}): string {
	const { room, instance, item, document = null } = one;
	if (item.length >= ID) return `${room.id}/${item}`;
	return `${room.id}/${instance}/${item === '' ? document : item}`;
}

const meetingOf = (document: string | null): number | null => {
	const match = /^m(\d+)\//.exec(document ?? '');
	return match ? Number(match[1]) : null;
};

/** What the server publishes is read by role alone: no room has to be opened to know it. Null: this has to be asked of it. */
function mayByRole({ role, room, document }: Hit, person: string, { formats }: Registry): boolean | null {
	const short = document === null ? null : parseDocument(document)?.short;
	const format = formats[room.format];
	if (!format || role === null || (short !== 'record' && short !== 'desk')) return null;
	const preset = room.preset === null ? undefined : format.presets?.[room.preset];
	const scene = {
		format: { ...format, roles: { ...format.roles, ...preset?.roles } },
		meeting: room.meeting,
		phase: null,
		archived: false,
		reached: () => new Set<string>()
	};
	const who = { joined: 0, account: false, owner: false, team: null };
	const member = { id: person, name: '', role, ...who };
	return access(scene, { is: 'member', member }, document!) !== 'none';
}

export function createSearch({ search, rooms, registry }: SearchDeps): Search {
	return {
		words: wordsOf,
		async find(person, query) {
			const words = wordsOf(query);
			if (words.length === 0) return [];
			const seeker = { person: person.id, account: person.account };
			const readable = new Map<string, boolean>();
			const found = new Map<string, Finding>();
			const own = await findOwn(person, words, { rooms, registry });
			for (let page = 0; page < PAGES && found.size < SHOWN; page++) {
				const hits = await search.find(seeker, words, PAGE, page * PAGE);
				for (const hit of hits) {
					const { room, document, instance, item } = hit;
					const key = keyOf(hit);
					const meeting = meetingOf(document);
					const known = found.get(key);
					// What is carried on stands in the records of several meetings; the latest is the one that lives.
					if (known && (known.meeting === null || (meeting ?? 0) <= known.meeting)) continue;
					if (!known && found.size >= SHOWN) continue;
					if (document !== null && !(await mayRead(hit, document))) continue;
					found.set(key, {
						room,
						meeting,
						current: meeting === null || meeting === room.meeting,
						instance,
						item,
						parts: partsOf(hit.snippet),
						member: hit.role !== null
					});
				}
				if (hits.length < PAGE) break;
			}
			return [...own.filter((one) => !found.has(keyOf(one))), ...found.values()];

			/** As for a connection: by the role that the person has now, in the phase that is open now. */
			async function mayRead(hit: Hit, document: string): Promise<boolean> {
				const { id } = hit.room;
				const name = `${id}/${document}`;
				let may = readable.get(name);
				if (may === undefined) {
					may = mayByRole(hit, person.id, registry) ?? undefined;
				}
				if (may === undefined) {
					const room = await rooms.get(id);
					const principal = room?.principal(person.id);
					may = !!room && !!principal && (await room.access(principal, document)) !== 'none';
				}
				readable.set(name, may);
				return may;
			}
		}
	};
}
