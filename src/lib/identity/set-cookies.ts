import type { Cookies } from '@sveltejs/kit';

/** Hands `Set-Cookie` values on to SvelteKit, which writes the answer's headers itself. */
export function setCookies(cookies: Pick<Cookies, 'set'>, setCookie: readonly string[]): void {
	for (const line of setCookie) {
		const [pair = '', ...attributes] = line.split(/; */);
		const { name, value } = halves(pair);
		const given = new Map(
			attributes.map((attribute) => {
				const half = halves(attribute);
				return [half.name.toLowerCase(), half.value];
			})
		);
		const maxAge = given.get('max-age');
		cookies.set(name, value, {
			path: given.get('path') ?? '/',
			httpOnly: given.has('httponly'),
			secure: given.has('secure'),
			sameSite: 'lax',
			...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
			// The value is signed and encoded already.
			encode: (text) => text
		});
	}
}

function halves(text: string): { name: string; value: string } {
	const equals = text.indexOf('=');
	return equals < 0
		? { name: text, value: '' }
		: { name: text.slice(0, equals), value: text.slice(equals + 1) };
}
