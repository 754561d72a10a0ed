/** How the HTTP API answers, documented in docs/protocol.md. */
import { json } from '@sveltejs/kit';
import type { Failure } from '#lib/blocks/block.ts';
import type { Entered } from '../../../server/entrance.ts';
import type { RoomInfo } from '../../../server/rooms/room.ts';

export function failed(
	status: number,
	{ code, message, field, template, params }: Failure,
	headers?: HeadersInit
): Response {
	const error = {
		code,
		message,
		...(field === undefined ? {} : { field }),
		...(params === undefined ? {} : { template, params })
	};
	return json({ ok: false, error }, { status, ...(headers ? { headers } : {}) });
}

export const unauthenticated = () =>
	failed(401, {
		code: 'unauthenticated',
		message: 'Say who you are: POST /api/guests with a name, or sign in.'
	});

/** `wait`: seconds. */
export const tooFast = (wait: number, message = `That was a lot at once. Wait ${wait} s and try again.`) =>
	failed(429, { code: 'too_fast', message }, { 'retry-after': String(wait) });

export function notEntered(refused: Extract<Entered, { ok: false }>): Response {
	const headers = refused.status === 429 ? { 'retry-after': String(refused.retryAfter) } : undefined;
	return failed(refused.status, refused.refusal, headers);
}

export const tooManyCodes = (wait: number) =>
	tooFast(wait, `Too many wrong codes from your network. Wait ${wait} s, then try again.`);

/** HTTP status of a command's refusal. */
export function statusOf(code: string): number {
	switch (code) {
		case 'not_found':
		case 'unknown':
			return 404;
		case 'forbidden':
		case 'not_member':
		case 'archived':
			return 403;
		case 'invalid':
			return 422;
		case 'too_fast':
			return 429;
		case 'unsaved':
		case 'internal':
			return 503;
		default:
			return 409;
	}
}

export function shown(info: RoomInfo, origin: string) {
	const { room, member, meeting, documents, waiting } = info;
	return {
		room: {
			id: room.id,
			code: room.code,
			url: `${origin}/r/${room.code}`,
			title: room.title,
			format: room.format
		},
		role: member?.role ?? null,
		meeting,
		documents,
		...(waiting ? { waiting } : {})
	};
}

/** The request's JSON, or null where it is none. */
export async function body(request: Request): Promise<{ [key: string]: unknown } | null> {
	try {
		const value: unknown = await request.json();
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
	} catch {
		return null;
	}
}

export const noJson = () =>
	failed(400, { code: 'invalid', message: 'Send a JSON object, with content-type application/json.' });
