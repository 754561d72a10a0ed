/** What was asked of the rooms from outside, or why not, as HTTP says it. */
import { refuse, type Refusal } from '#lib/blocks/block.ts';

export type Found<T> =
	{ ok: true; value: T } | { ok: false; status: 403 | 404 | 409 | 422 | 503; refusal: Refusal };

export const notFound: Found<never> = {
	ok: false,
	status: 404,
	refusal: refuse('not_found', 'There is no room with this code. Check the code, or ask whoever invited you.')
};

export const forbidden = (refusal: Refusal): Found<never> => ({ ok: false, status: 403, refusal });

export const invalid = (refusal: Refusal): Found<never> => ({ ok: false, status: 422, refusal });

export const undeleted: Found<never> = {
	ok: false,
	status: 503,
	refusal: refuse('unsaved', 'The room could not be deleted and is still there. Try again in a moment.')
};
