/** The six characters by which people find a room. */
import { randomBytes } from 'node:crypto';
import type { Store } from '../storage/store.ts';

/** Without letters and digits that are taken for one another when read aloud or off a wall. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 6;

/** As people type it: with spaces, dashes, small letters. */
export function normaliseCode(text: string): string {
	return text.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
}

export const isCode = (text: string) => text.length <= 40 && normaliseCode(text).length === CODE_LENGTH;

/** A code that no room has. */
export async function freeCode(store: Store): Promise<string> {
	for (;;) {
		const code = newCode();
		if (!(await store.roomByCode(code))) return code;
	}
}

function newCode(): string {
	let code = '';
	while (code.length < CODE_LENGTH) {
		const byte = randomBytes(1)[0]!;
		// The bytes above would make the first letters likelier.
		if (byte < 240) code += LETTERS[byte % LETTERS.length];
	}
	return code;
}
