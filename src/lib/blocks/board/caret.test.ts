import { expect, it } from 'vitest';
import { caretAfter } from './caret.ts';

it('stays before what somebody writes behind it', () => {
	expect(caretAfter(2, 'half', 'half the wait')).toBe(2);
});

it('moves along with what somebody writes before it', () => {
	expect(caretAfter(4, 'half', 'now half')).toBe(8);
});

it('goes to the end of what replaced the words around it', () => {
	expect(caretAfter(6, 'one two six', 'one three six')).toBe(6);
	expect(caretAfter(3, 'abcdef', 'af')).toBe(1);
});
