import { text } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** It may be given requests: the store answers and it is not stopping. */
export const GET: RequestHandler = async ({ locals }) =>
	(await locals.app.ready()) ? text('ready') : text('not ready', { status: 503 });
