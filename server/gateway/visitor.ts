/** Where a request comes from: its address, and whether its page is one of ours. */
import type { IncomingMessage } from 'node:http';
import type { Config } from '../config.ts';
import { networkOf } from '../identity/limits.ts';
import type { Credentials } from '../identity/token.ts';

/** The address of the peer, or what a trusted proxy says it is; of IPv6 the network, as limits count. */
export function addressOf(request: IncomingMessage, config: Pick<Config, 'trustProxy'>): string {
	const forwarded = config.trustProxy ? request.headers['x-forwarded-for'] : undefined;
	// The proxy adds the address that it saw at the end; what stands before it the client may have made up.
	const seen = (Array.isArray(forwarded) ? forwarded.at(-1) : forwarded)?.split(',').at(-1)?.trim();
	return networkOf(seen || request.socket.remoteAddress || 'unknown');
}

/**
 * A browser always names the page that opens a socket; programs may leave it out. A page of another site must not
 * use the visitor's cookie.
 */
export function sameSite(request: IncomingMessage, config: Pick<Config, 'origins' | 'trustProxy'>): boolean {
	const { origin } = request.headers;
	if (origin === undefined) return true;
	if (config.origins.length > 0) return config.origins.includes(origin);
	const forwarded = config.trustProxy ? request.headers['x-forwarded-host'] : undefined;
	const host = (Array.isArray(forwarded) ? forwarded[0] : forwarded) ?? request.headers.host;
	return URL.canParse(origin) && new URL(origin).host === host;
}

/** What a socket's handshake shows of who it is; `token` is what the client gave expressly. */
export function credentialsOf(request: IncomingMessage, token: string | null): Credentials {
	const { cookie, authorization } = request.headers;
	return { ...(token && { token }), ...(cookie && { cookie }), ...(authorization && { authorization }) };
}
