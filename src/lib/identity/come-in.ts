import type { Cookies, RequestEvent } from '@sveltejs/kit';
import { cookieMaxAge, cookieName, isLocale } from '#lib/paraglide/runtime.js';
import type { Entered } from '../../../server/identity/identity.ts';
import { setCookies } from './set-cookies.ts';

/** Takes over the new session's cookies, and the language that the account speaks. */
export async function comeIn({ cookies, locals }: RequestEvent, { setCookie }: Entered): Promise<void> {
	setCookies(cookies, setCookie);
	const cookie = setCookie.map((line) => line.split(';', 1)[0]).join('; ');
	const person = await locals.app.identity.who({ cookie });
	if (person?.locale) setLocaleCookie(cookies, person.locale);
}

/** The cookie that paraglide reads; the page may change it as well. */
export function setLocaleCookie(cookies: Cookies, locale: string): void {
	if (!isLocale(locale)) return;
	cookies.set(cookieName, locale, { path: '/', maxAge: cookieMaxAge, httpOnly: false, sameSite: 'lax' });
}
