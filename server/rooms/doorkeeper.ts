/** Who may open which document of a room now, and keeps every open connection to it. */
import type { Store } from '../storage/store.ts';
import { CLOSE, type Hub } from '../sync/hub.ts';
import {
	access,
	documentsFor,
	parseDocument,
	type Access,
	type AccessScene,
	type DocumentInfo,
	type Principal
} from './access.ts';
import { reachedIn } from './projection.ts';
import { memberOf, nowOf, type World } from './world.ts';

/** The `person` of a projector's connection; no person has this id. */
export const SCREEN = 'screen';

export interface DoorkeeperParts {
	store: Store;
	hub: Hub;
	world(): World;
}

export class Doorkeeper {
	readonly #parts: DoorkeeperParts;
	/** Phases reached by meetings that have ended, loaded when asked for. */
	readonly #reached = new Map<number, ReadonlySet<string>>();

	constructor(parts: DoorkeeperParts) {
		this.#parts = parts;
	}

	/** The principal that a connection of this person has now; null: none. */
	principal(person: string): Principal | null {
		if (person === SCREEN) return { is: 'screen' };
		const member = memberOf(this.#parts.world(), person);
		return member && { is: 'member', member };
	}

	/** May this principal open this document? Loads what an ended meeting had reached. */
	async access(principal: Principal, name: string): Promise<Access> {
		const { row } = this.#parts.world();
		const meeting = parseDocument(name)?.meeting ?? row.meeting;
		if (meeting < row.meeting && !this.#reached.has(meeting)) {
			const rows = await this.#parts.store.state(row.id, meeting);
			const visits = rows.filter((one) => one.instance === 'agenda' && one.collection === 'visits');
			// The agenda's rows as its own rules wrote them.
			this.#reached.set(meeting, new Set(visits.map((one) => (one.value as { phase: string }).phase)));
		}
		return access(this.#scene(), principal, name);
	}

	/** The same at once, for a document that was asked for already. */
	accessNow(person: string, name: string): Access {
		const principal = this.principal(person);
		return principal ? access(this.#scene(), principal, name) : 'none';
	}

	/** The documents that a person may open now. */
	documents(person: string): DocumentInfo[] {
		const principal = this.principal(person);
		return principal ? documentsFor(this.#scene(), principal) : [];
	}

	/** A meeting has ended in this world. */
	ended(world: World): void {
		this.#reached.set(world.row.meeting, reachedIn(world));
	}

	/** `people`: whose place in the roster is another now; 'all': the phase or the room is. */
	apply(people: ReadonlySet<string> | 'all'): void {
		const room = `${this.#parts.world().row.id}/`;
		for (const connection of this.#parts.hub.connections(room)) {
			if (people !== 'all' && !people.has(connection.person)) continue;
			const may = this.accessNow(connection.person, connection.document.slice(room.length));
			if (may === 'none') connection.close(CLOSE.forbidden);
			else connection.access = may;
		}
	}

	#scene(): AccessScene {
		const world = this.#parts.world();
		return {
			format: world.format,
			meeting: world.row.meeting,
			phase: nowOf(world)?.phase ?? null,
			archived: world.row.state === 'archived',
			reached: (meeting) =>
				meeting === world.row.meeting ? reachedIn(world) : (this.#reached.get(meeting) ?? new Set())
		};
	}
}
