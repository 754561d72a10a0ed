import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) =>
	new Response(await locals.app.metrics(), { headers: { 'content-type': 'text/plain; version=0.0.4' } });
