/** Documents made anew, so that nothing of what was taken out is left in their history. Pure. */
import { randomInt } from 'node:crypto';
import * as Y from 'yjs';
import type { Json, Tables } from '#lib/blocks/block.ts';
import type { Loaded } from '../storage/store.ts';
import { mentions, scrubbed, type Erased } from './forgetting.ts';
import { docOf } from './past.ts';
import { Publication, readTables } from './publication.ts';

/** Whatever its events are. */
type Shared = Y.Map<unknown> | Y.XmlElement | (Y.Doc['share'] extends Map<string, infer Type> ? Type : never);

/**
 * A document that only the server writes, from its tables alone: a deleted key of a Y.Map is kept for ever, and keys
 * name people. Whoever has the old one open has to drop it (close code 4410).
 */
export function republish(loaded: Loaded, change: (instance: string, tables: Tables) => Tables): Uint8Array {
	const old = docOf(loaded);
	const projections = new Map<string, Tables>();
	for (const instance of old.share.keys())
		projections.set(instance, change(instance, readTables(old, instance)));
	old.destroy();
	return new Publication('', null).write(projections) ?? Y.encodeStateAsUpdate(new Y.Doc());
}

/**
 * A co-written document: whoever has it open goes on with it, so its parts stay what they are, and only values that
 * name the person change. Yjs drops the content of what is deleted.
 */
export function disowned(doc: Y.Doc, who: Erased): Uint8Array {
	doc.clientID = randomInt(2 ** 32);
	doc.transact(() => {
		for (const [name, type] of doc.share) disownType(isMap(type) ? doc.getMap(name) : type, who);
	});
	const state = Y.encodeStateAsUpdate(doc);
	doc.destroy();
	return state;
}

/** A root's kind is known only to whoever uses it; what is keyed is a map, or an element with attributes. */
const isMap = (type: Shared): boolean => type._map.size > 0 && type._start === null;

function disownType(type: Shared, who: Erased): void {
	const children: Shared[] = [];
	if (type instanceof Y.Map) {
		const map: Y.Map<unknown> = type;
		for (const [key, value] of [...map.entries()]) {
			if (value instanceof Y.AbstractType) children.push(value);
			else if (mentions(value, who)) map.set(key, scrubbed(value as Json, who)); // what is no type and no bytes is JSON
		}
	} else if (type instanceof Y.XmlElement) {
		for (const [name, value] of Object.entries(type.getAttributes()))
			if (typeof value === 'string' && mentions(value, who)) type.setAttribute(name, scrubbed(value, who));
	}
	for (let item = type._start; item !== null; item = item.right)
		if (!item.deleted && item.content instanceof Y.ContentType) children.push(item.content.type);
	for (const child of children) disownType(child, who);
}
