import * as v from 'valibot';

const email = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.maxLength(200), v.email());

/** As addresses are kept and compared: in small letters. Null: it is none. */
export function emailOf(text: unknown): string | null {
	const parsed = v.safeParse(email, text);
	return parsed.success ? parsed.output : null;
}
