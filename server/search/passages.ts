/** What of a document can be found, as the blocks that use it declare. Pure. */
import type * as Y from 'yjs';
import type { Block } from '#lib/blocks/block.ts';
import { passagesIn, writtenIn } from '#lib/blocks/finds.ts';
import type { Format, Use } from '#lib/formats/format.ts';
import { parseDocument } from '../rooms/access.ts';
import { readTables } from '../rooms/publication.ts';
import type { Registry } from '../rooms/world.ts';
import type { IndexedPassage } from '../storage/search-store.ts';

/** By instance. Under one name all methods of a format mean the same block. */
function usesOf({ blocks, presets = {} }: Format): Map<string, Use> {
	return new Map(
		[...Object.values(presets).map((preset) => preset.blocks ?? {}), blocks].flatMap((all) =>
			Object.entries(all)
		)
	);
}

/** In each method of the format that has it. */
const settingsOf = ({ blocks, presets = {} }: Format, instance: string) =>
	[blocks, ...Object.values(presets).map((preset) => preset.blocks ?? {})].map(
		(uses) => uses[instance]?.settings
	);

/** The short names under which the format knows each person's own document. */
const ownNames = ({ documents, presets = {} }: Format): Set<string> =>
	new Set(
		[documents, ...Object.values(presets).map((preset) => preset.documents ?? {})].flatMap((all) =>
			Object.entries(all).flatMap(([short, { scope }]) => (scope === 'person' ? [short] : []))
		)
	);

/** `name`: full, without the room. */
export function passagesOf(
	format: string,
	name: string,
	doc: Y.Doc,
	{ formats, blocks }: Registry
): IndexedPassage[] {
	const known = formats[format];
	const short = parseDocument(name)?.short;
	if (!known || short === undefined) return [];
	const uses = [...usesOf(known)].flatMap(([instance, use]): [string, Use, Block][] => {
		const block = blocks[use.block];
		return block?.finds ? [[instance, use, block]] : [];
	});
	if (short === 'record' || short === 'desk')
		return uses.flatMap(([instance, , { finds }]) =>
			passagesIn(readTables(doc, instance), finds?.published, writtenIn(settingsOf(known, instance))).map(
				(one) => ({ instance, ...one })
			)
		);
	const own = short.startsWith('own/') ? ownNames(known) : new Set([short]);
	const showing = uses.filter(([, { document }]) => document !== undefined && own.has(document));
	// Where no instance is named for it, a block opens it by its name: each says whether it finds anything.
	const reading = showing.length > 0 ? showing.slice(0, 1) : onceEach(uses);
	const found = new Map<string, IndexedPassage>();
	for (const [instance, , { finds }] of reading)
		for (const one of finds?.written?.(doc) ?? []) found.set(`${instance}/${one.item}`, { instance, ...one });
	return [...found.values()];
}

function onceEach(uses: readonly [string, Use, Block][]): [string, Use, Block][] {
	const seen = new Set<string>();
	return uses.filter(([, { block, document }]) => {
		if (document !== undefined || seen.has(block)) return false;
		seen.add(block);
		return true;
	});
}
