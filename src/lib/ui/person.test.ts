import { describe, expect, it } from 'vitest';
import { initials, personColour } from './person.ts';

describe('initials', () => {
	it.each([
		['Kofi Mensah', 'KM'],
		['Ana Lucić', 'AL'],
		['Dr. Maximiliane Wittgenstein-Hohenfelsen (Risikocontrolling)', 'MW'],
		['J. R. Tolkien', 'JT'],
		['Priya', 'P'],
		['øyvind åsen', 'ØÅ'],
		['  李 小龙 ', '李小'],
		['Prof. Dr.', 'PD']
	])('of "%s" are %s', (name, expected) => {
		expect(initials(name)).toBe(expected);
	});

	it('are a question mark where a name has no letter', () => {
		expect(initials('🙂')).toBe('?');
		expect(initials('')).toBe('?');
	});
});

describe('a person’s colour', () => {
	it('goes by the order of joining and round again after six', () => {
		expect([0, 1, 5, 6, 13].map(personColour)).toEqual([1, 2, 6, 1, 2]);
	});

	it('is a colour for somebody without a place, too', () => {
		expect(personColour(-1)).toBe(6);
	});
});
