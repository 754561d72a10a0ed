import { error, redirect } from '@sveltejs/kit';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { RequestHandler } from './$types';

/** What is kept of the person who asks, as a file. */
export const GET: RequestHandler = async ({ locals: { app, person }, url }) => {
	if (!person) redirect(303, '/sign-in?next=/account');
	const as = url.searchParams.get('as') ?? 'json';
	if (as !== 'json' && as !== 'markdown') error(422, 'as is json or markdown.');
	const wait = await app.exports.take(person.id);
	if (wait > 0) error(429, `Wait ${wait} s, then try again.`);
	const all = await app.persons.export(person);
	const [ending, type, text] =
		as === 'json'
			? ['json', 'application/json', `${JSON.stringify(all, null, '\t')}\n`]
			: ['md', 'text/markdown', app.persons.markdown(all, getLocale())];
	return new Response(text, {
		headers: {
			'content-type': `${type}; charset=utf-8`,
			'content-disposition': `attachment; filename="peerloom-${all.at.slice(0, 10)}.${ending}"`,
			'cache-control': 'no-store'
		}
	});
};
