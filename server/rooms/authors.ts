/**
 * Who wrote which characters of a document: an update's place in the log says whose they are. What a browser says of
 * itself, its client id included, counts for nothing. The log alone is read, each entry once: a document may be so large
 * that reading all of it whenever somebody has written would hold up everybody else.
 */
import * as Y from 'yjs';
import type { Logged, Store } from '../storage/store.ts';
import { RangesByClient, type Range } from '../sync/ranges.ts';

const PAGE = 200;

export class Authors {
	/** What is in the log, and what of it is deleted. */
	readonly #here = new RangesByClient();
	readonly #deleted = new RangesByClient();
	/** The characters that each brought along. */
	readonly #texts = new Map<string, RangesByClient>();
	readonly #counts = new Map<string, number>();
	#seq = 0;

	/** Reads what the log holds of the document since the last time. */
	async read(store: Pick<Store, 'history'>, document: string): Promise<void> {
		for (;;) {
			const page = await store.history(document, this.#seq, PAGE);
			if (page.length === 0) return;
			for (const entry of page) this.#take(entry);
			// the log of a long meeting has many thousands
			await new Promise((turn) => setImmediate(turn));
		}
	}

	/** Characters of text that stand in the document, by the person who wrote them; the server's own are nobody's. */
	count(): Record<string, number> {
		return Object.fromEntries([...this.#counts].filter(([, count]) => count > 0));
	}

	#take({ seq, update, person }: Logged): void {
		this.#seq = seq;
		const { structs, ds } = Y.decodeUpdate(update);
		for (const struct of structs) {
			if (struct instanceof Y.Skip) continue;
			const { client, clock } = struct.id;
			const isText = struct instanceof Y.Item && struct.content instanceof Y.ContentString;
			// the first who brought a range along wrote it; what others send once more stays the first one's
			for (const range of this.#here.missing(client, { from: clock, to: clock + struct.length })) {
				this.#here.add(client, range);
				if (isText && person !== null) this.#wrote(person, client, range);
			}
		}
		for (const [client, ranges] of ds.clients) {
			for (const { clock, len } of ranges) this.#delete(client, { from: clock, to: clock + len });
		}
	}

	#wrote(person: string, client: number, range: Range): void {
		let texts = this.#texts.get(person);
		if (texts === undefined) this.#texts.set(person, (texts = new RangesByClient()));
		texts.add(client, range);
		this.#countFor(person, lengthOf(this.#deleted.missing(client, range)));
	}

	#delete(client: number, range: Range): void {
		for (const gone of this.#deleted.missing(client, range)) {
			this.#deleted.add(client, gone);
			for (const [person, texts] of this.#texts) {
				this.#countFor(person, lengthOf(texts.missing(client, gone)) - (gone.to - gone.from));
			}
		}
	}

	#countFor(person: string, more: number): void {
		this.#counts.set(person, (this.#counts.get(person) ?? 0) + more);
	}
}

function lengthOf(ranges: readonly Range[]): number {
	return ranges.reduce((sum, { from, to }) => sum + to - from, 0);
}
