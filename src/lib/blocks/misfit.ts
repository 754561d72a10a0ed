/** What does not fit a schema, said as a refusal: of a command's payload, of what makes a room. */
import * as v from 'valibot';
import { refuse, type Refusal } from './refusal.ts';

type Issue = v.BaseIssue<unknown>;

/** As valibot says it where a schema has no words of its own. */
const notOurs = /^Invalid [^:]+: (?:Expected|Received) /;

/** The refusal of a payload that its schema does not take: what is wrong with the first thing that is. */
export function misfit([issue]: readonly [Issue, ...Issue[]]): Refusal {
	const field = v.getDotPath(issue) ?? undefined;
	if (!notOurs.test(issue.message))
		return {
			refused: true,
			code: 'invalid',
			message: issue.message,
			...(field === undefined ? {} : { field })
		};
	const { input, requirement } = issue;
	const limit = typeof requirement === 'number' ? requirement : 0;
	const expected = issue.expected ?? '';
	if (input === undefined)
		return refuse('invalid', 'Something is missing: {field}.', field, { field: field ?? expected });
	switch (issue.type) {
		case 'max_length':
			return typeof input === 'string'
				? refuse('invalid', 'Use at most {most} characters; these are {given}.', field, {
						most: limit,
						given: input.length
					})
				: refuse('invalid', 'That is too many: {most} at most.', field, { most: limit });
		case 'min_length':
			if (typeof input !== 'string')
				return refuse('invalid', 'That is too few: {least} at least.', field, { least: limit });
			return limit <= 1
				? refuse('invalid', 'Write something first.', field)
				: refuse('invalid', 'Use at least {least} characters.', field, { least: limit });
		case 'max_value':
			return refuse('invalid', 'That is too much: {most} at most.', field, { most: limit });
		case 'min_value':
			return refuse('invalid', 'That is too little: {least} at least.', field, { least: limit });
		case 'integer':
			return refuse('invalid', 'This takes a whole number.', field);
		case 'picklist':
		case 'literal':
		case 'variant':
			return refuse('invalid', 'Choose one of these: {choices}.', field, { choices: choicesOf(expected) });
		default:
			return refuse('invalid', 'This is not what belongs here: {given} instead of {expected}.', field, {
				given: short(issue.received),
				expected
			});
	}
}

/** What is given back is what somebody can read; they know themselves what they sent. */
const LONGEST = 40;
const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** `("a" | "b")` → `a, b`. */
function choicesOf(expected: string): string {
	return expected
		.replace(/^\((.*)\)$/, '$1')
		.replaceAll('"', '')
		.replaceAll(' | ', ', ');
}
