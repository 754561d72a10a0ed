/** A large update as many small ones. */
import * as Y from 'yjs';
import { found, structsByClient, type Struct } from './depth.ts';
import type { Limits } from './limits.ts';
import { encodeStructs } from './news.ts';
import { inspect, type Decoded } from './validate.ts';

const NO_DELETIONS: Decoded['ds'] = { clients: new Map() };

export type Cut = Uint8Array[] | 'invalid' | 'too large';

/**
 * Updates that say the same, one after the other, each of so many structs or deletions at most. What a struct stands on
 * comes in the same or before it; what deletes it, after it.
 */
export function cut(update: Uint8Array, limits: Pick<Limits, 'structs' | 'deletions' | 'piece'>): Cut {
	const says = inspect(update, limits);
	if (typeof says === 'string') return says;
	const { parts } = limits.piece;
	const structs = chunksOf(inOrder(says.structs), parts).map((some) =>
		// the highest client first, as in every update
		encodeStructs(
			some.sort((a, b) => b.id.client - a.id.client),
			NO_DELETIONS
		)
	);
	const deletions = chunksOf(flat(says.ds), parts).map((some) => encodeStructs([], together(some)));
	const pieces = [...structs, ...deletions];
	return pieces.length > 1 ? pieces : [update];
}

/** All but the gaps, each after what it stands on: another may be cut off before it. */
function inOrder(structs: readonly Struct[]): Struct[] {
	const byClient = structsByClient(structs);
	const next = new Map<number, number>();
	const ordered: Struct[] = [];
	const done = new Set<Struct>();
	for (const client of byClient.keys()) {
		// by hand: the chain may be longer than the stack. `until`: the struct that is needed, or all
		const stack: { client: number; until: Struct | null }[] = [{ client, until: null }];
		const open = new Set([client]);
		for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
			const at = next.get(top.client) ?? 0;
			const struct = byClient.get(top.client)![at];
			const needed = struct && neighbours(struct).find((id) => !open.has(id.client) && isMissing(id));
			if (needed) {
				stack.push({ client: needed.client, until: found(byClient, needed) });
				open.add(needed.client);
				continue;
			}
			if (struct !== undefined) {
				next.set(top.client, at + 1);
				done.add(struct);
				if (!(struct instanceof Y.Skip)) ordered.push(struct);
			}
			if (struct === undefined || struct === top.until) {
				stack.pop();
				open.delete(top.client);
			}
		}
	}
	return ordered;

	function isMissing(id: Y.ID): boolean {
		const struct = found(byClient, id);
		return struct !== null && !done.has(struct);
	}
}

/** What an item stands on. */
function neighbours(struct: Struct): Y.ID[] {
	if (!(struct instanceof Y.Item)) return [];
	const parent: unknown = struct.parent;
	return [struct.origin, struct.rightOrigin, parent].filter((id) => id instanceof Y.ID);
}

interface Deletion {
	client: number;
	clock: number;
	len: number;
}

function flat({ clients }: Decoded['ds']): Deletion[] {
	return [...clients].flatMap(([client, ranges]) => ranges.map(({ clock, len }) => ({ client, clock, len })));
}

function together(deletions: readonly Deletion[]): Decoded['ds'] {
	const clients: Decoded['ds']['clients'] = new Map();
	for (const [client, ranges] of Map.groupBy(deletions, (one) => one.client)) clients.set(client, ranges);
	return { clients };
}

function chunksOf<One>(all: readonly One[], size: number): One[][] {
	return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}
