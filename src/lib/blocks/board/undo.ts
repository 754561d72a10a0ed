/** Undo of one person's own changes, which never takes away what others have written since. */
import * as Y from 'yjs';
import { groupsOf, linksOf, notesOf } from './model.ts';

export function createUndo(doc: Y.Doc, origin: unknown): Y.UndoManager {
	const roots = [notesOf(doc), groupsOf(doc), linksOf(doc)];
	return new Y.UndoManager(roots, {
		trackedOrigins: new Set([origin]),
		captureTimeout: 400,
		deleteFilter: (item) =>
			item.content instanceof Y.ContentString || !othersWroteIn(item, roots, doc.clientID)
	});
}

/** Has somebody else text in the note or the group that this item is, or belongs to? */
function othersWroteIn(item: Y.Item, roots: readonly Y.Map<Y.Map<unknown>>[], me: number): boolean {
	let entry: Y.Item | null = item;
	while (entry && !roots.some((root) => entry?.parent === root)) {
		entry = entry.parent instanceof Y.AbstractType ? entry.parent._item : null;
	}
	const content = entry?.content instanceof Y.ContentType ? entry.content.type : null;
	if (!(content instanceof Y.Map)) return false;
	for (const value of content.values()) {
		if (!(value instanceof Y.Text)) continue;
		for (let part = value._start; part; part = part.right) {
			if (!part.deleted && part.countable && part.id.client !== me) return true;
		}
	}
	return false;
}
