import { AsyncLocalStorage } from 'node:async_hooks';
import { sequence } from '@sveltejs/kit/hooks';
import { error, type Handle, type HandleServerError } from '@sveltejs/kit';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { languagesIn, readRegionFrom, regionOf } from '#lib/ui/region.ts';
import type { App as Peerloom } from '../server/app.ts';

/** Where the server leaves the running app for us; see server/instance.ts. */
const running = () =>
	(globalThis as { [key: symbol]: unknown })[Symbol.for('peerloom.app')] as Peerloom | undefined;

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Kit looks at forms alone, so a page of another site could post JSON. A browser always names the page that asks;
 * programs may leave it out.
 */
function isForeign({ headers, method }: Request, url: URL, { origins }: Peerloom['config']): boolean {
	const origin = headers.get('origin');
	if (origin === null || READING.has(method)) return false;
	if (origins.length > 0) return !origins.includes(origin);
	return !URL.canParse(origin) || new URL(origin).host !== url.host;
}

const app: Handle = async ({ event, resolve }) => {
	const current = running();
	if (!current) error(503, 'The server is starting. Try again in a moment.');
	if (isForeign(event.request, event.url, current.config))
		error(403, 'A page of another site may not do this.');
	event.locals.app = current;
	event.locals.person = await current.identity.who(event.request.headers);
	const response = await resolve(event);
	if (response.status >= 400 && response.status < 500)
		current.observer.refused('http', String(response.status));
	return response;
};

/** Where the reader of the page that is being rendered lives. */
const region = new AsyncLocalStorage<string>();
readRegionFrom(() => region.getStore());

const language: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, ({ request, locale }) => {
		event.request = request;
		const theme = event.cookies.get('theme');
		const chosen = theme === 'light' || theme === 'dark' ? theme : '';
		const here = regionOf(locale, languagesIn(request.headers.get('accept-language')));
		return region.run(here, () =>
			resolve(event, {
				transformPageChunk: ({ html }) =>
					html
						.replace('%lang%', locale)
						.replace('%region%', here)
						.replace('data-theme="%theme%"', chosen ? `data-theme="${chosen}"` : '')
			})
		);
	});

export const handle = sequence(app, language);

/** The route and not the address: that holds rooms' codes and whatever else somebody typed. */
export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (status >= 500) running()?.log.error({ err: error, route: event.route.id }, 'A page failed');
	return { message };
};
