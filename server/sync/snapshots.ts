import type { Log } from '../storage/log.ts';
import type { Store } from '../storage/store.ts';
import type { Compactor } from './compactor.ts';
import type { Content } from './content.ts';
import type { Document } from './document.ts';
import type { Amount, Limits } from './limits.ts';

/** A document of more bytes is kept anew after as many times more entries: what is written stays in proportion. */
const LARGE = 1024 * 1024;

interface SnapshotsDeps {
	store: Pick<Store, 'compact'>;
	compactor: Compactor;
	log: Log;
	limits: Pick<Limits, 'unkept' | 'unkeptLive'>;
}

/** Keeps snapshots, so that documents load fast however long their history is. */
export class Snapshots {
	readonly #deps: SnapshotsDeps;
	readonly #underWay = new Set<Promise<void>>();
	#closed = false;

	constructor(deps: SnapshotsDeps) {
		this.#deps = deps;
	}

	whileLive(document: Document): void {
		this.#keepAbove(document, this.#deps.limits.unkeptLive);
	}

	whenUnloaded(document: Document): void {
		this.#keepAbove(document, this.#deps.limits.unkept);
	}

	/** Resolves once all that are under way are kept. */
	async settled(): Promise<void> {
		await Promise.all(this.#underWay);
	}

	/** Those that are being made are given up: the log has all that they would hold. */
	async close(): Promise<void> {
		this.#closed = true;
		await this.#deps.compactor.close();
		await this.settled();
	}

	#keepAbove(document: Document, { entries, bytes }: Amount): void {
		const { content } = document;
		if (content === null) return;
		const { unkept, size } = content;
		const most = entries * Math.max(1, size / LARGE);
		if (unkept.entries >= most || unkept.bytes >= bytes) this.#keep(document, content);
	}

	#keep(document: Document, content: Content): void {
		const { name } = document;
		const { store, compactor, log } = this.#deps;
		const part = content.beginSnapshot();
		if (part === null) return;
		const keep = async () => {
			const snapshot = await compactor.compact(part.updates);
			await store.compact(name, snapshot, part.upTo);
			content.endSnapshot(snapshot);
		};
		const done = keep()
			.catch((error: unknown) => {
				content.endSnapshot(null);
				if (!this.#closed) log.warn({ err: error, document: name }, 'a snapshot could not be kept');
			})
			.finally(() => {
				this.#underWay.delete(done);
				// much may have come while it was made, and nothing may come any more
				if (!this.#closed) this.whileLive(document);
			});
		this.#underWay.add(done);
	}
}
