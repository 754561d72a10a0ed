/**
 * Why a connection ends. 4400 to 4499 is permanent: y-websocket 3 (and whoever follows its convention) does not come
 * back by itself. Everything else is tried again, with growing pauses.
 */
export const CLOSE = {
	shuttingDown: 1001,
	unauthenticated: 4401,
	forbidden: 4403,
	unknown: 4404,
	gone: 4409,
	replaced: 4410,
	tooLarge: 4413,
	invalid: 4422,
	tooFast: 4429,
	failed: 4500,
	rewritten: 4501,
	overloaded: 4503,
	crowded: 4529
} as const;

export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

/** For figures and logs. */
export const NAMES = Object.fromEntries(
	Object.entries(CLOSE).map(([name, code]) => [code, name])
) as Readonly<Record<CloseCode, string>>; // each code has one name: `CLOSE` is read the other way round

/** What the client is told; at most 123 bytes each, as WebSocket wants it. */
export const REASONS: Readonly<Record<CloseCode, string>> = {
	1001: 'The server is shutting down. Connect again.',
	4401: 'Sign in, then connect again.',
	4403: 'You have no access to this document.',
	4404: 'There is no such document.',
	4409: 'This document was deleted.',
	4410: "This document's history was replaced. Drop your copy and open it anew.",
	4413: 'Too large. Nothing of it was saved; make it smaller.',
	4422: 'Not a valid message. Nothing of it was saved.',
	4429: 'Too many messages. Slow down.',
	4501: 'The document was written anew. Connect again.',
	4500: 'The document could not be read or saved. Try again.',
	4503: 'The server is busy. Try again in a moment.',
	4529: 'Too many connections are open. Close some, then connect again.'
};
