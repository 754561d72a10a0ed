/** Where a session's token stands in a request, and whether its signature is ours. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const cookiePrefix = 'peerloom';
export const sessionCookie = `${cookiePrefix}.session_token`;

/** What a request shows: headers, or of a socket's handshake the parts that matter. */
export type Credentials = Headers | { cookie?: string; authorization?: string; token?: string };

/** The token that the request shows, or null. What is shown expressly goes before the cookie. */
export function shownToken(credentials: Credentials, secret: string): string | null {
	const shown = credentials instanceof Headers ? fromHeaders(credentials) : credentials;
	if (shown.token) return bearerToken(shown.token, secret);
	if (shown.authorization) {
		const bearer = /^bearer +(\S+)$/i.exec(shown.authorization.trim());
		return bearer?.[1] ? bearerToken(bearer[1], secret) : null;
	}
	const value = shown.cookie && cookieValue(shown.cookie, sessionCookie);
	return value ? signedToken(value, secret) : null;
}

function fromHeaders(headers: Headers): Exclude<Credentials, Headers> {
	const cookie = headers.get('cookie');
	const authorization = headers.get('authorization');
	return { ...(cookie && { cookie }), ...(authorization && { authorization }) };
}

/** As a bearer goes the token alone, or the signed one of the cookie. */
function bearerToken(value: string, secret: string): string | null {
	return value.includes('.') || value.includes('%') ? signedToken(value, secret) : value;
}

/** better-auth signs `<token>.<HMAC-SHA-256 of it, base64>` and percent-encodes the whole. */
function signedToken(value: string, secret: string): string | null {
	const text = decode(value);
	const dot = text.lastIndexOf('.');
	if (dot < 1) return null;
	const token = text.slice(0, dot);
	const expected = createHmac('sha256', secret).update(token).digest();
	const given = Buffer.from(text.slice(dot + 1), 'base64');
	return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

function cookieValue(header: string, name: string): string | null {
	for (const part of header.split(';')) {
		const equals = part.indexOf('=');
		if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
	}
	return null;
}

function decode(value: string): string {
	try {
		return decodeURIComponent(value);
	} catch {
		return value;
	}
}
