/** A meeting's documents as they were at a moment, rebuilt from the log. */
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { placeOf, type AgendaRecord } from '#lib/blocks/agenda/model.ts';
import type { Handle, Tables, Writing } from '#lib/blocks/block.ts';
import type { Format, Phase } from '#lib/formats/format.ts';
import { withEmptyCollections } from '#lib/room/empty.ts';
import { Reading } from '#lib/room/reading.ts';
import { createSpectator } from '#lib/room/spectator.ts';
import type { Change, History } from './history.ts';

interface Step {
	at: number;
	document: string;
	update: Uint8Array;
}

function bytes(base64: string): Uint8Array {
	return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

/** A document's changes build on one another: none may come after the one that the log has behind it. */
function inOrder(document: string, changes: readonly Change[]): Step[] {
	let soonest = Infinity;
	return changes
		.toReversed()
		.map(({ at, update }) => {
			soonest = Math.min(soonest, at);
			return { at: soonest, document, update: bytes(update) };
		})
		.reverse();
}

/** The documents of one run from the beginning on; going back in time begins another run. */
class Run {
	readonly docs = new Map<string, Y.Doc>();
	readonly reading: Reading;
	readonly #writings = new Map<string, Writing>();
	readonly #handles = new Map<string, Handle>();
	readonly #history: History;
	readonly #now: () => number;
	/** How many steps are in. */
	done = $state(0);

	constructor(history: History, now: () => number) {
		this.#history = history;
		this.#now = now;
		for (const short of Object.keys(history.documents)) this.docs.set(short, new Y.Doc());
		this.reading = new Reading(this.docs.get('record')!);
	}

	read(instance: string): Tables {
		return withEmptyCollections(this.reading.of(instance));
	}

	#writing(short: string): Writing | null {
		const doc = this.docs.get(short);
		if (!doc) return null;
		let writing = this.#writings.get(short);
		if (!writing) {
			const name = `m${this.#history.meeting}/${short}`;
			writing = { name, doc, awareness: new Awareness(doc), writable: false, ready: true };
			this.#writings.set(short, writing);
		}
		return writing;
	}

	handle(instance: string): Handle {
		let handle = this.#handles.get(instance);
		if (!handle) {
			const scene = {
				meeting: this.#history.meeting,
				format: () => this.#history.format,
				read: (name: string) => this.read(name),
				now: this.#now,
				writing: (short: string) => this.#writing(short)
			};
			this.#handles.set(instance, (handle = createSpectator(scene, instance)));
		}
		return handle;
	}

	/** Takes in what happened up to and including this moment. */
	play(steps: readonly Step[], moment: number): void {
		let next = this.done;
		for (let step = steps[next]; step && step.at <= moment; step = steps[++next])
			Y.applyUpdate(this.docs.get(step.document)!, step.update);
		this.done = next;
	}

	stop(): void {
		this.reading.stop();
		for (const { awareness } of this.#writings.values()) awareness.destroy();
		for (const doc of this.docs.values()) doc.destroy();
	}
}

export class Replay {
	readonly steps: readonly Step[];
	readonly #history: History;
	#at = $state(0);
	run = $state.raw<Run>() as Run;

	constructor(history: History, at: number) {
		this.#history = history;
		this.steps = Object.entries(history.documents)
			.flatMap(([document, changes]) => inOrder(document, changes))
			.sort((a, b) => a.at - b.at);
		this.run = new Run(history, () => this.#at);
		this.at = at;
	}

	get at(): number {
		return this.#at;
	}

	set at(moment: number) {
		if (moment < this.#at) {
			this.run.stop();
			this.run = new Run(this.#history, () => this.#at);
		}
		this.#at = moment;
		this.run.play(this.steps, moment);
	}

	get phase(): Phase | null {
		const { now } = this.run.read('agenda') as AgendaRecord;
		const { phases } = this.#history.format;
		return (now.current && phases[placeOf(phases, now.current)]) ?? null;
	}

	/** The moment of the change before this one, or after it; null where there is none. */
	beside(way: 'back' | 'on'): number | null {
		const others = this.steps.filter(({ at }) => (way === 'on' ? at > this.#at : at < this.#at));
		return (way === 'on' ? others[0] : others.at(-1))?.at ?? null;
	}

	get format(): Format {
		return this.#history.format;
	}

	stop(): void {
		this.run.stop();
	}
}
