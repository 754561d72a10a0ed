import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { discussion } from '#lib/formats/discussion.ts';
import type { History } from './history.ts';
import { Replay } from './replay.svelte.ts';

/** What each of these changes wrote, one update each. */
function updates(...changes: ((notes: Y.Map<string>) => void)[]): Uint8Array[] {
	const doc = new Y.Doc();
	doc.clientID = 7;
	const made: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => made.push(update));
	for (const change of changes) doc.transact(() => change(doc.getMap('notes')));
	doc.destroy();
	return made;
}

const [first, second, third, removed] = updates(
	(notes) => notes.set('a', 'first'),
	(notes) => notes.set('b', 'second'),
	(notes) => notes.set('a', 'third'),
	(notes) => notes.delete('b')
) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];

/** A log of one document, at 1, 2, 3 … */
function replayOf(log: readonly Uint8Array[]): Replay {
	const changes = log.map((update, at) => ({ at: at + 1, update: btoa(String.fromCharCode(...update)) }));
	const history: History = {
		...{ meeting: 1, format: discussion, cut: false },
		documents: { record: [], notes: changes }
	};
	return new Replay(history, 0);
}

const shown = (replay: Replay) => replay.run.docs.get('notes')!.getMap('notes').toJSON();

it.each([
	['in order', [first, second, third, removed]],
	['backwards', [removed, third, second, first]],
	['with what it builds on in the middle', [third, first, removed, second]],
	['twice over', [second, second, first, removed, third, first]]
])('a log that stands %s shows at its end what everybody had', (_, log) => {
	const replay = replayOf(log);
	for (let at = 0; at <= log.length; at++) replay.at = at;
	expect(shown(replay)).toEqual({ a: 'third' });
	replay.stop();
});

it('what builds on a later change is shown from that one on, and gone again in what was before', () => {
	const replay = replayOf([second, first]);
	replay.at = 1;
	expect(shown(replay)).toEqual({});
	replay.at = 2;
	expect(shown(replay)).toEqual({ a: 'first', b: 'second' });
	replay.at = 1;
	expect(shown(replay)).toEqual({});
	expect([replay.beside('back'), replay.beside('on')]).toEqual([null, 2]);
	replay.stop();
});

it('where what changes build on is missing, what does not build on it is shown all the same', () => {
	const other = new Y.Doc();
	other.getMap('notes').set('c', 'of somebody else');
	const replay = replayOf([second, Y.encodeStateAsUpdate(other), removed]);
	replay.at = 3;
	expect(shown(replay)).toEqual({ c: 'of somebody else' });
	replay.stop();
});
