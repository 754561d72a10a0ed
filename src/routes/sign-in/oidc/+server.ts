import { redirect } from '@sveltejs/kit';
import { attempt } from '#lib/identity/attempt.ts';
import { nextPage } from '#lib/identity/next.ts';
import { setCookies } from '#lib/identity/set-cookies.ts';
import { visitOf } from '#lib/identity/visit.ts';
import type { RequestHandler } from './$types';

/** A link and no form: the page's policy lets forms lead to our own origin only. */
export const GET: RequestHandler = async (event) => {
	const next = nextPage(event.url.searchParams.get('next'));
	const started = await attempt(() => event.locals.app.identity.oidc(next, visitOf(event)));
	if (!started.ok) redirect(303, `/sign-in?error=${started.problem.code}&next=${encodeURIComponent(next)}`);
	setCookies(event.cookies, started.value.setCookie);
	redirect(303, started.value.url);
};
