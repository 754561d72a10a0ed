import type { RequestEvent } from '@sveltejs/kit';
import type { Visit } from '../../../server/identity/door.ts';

/** The request and where it comes from, as identity asks for it. */
export function visitOf({ request, getClientAddress }: RequestEvent): Visit {
	return { request, address: getClientAddress() };
}
