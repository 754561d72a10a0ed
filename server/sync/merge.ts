import * as Y from 'yjs';

/** Y.mergeUpdates sorts all its inputs at every step: some at a time, thousands take milliseconds and not seconds. */
const AT_ONCE = 32;

/** Many updates as one, the oldest first. Updates that need others which are missing are kept in it. */
export function merge(updates: readonly Uint8Array[]): Uint8Array {
	let level = updates;
	while (level.length > 1) {
		const next: Uint8Array[] = [];
		for (let i = 0; i < level.length; i += AT_ONCE) next.push(Y.mergeUpdates(level.slice(i, i + AT_ONCE)));
		level = next;
	}
	return level[0] ?? new Uint8Array([0, 0]);
}
