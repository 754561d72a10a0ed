import { afterAll, beforeAll, expect, it } from 'vitest';
import { actionLearning } from '#lib/formats/action-learning.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { refusedIn } from './refused.ts';

beforeAll(() => overwriteGetLocale(() => 'de'));
afterAll(() => overwriteGetLocale(() => 'en'));

it('says a refusal in the reader’s language by its code', () => {
	const said = refusedIn(actionLearning, { code: 'passed', message: 'Somebody moved on.' });
	expect(said).toBe('Jemand war schneller. Bitte noch einmal hinsehen.');
});

it('says a gate’s reason as the format gives it', () => {
	const gate = actionLearning.phases.flatMap((phase) => phase.gate ?? [])[0]!;
	expect(gate.because.de).toBeTruthy();
	expect(refusedIn(actionLearning, { code: 'gate', message: gate.because.en })).toBe(gate.because.de);
});

it('keeps the server’s own words where it knows no others', () => {
	expect(refusedIn(actionLearning, { code: 'toString', message: 'As it is.' })).toBe('As it is.');
});
