import { expect, it } from 'vitest';
import { formats } from './index.ts';
import { threadOf } from './thread.ts';

const ids = (name: string) => threadOf(formats[name]!).map(({ phase }) => phase.id);

it('a meeting’s thread is its own phases, each as long as it takes', () => {
	expect(ids('discussion')).toEqual(['P1', 'P2', 'P3', 'P4', 'P5']);
	expect(threadOf(formats.discussion!).map(({ length }) => length)).toEqual([5, 4, 3, 28, 5]);
});

it('where the meeting is one step of a longer way, the thread is the whole way', () => {
	expect(ids('peer-review')).toEqual(['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7']);
});
