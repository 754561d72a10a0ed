/**
 * Who wrote which characters of a document: an update's place in the log says whose they are. What a browser says of
 * itself, its client id included, counts for nothing.
 */
import * as Y from 'yjs';
import type { Logged, Store } from '../storage/store.ts';
import { Deletions } from '../sync/known.ts';

const PAGE = 1000;

interface Range {
	/** Clocks of one client id, `to` exclusive. */
	from: number;
	to: number;
	person: string | null;
}

export class Authors {
	/** By client id; disjoint, in order. */
	readonly #ranges = new Map<number, Range[]>();
	#seq = 0;

	/** Reads what the log holds of the document since the last time. */
	async read(store: Pick<Store, 'history'>, document: string): Promise<void> {
		for (;;) {
			const page = await store.history(document, this.#seq, PAGE);
			for (const entry of page) this.#take(entry);
			if (page.length < PAGE) return;
		}
	}

	#take({ seq, update, person }: Logged): void {
		this.#seq = seq;
		for (const struct of Y.decodeUpdate(update).structs) {
			if (struct instanceof Y.Skip) continue;
			const { client, clock } = struct.id;
			this.#add(client, clock, clock + struct.length, person);
		}
	}

	/** The first who brought a range along wrote it; what others send once more stays the first one's. */
	#add(client: number, from: number, to: number, person: string | null): void {
		const ranges = this.#ranges.get(client) ?? [];
		this.#ranges.set(client, ranges);
		const last = ranges.at(-1);
		if (!last || last.to <= from) {
			if (last?.to === from && last.person === person) last.to = to;
			else ranges.push({ from, to, person });
			return;
		}
		let at = from;
		const fresh: Range[] = [];
		for (const range of ranges) {
			if (range.from > at && at < to) fresh.push({ from: at, to: Math.min(range.from, to), person });
			at = Math.max(at, range.to);
		}
		if (at < to) fresh.push({ from: at, to, person });
		ranges.push(...fresh);
		ranges.sort((a, b) => a.from - b.from);
	}

	/**
	 * Characters of text that stand in the document, by the person who wrote them; the server's own are nobody's. It is
	 * done while people write, so the document is decoded and not put together: that can take much longer.
	 */
	count(state: Uint8Array): Record<string, number> {
		const { structs, ds } = Y.decodeUpdate(state);
		const deleted = new Deletions(ds);
		const written: Record<string, number> = {};
		for (const struct of structs) {
			if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
			const { client, clock } = struct.id;
			const ranges = this.#ranges.get(client) ?? [];
			for (const { from, to } of deleted.without(client, { from: clock, to: clock + struct.length })) {
				for (const range of ranges) {
					const common = Math.min(to, range.to) - Math.max(from, range.from);
					if (common > 0 && range.person !== null)
						written[range.person] = (written[range.person] ?? 0) + common;
				}
			}
		}
		return written;
	}
}
