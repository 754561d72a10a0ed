/** What is kept of a person, on their own page and for the operator: shown before, handed out, taken away. */
import type { Member } from '#lib/blocks/block.ts';
import { heirOf } from '#lib/blocks/roster/rules.ts';
import type { Person } from '../identity/person.ts';
import type { Erasure, StateRow } from '../storage/store.ts';
import { erase, isAbout, isTheirsAlone, type EraseDeps } from './erase.ts';
import { toMarkdown } from './markdown.ts';
import { exportPerson, type ExportDeps, type PersonExport } from './export.ts';

/** How often it is looked whether somebody asked from beside the server, ms. */
const LOOK = 2000;

export interface Consequences {
	/** Rooms that go with the person. */
	deleted: { title: string }[];
	/** Rooms that get another owner. */
	handedOver: { title: string; to: string }[];
}

export interface Persons {
	export(person: Person): Promise<PersonExport>;
	markdown(all: PersonExport, locale: 'en' | 'de'): string;
	consequences(person: Person): Promise<Consequences>;
	/** Resolves once everything of the person is gone. A failure is tried again later, also after a restart. */
	erase(person: string, by: 'themselves' | 'operator' | 'retention'): Promise<void>;
	close(): Promise<void>;
}

type PersonsDeps = EraseDeps & ExportDeps & { identity: EraseDeps['identity'] & ExportDeps['identity'] };

export function createPersons(deps: PersonsDeps): Persons {
	const { store, registry, now, log } = deps;
	/** One after the other: two at once in one room would undo each other's documents. */
	let line: Promise<void> = Promise.resolve();
	let closed = false;

	function next(asked: Erasure): Promise<void> {
		const done = line.then(async () => {
			if (!closed) await erase(asked, deps);
		});
		line = done.catch((error: unknown) => log.error({ err: error }, 'An erasure is not finished'));
		return done;
	}

	/** Those that were asked for from beside the server, or are left from before a crash. */
	const underWay = new Set<string>();
	async function look(): Promise<void> {
		for (const asked of await store.erasures()) {
			if (underWay.has(asked.person)) continue;
			underWay.add(asked.person);
			await next(asked)
				.catch(() => {})
				.finally(() => underWay.delete(asked.person));
		}
	}
	void look().catch(() => {});
	const timer = setInterval(() => void look().catch(() => {}), LOOK);
	timer.unref();

	return {
		export: (person) => exportPerson(person, deps),
		markdown: (all, locale) => toMarkdown(all, registry, locale),
		consequences: (person) => consequencesOf(person, deps),
		async erase(person, by) {
			const asked = { person, at: now(), by };
			await store.askErasure(asked);
			underWay.add(person);
			try {
				await next(asked);
			} finally {
				underWay.delete(person);
			}
		},
		async close() {
			closed = true;
			clearInterval(timer);
			await line;
		}
	};
}

export async function consequencesOf(
	person: Person,
	deps: Pick<PersonsDeps, 'store' | 'registry'> & { identity: Pick<EraseDeps['identity'], 'find'> }
): Promise<Consequences> {
	const found: Consequences = { deleted: [], handedOver: [] };
	for (const { room, owner } of await deps.store.roomsOf(person.id)) {
		const members = membersIn(await deps.store.state(room.id, room.meeting));
		const me = members[person.id];
		const who = { ids: [person.id] };
		if (isAbout(who, room, members, deps.registry) || (await isTheirsAlone(members, who, deps)))
			found.deleted.push({ title: room.title });
		else if (owner && me) {
			const heir = heirOf(members, me);
			if (heir) found.handedOver.push({ title: room.title, to: heir.name });
		}
	}
	return found;
}

/** The roster's, without making the whole room: somebody may be in hundreds. */
function membersIn(rows: readonly StateRow[]): Record<string, Member> {
	const own = rows.filter(({ instance, collection }) => instance === 'roster' && collection === 'members');
	return Object.fromEntries(own.map(({ key, value }) => [key, value as Member])); // the roster wrote them
}
