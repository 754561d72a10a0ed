import type { Entry, Loaded, Logged, Snapshot, Store, Unit } from '../../storage/store.ts';

/**
 * The log in memory, with doors: while `holdCommits`, `holdLoads` or `holdSnapshots` is on, calls wait for `release`. Only what the
 * sync engine uses is there.
 */
export function memoryStore() {
	const log: Logged[] = [];
	const snapshots = new Map<string, Snapshot & { upTo: number }>();
	const waiting: (() => void)[] = [];
	const control = {
		log,
		snapshots,
		holdCommits: false,
		holdLoads: false,
		holdSnapshots: false,
		/** Thrown by the next calls, if set. */
		commitError: null as Error | null,
		loadError: null as Error | null,
		compactError: null as Error | null,
		loads: 0,
		/** Snapshots that were asked for, and the bytes of those that were kept. */
		compactions: 0,
		written: 0,
		/** Lets the oldest call that waits through. */
		release() {
			waiting.shift()?.();
		},
		/** Who waited is no more. */
		forget() {
			waiting.length = 0;
		},
		get waiting() {
			return waiting.length;
		},
		add(entry: Pick<Entry, 'document' | 'update'>): number {
			const seq = log.length + 1;
			log.push({ person: null, at: 0, cause: null, ...entry, seq });
			return seq;
		}
	};
	const pass = (hold: boolean) => new Promise<void>((go) => (hold ? waiting.push(go) : go()));

	const store: Pick<Store, 'commit' | 'load' | 'compact'> = {
		async commit(units: readonly Unit[]) {
			await pass(control.holdCommits);
			if (control.commitError !== null) throw control.commitError;
			return units.map(({ entries = [] }) =>
				entries.map((entry) => {
					log.push({ ...entry, seq: log.length + 1 });
					return log.length;
				})
			);
		},
		async load(document): Promise<Loaded> {
			control.loads++;
			const kept = snapshots.get(document);
			const tail = log.filter((entry) => entry.document === document && entry.seq > (kept?.upTo ?? 0));
			const loaded = {
				snapshot: kept === undefined ? null : { state: kept.state, known: kept.known, shape: kept.shape },
				tail: tail.map(({ update }) => update),
				upTo: tail.at(-1)?.seq ?? kept?.upTo ?? 0
			};
			// the answer is of the moment of the question, however long it travels
			await pass(control.holdLoads);
			if (control.loadError !== null) throw control.loadError;
			return loaded;
		},
		async compact(document, { state, known, shape }, upTo) {
			control.compactions++;
			await pass(control.holdSnapshots);
			if (control.compactError !== null) throw control.compactError;
			control.written += state.length + (known?.length ?? 0) + (shape?.length ?? 0);
			if (upTo >= (snapshots.get(document)?.upTo ?? 0)) {
				snapshots.set(document, { state, known, shape, upTo });
			}
		}
	};
	return { store: store as Store, control };
}
