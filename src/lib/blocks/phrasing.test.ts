import { describe, expect, it } from 'vitest';
import { adviceIn, isQuestion, traitIn } from './phrasing.ts';

describe('the composer hears', () => {
	it.each([
		['Have you tried an e-signature tool for the forms?', 'Have you tried'],
		['Don’t you think it is the staff?', 'Don’t you think'],
		['You should use an e-signature tool.', 'You should'],
		['Is it slow because of the forms?', 'because'],
		['Hast du schon mal versucht, das zu teilen?', 'Hast du schon mal versucht'],
		['Sie sollten mehr Leute einstellen.', 'Sie sollten']
	])('advice in “%s”', (text, words) => {
		expect(adviceIn(text)).toBe(words);
	});

	it.each([
		'What happens between day 3 and day 11?',
		'Who decides a file is complete?',
		'Was passiert an Tag 3?'
	])('no advice in “%s”', (text) => {
		expect(adviceIn(text)).toBeNull();
	});

	it('a word for a trait, and none in what somebody did', () => {
		expect(traitIn('He’s abrasive')).toBe('abrasive');
		expect(traitIn('It is nice to work with him')).toBe('nice');
		expect(traitIn('Er ist ein schroffer Mensch')).toBe('schroffer');
		expect(traitIn('Sie ist unhöflich')).toBe('unhöflich');
		expect(traitIn('Das Wetter war kälter')).toBeNull();
		expect(traitIn('You posted the rule change daily; nobody reworked files.')).toBeNull();
	});

	it('a question by its end', () => {
		expect(isQuestion('Who signs the letter? ')).toBe(true);
		expect(isQuestion('“Who signs?”')).toBe(true);
		expect(isQuestion('Tell me who signs')).toBe(false);
	});
});
