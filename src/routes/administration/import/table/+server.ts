import { getLocale } from '#lib/paraglide/runtime.js';
import { administratorOf, orError } from '#lib/workspace/guard.ts';
import type { RequestHandler } from './$types';

/** The template, or with `?of=people` everybody, as a table that the import reads. */
export const GET: RequestHandler = async (event) => {
	const by = administratorOf(event);
	const what = event.url.searchParams.get('of') === 'people' ? 'people' : 'template';
	const table = orError(await event.locals.app.workspace.table(by, what, getLocale()));
	return new Response(table, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="peerloom-${what}.csv"`,
			'cache-control': 'no-store'
		}
	});
};
