import type { Log } from '../storage/log.ts';
import type { Store } from '../storage/store.ts';
import type { Compactor } from './compactor.ts';
import type { Content } from './content.ts';
import type { Document } from './document.ts';
import { weightOf, type Amount, type Limits } from './limits.ts';

interface SnapshotsDeps {
	store: Pick<Store, 'compact'>;
	compactor: Compactor;
	log: Log;
	limits: Pick<Limits, 'unkept' | 'unkeptLive' | 'unkeptShare'>;
}

/** Keeps snapshots, so that documents load fast however long their history is. */
export class Snapshots {
	readonly #deps: SnapshotsDeps;
	readonly #underWay = new Map<Document, Promise<void>>();
	#closed = false;

	constructor(deps: SnapshotsDeps) {
		this.#deps = deps;
	}

	/** After one that failed it is tried again when as much has come once more. */
	whileLive(document: Document): void {
		const { content } = document;
		if (content !== null && this.#isDue(content, content.untried, this.#deps.limits.unkeptLive))
			this.#make(document, content, true);
	}

	whenUnloaded(document: Document): void {
		const { content } = document;
		if (content !== null && this.#isDue(content, content.unkept, this.#deps.limits.unkept))
			this.#make(document, content, true);
	}

	/** Makes what is open as small as it can be, without writing it anew; resolves also where that failed. */
	async shrink(document: Document): Promise<void> {
		const { content } = document;
		if (content !== null && !this.#underWay.has(document)) this.#make(document, content, false);
		await this.#underWay.get(document);
	}

	/** Resolves once all that are under way are kept. */
	async settled(): Promise<void> {
		await Promise.all(this.#underWay.values());
	}

	/** Those that are being made are given up: the log has all that they would hold. */
	async close(): Promise<void> {
		this.#closed = true;
		await this.#deps.compactor.close();
		await this.settled();
	}

	#isDue({ size }: Content, came: Amount, { entries, bytes }: Amount): boolean {
		if (came.entries < entries && came.bytes < bytes) return false;
		return weightOf(came) >= size * this.#deps.limits.unkeptShare;
	}

	#make(document: Document, content: Content, isKept: boolean): void {
		const { name } = document;
		const { store, compactor, log } = this.#deps;
		const part = content.beginSnapshot();
		if (part === null) return;
		const make = async () => {
			const snapshot = await compactor.compact(part.updates);
			if (isKept) await store.compact(name, snapshot, part.upTo);
			content.endSnapshot(snapshot, isKept);
		};
		const done = make()
			.catch((error: unknown) => {
				content.endSnapshot(null);
				if (!this.#closed) log.warn({ err: error, document: name }, 'a snapshot could not be kept');
			})
			.finally(() => {
				this.#underWay.delete(document);
				// much may have come while it was made, and nothing may come any more
				if (!this.#closed) this.whileLive(document);
			});
		this.#underWay.set(document, done);
	}
}
