import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browser, setUp } from './harness.ts';

/** A sign-on provider that lets everybody in as Ada. */
interface Provider {
	issuer: string;
	server: Server;
	/** The nonce that the browser brought to the provider. */
	nonce: string | null;
}

const clientId = 'peerloom';
let provider: Provider;

beforeEach(async () => {
	const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const server = createServer((request, response) => {
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(answer(request.url ?? '/')));
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	provider = { issuer, server, nonce: null };

	function answer(path: string): object {
		if (path.startsWith('/.well-known')) {
			return {
				issuer,
				authorization_endpoint: `${issuer}/authorize`,
				token_endpoint: `${issuer}/token`,
				jwks_uri: `${issuer}/keys`,
				id_token_signing_alg_values_supported: ['RS256']
			};
		}
		if (path === '/keys')
			return { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256' }] };
		const now = Math.floor(Date.now() / 1000);
		const claims = {
			iss: issuer,
			aud: clientId,
			sub: 'ada-1',
			name: 'Ada Lovelace',
			email: 'ada@example.com',
			email_verified: true,
			nonce: provider.nonce,
			iat: now,
			exp: now + 60
		};
		return { access_token: 'a', token_type: 'Bearer', id_token: signed(claims, privateKey) };
	}
});

afterEach(() => {
	provider.server.close();
});

function signed(claims: object, key: KeyObject): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const text = `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}`;
	return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
}

function configured() {
	const oidc = { issuer: provider.issuer, clientId, clientSecret: 'hush', name: 'Example ID' };
	return setUp({ oidc });
}

type Identity = Awaited<ReturnType<typeof setUp>>['identity'];

/** Goes to the provider and comes back. */
async function goRound(identity: Identity, tab: ReturnType<typeof browser>): Promise<Response> {
	const { url, setCookie } = await identity.oidc('/rooms', tab.visit());
	tab.take(setCookie);
	const asked = new URL(url);
	expect(asked.searchParams.get('redirect_uri')).toBe('http://localhost:3000/api/auth/callback/oidc');
	provider.nonce = asked.searchParams.get('nonce');
	const state = encodeURIComponent(asked.searchParams.get('state') ?? '');
	return identity.handler(tab.visit(`/api/auth/callback/oidc?code=c&state=${state}`));
}

describe('single sign-on', () => {
	it('keeps the guest who comes back from the provider, and finds the account the next time', async () => {
		const { identity } = await configured();
		expect(identity.ways.oidc).toBe('Example ID');
		const tab = browser();
		const guest = await identity.guest('A.', tab.visit());
		tab.take(guest.setCookie);
		const back = await goRound(identity, tab);
		expect(back.headers.get('location')).toMatch(/\/rooms$/);
		tab.take(back.headers.getSetCookie());
		const person = await identity.who({ cookie: tab.cookie() });
		expect(person).toMatchObject({
			id: guest.person.id,
			name: 'Ada Lovelace',
			account: true,
			email: 'ada@example.com'
		});

		const elsewhere = browser();
		elsewhere.take((await goRound(identity, elsewhere)).headers.getSetCookie());
		expect(await identity.who({ cookie: elsewhere.cookie() })).toEqual(person);
	});

	it('sends those with a foreign state back to the sign-in page', async () => {
		const { identity } = await configured();
		const back = await identity.handler(browser().visit('/api/auth/callback/oidc?code=c&state=forged'));
		expect(back.status).toBe(302);
		expect(back.headers.get('location')).toContain('/sign-in?error=');
		expect(back.headers.getSetCookie().join()).not.toContain('session_token');
	});

	it('is not there where none is configured', async () => {
		const { identity } = await setUp();
		await expect(identity.oidc('/', browser().visit())).rejects.toMatchObject({ code: 'unavailable' });
	});
});
