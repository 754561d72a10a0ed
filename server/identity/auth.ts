/** better-auth, set up: who has an account, by which means, and what becomes of a guest who gets one. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DatabaseSync } from 'node:sqlite';
import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { anonymous, bearer, genericOAuth, magicLink } from 'better-auth/plugins';
import type { Config } from '../config.ts';
import { kyselyOver } from '../storage/kysely.ts';
import type { Mail } from './mail.ts';
import type { User } from './people.ts';
import { cookiePrefix } from './token.ts';

export const authPath = '/api/auth';
export const oidcProvider = 'oidc';
const accountReady = 'ACCOUNT_READY';
const invitedOnly = 'INVITED_ONLY';

/** Writes the mail that carries the link; the page that asks for it knows the reader's language. */
export type Compose = (link: string) => { subject: string; text: string };

/** By which kind of invitation somebody comes. */
export type Invited = 'link' | 'mailbox';

interface Parts {
	config: Pick<Config, 'origins' | 'secret' | 'oidc'>;
	database: DatabaseSync;
	mail: Mail | null;
	report(message: string): void;
	/** A guest has signed up or signed in; their own user is removed afterwards. Throws: nothing happens. */
	link(guest: User, account: User): Promise<void>;
	openToAll(): boolean;
	/** An account was made ready for this address. */
	isReady(email: string): boolean;
}

const day = 24 * 60 * 60;

export async function createAuth({ config, database, mail, report, link, openToAll, isReady }: Parts) {
	const composing = new AsyncLocalStorage<Compose>();
	const inviting = new AsyncLocalStorage<Invited | null>();
	const options = {
		appName: 'Peerloom',
		basePath: authPath,
		secret: config.secret,
		// No transactions: better-auth awaits inside of them, and on this shared connection whatever the store commits
		// meanwhile would become part of them.
		database: { db: kyselyOver(database), type: 'sqlite', transaction: false },
		trustedOrigins: (request) => [...(request ? [new URL(request.url).origin] : []), ...config.origins],
		// Rooms are found again months later; sessions can be ended on the account page.
		session: { expiresIn: 180 * day, updateAge: 7 * day },
		// Its own limiter allows three sign-ins in ten seconds an address: a room behind one NAT would fail.
		rateLimit: { enabled: false },
		telemetry: { enabled: false },
		advanced: {
			cookiePrefix,
			// `Secure` is added to each answer by the request's own protocol: one server may be reached by both.
			useSecureCookies: false,
			// The default, set because better-auth drops it under NODE_ENV=test.
			disableOriginCheck: false,
			ipAddress: { disableIpTracking: true }
		},
		logger: { level: 'error', log: (_level, message) => report(message) },
		onAPIError: { errorURL: '/sign-in' },
		user: {
			validateUserInfo({ user, source }) {
				if (source.action !== 'create-user') return;
				const invited = inviting.getStore() ?? null;
				const ready = isReady(String(user.email).toLowerCase());
				switch (source.method) {
					case 'email-password':
						// nobody has proved whose the address is, so nobody gets by it what waits for its owner
						if (ready && invited !== 'mailbox') return { error: accountReady };
						return invited !== null || openToAll() ? undefined : { error: invitedOnly };
					case 'magic-link':
						return ready || openToAll() ? undefined : { error: invitedOnly };
					default:
						// guests, and whoever the company's own sign-on lets in
						return undefined;
				}
			}
		},
		emailAndPassword: { enabled: true, minPasswordLength: 10, maxPasswordLength: 128 },
		plugins: [
			anonymous({
				onLinkAccount: ({ anonymousUser, newUser }) => link(anonymousUser.user, newUser.user)
			}),
			bearer(),
			...(mail ? [magicLink(byMail(mail, composing))] : []),
			...(config.oidc ? [genericOAuth({ config: [provider(config.oidc)] })] : [])
		]
	} satisfies BetterAuthOptions;
	const { runMigrations } = await getMigrations(options);
	await runMigrations();
	const auth = betterAuth(options);
	await auth.$context;
	return {
		handler: auth.handler,
		/** A new guest's session, whatever session the request has now. */
		signInAnonymous: (headers: Headers) => auth.api.signInAnonymous({ headers, returnHeaders: true }),
		/** For accounts without one. Not among the endpoints, so a page of ours has to have checked the origin. */
		setPassword: (newPassword: string, headers: Headers) =>
			auth.api.setPassword({ body: { newPassword }, headers }),
		composing,
		inviting
	};
}

function byMail(mail: Mail, composing: AsyncLocalStorage<Compose>): Parameters<typeof magicLink>[0] {
	return {
		expiresIn: 15 * 60,
		storeToken: 'hashed',
		async sendMagicLink({ email, url }) {
			const compose = composing.getStore();
			if (!compose) throw new Error('A sign-in link is asked for without the text of its mail.');
			await mail.send({ to: email, ...compose(url) });
		}
	};
}

function provider(oidc: NonNullable<Config['oidc']>) {
	return {
		providerId: oidcProvider,
		name: oidc.name,
		discoveryUrl: `${oidc.issuer}/.well-known/openid-configuration`,
		clientId: oidc.clientId,
		clientSecret: oidc.clientSecret,
		scopes: ['openid', 'email', 'profile'],
		pkce: true
	};
}
