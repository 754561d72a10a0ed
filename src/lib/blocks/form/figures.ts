/** Figures over the answers to a form. */
import type { Entry, Field } from '../fields.ts';
import type { Figure } from './model.ts';

/** One figure for each field that can be counted and that `least` people or more have answered. */
export function figuresOf(fields: readonly Field[], entries: readonly Entry[], least: number): Figure[] {
	return fields.flatMap((field) => {
		if (field.kind !== 'scale' && field.kind !== 'choice' && field.kind !== 'check') return [];
		const answers = entries.map((entry) => entry[field.name]).filter((answer) => answer !== undefined);
		if (answers.length === 0 || answers.length < least) return [];
		const spread: Record<string, number> = {};
		for (const answer of answers) spread[String(answer)] = (spread[String(answer)] ?? 0) + 1;
		const mean =
			field.kind === 'scale'
				? answers.reduce<number>((sum, answer) => sum + Number(answer), 0) / answers.length
				: null;
		return [{ field: field.name, count: answers.length, mean, spread }];
	});
}
