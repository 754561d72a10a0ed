/** A meeting's record on a screen: read with the projector's link, without a person and without any command. */
import { placeOf, standing, type AgendaRecord, type Now } from '#lib/blocks/agenda/model.ts';
import type { Handle, Json, Tables } from '#lib/blocks/block.ts';
import type { Format, Phase } from '#lib/formats/format.ts';
import { ServerClock } from './clock.svelte.ts';
import { SharedDocument } from './documents.svelte.ts';
import { withEmptyCollections } from './empty.ts';
import { Reading } from './reading.ts';
import { createSpectator, type SpectatorScene } from './spectator.ts';

export interface ScreenOf {
	token: string;
	room: { id: string };
	meeting: number;
	format: Format;
}

/** The server's clock; throws while there is no line. */
export async function serverTime(): Promise<number> {
	const response = await fetch('/api/time');
	const { now } = (await response.json()) as { now: number };
	return now;
}

export class Screen {
	/** The method may change while the screen is on. */
	format = $state.raw<Format>() as Format;
	readonly clock = new ServerClock();
	readonly document: SharedDocument;
	readonly #reading: Reading;
	readonly #handles = new Map<string, Handle>();
	readonly #scene: SpectatorScene;

	constructor(of: ScreenOf) {
		this.format = of.format;
		const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
		this.document = new SharedDocument({
			address: `${scheme}://${location.host}/sync`,
			room: of.room.id,
			name: `m${of.meeting}/record`,
			params: { screen: of.token },
			// nothing on a projector's page is anybody's: it begins anew
			replaced: () => location.reload()
		});
		this.#reading = new Reading(this.document.doc);
		this.#scene = {
			meeting: of.meeting,
			format: () => this.format,
			read: (instance) => this.#read(instance),
			now: () => this.clock.now(),
			writing: () => null
		};
		// Without the server's clock the device's own has to do.
		this.clock.synchronise(serverTime).catch(() => {});
	}

	#read(instance: string): Tables {
		return withEmptyCollections(this.#reading.of(instance));
	}

	get now(): Now | null {
		const now = (this.#read('agenda') as AgendaRecord).now.current;
		return now ? standing(this.format.phases, now) : null;
	}

	get phase(): Phase | null {
		const { now } = this;
		return now ? (this.format.phases[placeOf(this.format.phases, now)] ?? null) : null;
	}

	/** The phase after this one, of those that the meeting runs through. */
	get next(): Phase | null {
		const { phases } = this.format;
		const at = phases.findIndex(({ id }) => id === this.now?.phase);
		return phases.slice(at + 1).find(({ when }) => when !== 'ahead') ?? null;
	}

	/** What it is all about, unless the instance that is shown says so itself. */
	headline(shown: string): string | null {
		const [instance, collection = '', key = '', field = ''] = this.format.headline?.split('.') ?? [];
		if (instance === undefined || instance === shown) return null;
		const row = this.#read(instance)[collection]?.[key];
		const text = typeof row === 'object' && row !== null && !Array.isArray(row) ? row[field] : null;
		return typeof text === 'string' && text !== '' ? text : null;
	}

	get #info() {
		const info = this.#read('room').info?.room;
		return info as { title: string; preset: string | null; settings: Json } | undefined;
	}

	/** The title as it is now; null until the record is here. */
	get title(): string | null {
		return this.#info?.title ?? null;
	}

	/** Another text whenever the format has to be asked for again; null until the record is here. */
	get method(): string | null {
		return this.#info ? JSON.stringify([this.#info.preset, this.#info.settings]) : null;
	}

	handle(instance: string): Handle {
		let handle = this.#handles.get(instance);
		if (!handle) this.#handles.set(instance, (handle = createSpectator(this.#scene, instance)));
		return handle;
	}

	stop(): void {
		this.#reading.stop();
		void this.document.stop();
		this.clock.stop();
	}
}
