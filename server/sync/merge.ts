import * as Y from 'yjs';

/** Y.mergeUpdates sorts all its inputs at every step: some at a time, thousands take milliseconds and not seconds. */
const AT_ONCE = 32;

/** Merging reads all of what it merges: together what is larger costs more than the bytes that it saves. */
const LARGE = 16 * 1024;

/** Many updates as few, in their order: small ones together, as many as make one that is large. */
export function mergeSmall(updates: readonly Uint8Array[]): Uint8Array[] {
	const groups: Uint8Array[][] = [];
	let room = 0;
	for (const update of updates) {
		if (update.byteLength <= room) groups.at(-1)!.push(update);
		else {
			groups.push([update]);
			room = LARGE;
		}
		room -= update.byteLength;
	}
	return groups.map(merge);
}

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
