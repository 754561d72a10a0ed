import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import type { RequestHandler } from './$types';

/** Calendars ask for it without a session; the address is the key. */
export const GET: RequestHandler = async ({ params, url, locals: { app }, getClientAddress }) => {
	const wait = await app.searches.take(getClientAddress());
	if (wait > 0) error(429, m.week_feed_slow());
	const file = await app.feed.read(params.secret.replace(/\.ics$/, ''), url.origin, Date.now());
	if (file === null) error(404, m.week_feed_gone());
	return new Response(file, {
		headers: {
			'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
			'content-disposition': 'inline; filename="peerloom.ics"',
			'cache-control': 'private, max-age=300',
			'x-robots-tag': 'noindex'
		}
	});
};
