import type { Log } from '../storage/log.ts';
import type { Store } from '../storage/store.ts';
import type { Document } from './document.ts';
import type { Amount, Limits } from './limits.ts';

/** Keeps snapshots, so that documents load fast however long their history is. */
export class Snapshots {
	readonly #store: Pick<Store, 'compact'>;
	readonly #log: Log;
	readonly #limits: Pick<Limits, 'unkept' | 'unkeptLive'>;
	readonly #underWay = new Set<Promise<void>>();

	constructor(store: Pick<Store, 'compact'>, log: Log, limits: Pick<Limits, 'unkept' | 'unkeptLive'>) {
		this.#store = store;
		this.#log = log;
		this.#limits = limits;
	}

	whileLive(document: Document): void {
		if (hasMoreThan(document, this.#limits.unkeptLive)) this.#keep(document, 'merged');
	}

	whenUnloaded(document: Document): void {
		const wasteful = document.content?.holdsDeleted ?? false;
		if (wasteful || hasMoreThan(document, this.#limits.unkept)) this.#keep(document, 'compacted');
	}

	/** Resolves once all that are under way are kept. */
	async settled(): Promise<void> {
		await Promise.all(this.#underWay);
	}

	#keep({ name, content }: Document, how: 'merged' | 'compacted'): void {
		if (content === null) return;
		const { upTo } = content;
		// in an async function, so that a merge that throws is only a snapshot that was not kept
		const keep = async () => this.#store.compact(name, content[how](), upTo);
		content.kept(how);
		const done = keep()
			.catch((error: unknown) =>
				this.#log.warn({ err: error, document: name }, 'a snapshot could not be kept')
			)
			.finally(() => this.#underWay.delete(done));
		this.#underWay.add(done);
	}
}

function hasMoreThan({ content }: Document, { entries, bytes }: Amount): boolean {
	return content !== null && (content.unkept.entries >= entries || content.unkept.bytes >= bytes);
}
