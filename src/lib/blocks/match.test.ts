import { expect, it } from 'vitest';
import { excerpt, isMeant } from './match.ts';

it('means a text in which one of each group begins a word, whatever its marks and capitals', () => {
	expect(isMeant('Über die Größe', [['uber'], ['grö', 'x']])).toBe(true);
	expect(isMeant('Über die Größe', [['größe'], ['klein']])).toBe(false);
	expect(isMeant('Übergröße', [['größe']])).toBe(false);
	expect(isMeant('anything', [['']])).toBe(true);
});

it('shows a part of the text around what was looked for, and marks it', () => {
	const long = Array.from({ length: 90 }, (_, index) => (index === 60 ? 'Heron' : `w${index}`)).join(' ');
	const parts = excerpt(long, [['heron']]);
	expect(parts.filter(({ hit }) => hit)).toEqual([{ text: 'Heron', hit: true }]);
	expect(parts.at(0)).toEqual({ text: '…', hit: false });
	expect(parts.at(-1)).toEqual({ text: '…', hit: false });
	expect(parts.length).toBeLessThan(60);
	expect(excerpt('a heron', [['heron']]).map(({ text }) => text)).toEqual(['a', ' ', 'heron']);
});
