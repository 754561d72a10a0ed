/** Who may open which document of a room now, and keeps every open connection to it. */
import * as v from 'valibot';
import * as Y from 'yjs';
import type { AgendaRecord } from '#lib/blocks/agenda/model.ts';
import type { Format } from '#lib/formats/format.ts';
import { madeOf, resolve, roomSettings } from '#lib/formats/resolve.ts';
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
import { readTables } from './publication.ts';
import { memberOf, nowOf, type Registry, type World } from './world.ts';

/** The `person` of a projector's connection; no person has this id. */
export const SCREEN = 'screen';

/** What a meeting's record says of its method. */
const told = v.object({ room: v.object({ preset: v.nullable(v.string()), settings: roomSettings }) });

/** What access to the documents of a meeting that has ended depends on. */
interface Past {
	/** With the method that it had. */
	format: Format;
	/** The phases that it came to. */
	reached: ReadonlySet<string>;
}

interface DoorkeeperParts {
	hub: Hub;
	registry: Registry;
	world(): World;
}

export class Doorkeeper {
	readonly #parts: DoorkeeperParts;
	/** Meetings that have ended, loaded when asked for. */
	readonly #past = new Map<number, Past>();

	constructor(parts: DoorkeeperParts) {
		this.#parts = parts;
	}

	/** The principal that a connection of this person has now; null: none. */
	principal(person: string): Principal | null {
		if (person === SCREEN) return { is: 'screen' };
		const member = memberOf(this.#parts.world(), person);
		return member && { is: 'member', member };
	}

	/** May this principal open this document? Loads how an ended meeting was. */
	async access(principal: Principal, name: string): Promise<Access> {
		const meeting = parseDocument(name)?.meeting;
		if (meeting) await this.formatOf(meeting);
		return access(this.#scene(), principal, name);
	}

	/** The format with the method of that meeting, which may have been changed since. */
	async formatOf(meeting: number): Promise<Format> {
		const { row, format } = this.#parts.world();
		if (meeting >= row.meeting) return format;
		const known = this.#past.get(meeting) ?? (await this.#load(meeting));
		this.#past.set(meeting, known);
		return known.format;
	}

	async #load(meeting: number): Promise<Past> {
		const { row, format } = this.#parts.world();
		const doc = new Y.Doc();
		Y.applyUpdate(doc, await this.#parts.hub.read(`${row.id}/m${meeting}/record`));
		const { visits = {} } = readTables(doc, 'agenda') as Partial<AgendaRecord>;
		const method = v.safeParse(told, readTables(doc, 'room').info);
		doc.destroy();
		const base = this.#parts.registry.formats[row.format];
		return {
			format:
				method.success && base
					? resolve(base, method.output.room.preset, {
							...method.output.room.settings,
							...madeOf(row.settings)
						})
					: format,
			reached: new Set(Object.values(visits).map(({ phase }) => phase))
		};
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
		this.#past.set(world.row.meeting, { format: world.format, reached: reachedIn(world) });
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
			formatOf: (meeting) => this.#past.get(meeting)?.format ?? world.format,
			dormant: world.dormant.documents,
			meeting: world.row.meeting,
			phase: nowOf(world)?.phase ?? null,
			archived: world.row.state === 'archived',
			reached: (meeting) =>
				meeting === world.row.meeting ? reachedIn(world) : (this.#past.get(meeting)?.reached ?? new Set())
		};
	}
}
