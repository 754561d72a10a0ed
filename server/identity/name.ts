import { IdentityError } from './error.ts';

const longest = 80;
/** Control characters, and marks that turn the reading direction of what follows. */
const forbidden = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
/** At least one character that shows. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** A person's name as it is kept: trimmed, 1 to 80 characters. Throws `IdentityError`. */
export function parseName(input: unknown): string {
	const name = typeof input === 'string' ? input.normalize('NFC').trim() : '';
	if (!visible.test(name)) throw refused('Enter a name.');
	if ([...name].length > longest) throw refused(`The name must have at most ${longest} characters.`);
	if (forbidden.test(name)) throw refused('The name must not contain control characters.');
	return name;
}

function refused(message: string): IdentityError {
	return new IdentityError('name-invalid', message, { field: 'name' });
}
