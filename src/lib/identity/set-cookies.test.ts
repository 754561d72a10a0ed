import type { Cookies } from '@sveltejs/kit';
import { expect, it } from 'vitest';
import { setCookies } from './set-cookies.ts';

it('hands cookies on with value and attributes as they were', () => {
	const set: [string, string, Record<string, unknown>][] = [];
	const cookies = { set: (...cookie: [string, string, Record<string, unknown>]) => set.push(cookie) };
	setCookies(cookies as unknown as Cookies, [
		'peerloom.session_token=abc.x%3D; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure',
		'other=; Max-Age=0; Path=/'
	]);
	expect(set[0]).toMatchObject([
		'peerloom.session_token',
		'abc.x%3D',
		{ maxAge: 60, path: '/', httpOnly: true, secure: true, sameSite: 'lax' }
	]);
	expect(set[1]).toMatchObject(['other', '', { maxAge: 0, httpOnly: false, secure: false }]);
	expect((set[0]?.[2].encode as (text: string) => string)('x%3D')).toBe('x%3D');
});
