/** What a document already knows, kept up to date update by update, so that big documents are not decoded again. */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { Decoded } from './validate.ts';

/** Up to which clock each client's structs are here without a gap. */
export class Clocks {
	readonly #upTo = new Map<number, number>();
	/** Something stands behind a gap that the next update may fill. */
	readonly #gap: boolean = false;
	/** Only counting anew can tell. */
	stale = false;

	/** `merged`: all that is here, as one update. */
	constructor(merged: Uint8Array) {
		const vector = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(merged));
		for (const [client, clock] of vector) this.#upTo.set(client, clock);
		for (const [client, end] of Y.parseUpdateMeta(merged).to) {
			if (end > (vector.get(client) ?? 0)) this.#gap = true;
		}
	}

	add(update: Uint8Array): void {
		if (this.#gap) this.stale = true;
		if (this.stale) return;
		for (const struct of Y.decodeUpdate(update).structs) {
			if (struct instanceof Y.Skip) continue;
			const { client, clock } = struct.id;
			const known = this.#upTo.get(client) ?? 0;
			if (clock > known) this.stale = true;
			else this.#upTo.set(client, Math.max(known, clock + struct.length));
		}
	}

	cover(structs: Decoded['structs']): boolean {
		return structs.every(
			(struct) =>
				struct instanceof Y.Skip || struct.id.clock + struct.length <= (this.#upTo.get(struct.id.client) ?? 0)
		);
	}

	encode(): Uint8Array {
		return encoding.encode((encoder) => {
			encoding.writeVarUint(encoder, this.#upTo.size);
			for (const [client, clock] of this.#upTo) {
				encoding.writeVarUint(encoder, client);
				encoding.writeVarUint(encoder, clock);
			}
		});
	}
}

/** What is deleted. */
export class Deletions {
	#known: Decoded['ds'];

	constructor(merged: Uint8Array) {
		this.#known = Y.mergeDeleteSets([Y.decodeUpdate(merged).ds]);
	}

	add(update: Uint8Array): void {
		const { ds } = Y.decodeUpdate(update);
		if (ds.clients.size > 0) this.#known = Y.mergeDeleteSets([this.#known, ds]);
	}

	cover(ds: Decoded['ds']): boolean {
		return Y.equalDeleteSets(this.#known, Y.mergeDeleteSets([this.#known, ds]));
	}
}
