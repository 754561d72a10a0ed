import { text } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, request, url, getClientAddress }) => {
	const figures = await locals.app.metrics({
		authorization: request.headers.get('authorization'),
		address: getClientAddress(),
		host: url.hostname
	});
	if (figures !== null)
		return new Response(figures, { headers: { 'content-type': 'text/plain; version=0.0.4' } });
	return locals.app.config.metricsToken === null
		? text('Only from this machine; set METRICS_TOKEN to read it from elsewhere.', { status: 403 })
		: text('Send Authorization: Bearer <METRICS_TOKEN>.', {
				status: 401,
				headers: { 'www-authenticate': 'Bearer' }
			});
};
