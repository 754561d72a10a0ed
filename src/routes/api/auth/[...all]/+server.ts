import { visitOf } from '#lib/identity/visit.ts';
import type { RequestHandler } from './$types';

const handle: RequestHandler = (event) => event.locals.app.identity.handler(visitOf(event));

export const GET = handle;
export const POST = handle;
