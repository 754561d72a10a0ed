/** The way of a request to better-auth: which paths are open, how often, under which origin. */
import type { Config } from '../config.ts';
import { authPath } from './auth.ts';
import { fromAuth, refusal, tooMany } from './error.ts';
import { arrivalsFrom, createLimiter, networkOf } from './limits.ts';

/** A request and where it comes from: the address of the peer, or what a trusted proxy says it is. */
export interface Visit {
	request: Request;
	address: string;
}

export interface Door {
	/** Counts a new guest; throws 'too-many'. */
	admitGuest(visit: Visit): Promise<void>;
	/** Posts to better-auth on behalf of a page's form; throws `IdentityError`. */
	enter(path: string, body: Json, visit: Visit): Promise<{ setCookie: string[]; answer: Json }>;
	handler(visit: Visit): Promise<Response>;
	/** The cookies, with `Secure` where the visit came by https. */
	secured(setCookie: string[], visit: Visit): string[];
}

type Json = { [key: string]: unknown };

/** What of better-auth can be reached from outside. Guests come by /api/guests, names change on the account page. */
const open = new Set([
	'/sign-up/email',
	'/sign-in/email',
	'/sign-in/social',
	'/magic-link/verify',
	'/callback/oidc',
	'/get-session',
	'/change-password',
	'/sign-out'
]);

const minute = 60;

export function createDoor(
	auth: (request: Request) => Promise<Response>,
	config: Pick<Config, 'origins' | 'limits' | 'connections'>
): Door {
	const lifted = !config.limits;
	// A whole company may come from one address; a single mailbox is only ever one person's.
	const arrivals = arrivalsFrom(config.connections.address);
	const guests = createLimiter({ ...arrivals.guests, lifted });
	const visits = createLimiter({ ...arrivals.visits, lifted });
	// each takes a fifth of a second of a processor
	const passwords = createLimiter({ points: 300, seconds: minute, lifted });
	const signUps = createLimiter({ points: 60, seconds: minute, lifted });
	const attempts = createLimiter({ points: 10, seconds: 10 * minute, lifted });
	const letters = createLimiter({ points: 5, seconds: 10 * minute, lifted });

	/** Behind a proxy, or under a forged Host, the address of a request may be none of ours. */
	function origin(request: Request): string {
		const asked = new URL(request.url).origin;
		return config.origins[0] === undefined || config.origins.includes(asked) ? asked : config.origins[0];
	}

	function secured(setCookie: string[], { request }: Visit): string[] {
		if (!origin(request).startsWith('https:')) return setCookie;
		return setCookie.map((cookie) => (/; *secure/i.test(cookie) ? cookie : `${cookie}; Secure`));
	}

	async function count(path: string, email: string, from: string): Promise<void> {
		const address = networkOf(from);
		const waits = [visits.take(address)];
		if (path === '/sign-up/email') waits.push(signUps.take(address));
		if (path === '/sign-in/email') waits.push(attempts.take(email), passwords.take(address));
		if (path === '/change-password') waits.push(attempts.take(`address ${address}`));
		if (path === '/sign-in/magic-link') waits.push(letters.take(email));
		const wait = Math.max(...(await Promise.all(waits)));
		if (wait > 0) throw tooMany(wait);
	}

	async function pass(path: string, request: Request, email: string, visit: Visit): Promise<Response> {
		await count(path, email, visit.address);
		const response = await auth(request);
		if (path === '/sign-in/email' && response.ok) await attempts.forget(email);
		return response;
	}

	return {
		secured,
		async admitGuest({ address }) {
			const wait = await guests.take(networkOf(address));
			if (wait > 0) throw tooMany(wait);
		},
		async enter(path, body, visit) {
			const base = origin(visit.request);
			const headers = new Headers({ 'content-type': 'application/json', origin: base });
			for (const name of ['cookie', 'authorization', 'user-agent']) {
				const value = visit.request.headers.get(name);
				if (value) headers.set(name, value);
			}
			const request = new Request(base + authPath + path, {
				method: 'POST',
				headers,
				body: JSON.stringify(body)
			});
			const response = await pass(path, request, emailIn(body), visit);
			const answer = asJson(await response.text());
			if (!response.ok)
				throw fromAuth(response.status, typeof answer.code === 'string' ? answer.code : undefined);
			return { setCookie: secured(response.headers.getSetCookie(), visit), answer };
		},
		async handler(visit) {
			const { method, headers, url } = visit.request;
			const { pathname, search } = new URL(url);
			const path = pathname.slice(authPath.length);
			if (!open.has(path)) return Response.json({ code: 'not-found' }, { status: 404 });
			const body = method === 'GET' || method === 'HEAD' ? undefined : await visit.request.text();
			const request = new Request(origin(visit.request) + pathname + search, { method, headers, body });
			try {
				const response = await pass(path, request, emailIn(asJson(body ?? '')), visit);
				const cookies = secured(response.headers.getSetCookie(), visit);
				const answer = new Response(response.body, response);
				answer.headers.delete('set-cookie');
				for (const cookie of cookies) answer.headers.append('set-cookie', cookie);
				return answer;
			} catch (error) {
				return refusal(error);
			}
		}
	};
}

function emailIn(body: Json): string {
	return typeof body.email === 'string' ? body.email.trim().toLowerCase() : '';
}

function asJson(text: string): Json {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? (value as Json) : {};
	} catch {
		return {};
	}
}
