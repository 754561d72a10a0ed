import { expect, it } from 'vitest';
import { setCookies } from './set-cookies.ts';

it('hands cookies on with value and attributes as they were', () => {
	const set: [string, string, { encode?: (text: string) => string }][] = [];
	const cookies = { set: (...cookie: (typeof set)[number]) => void set.push(cookie) };
	setCookies(cookies, [
		'peerloom.session_token=abc.x%3D; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure',
		'other=; Max-Age=0; Path=/'
	]);
	expect(set[0]).toMatchObject([
		'peerloom.session_token',
		'abc.x%3D',
		{ maxAge: 60, path: '/', httpOnly: true, secure: true, sameSite: 'lax' }
	]);
	expect(set[1]).toMatchObject(['other', '', { maxAge: 0, httpOnly: false, secure: false }]);
	expect(set[0]?.[2].encode?.('x%3D')).toBe('x%3D');
});
