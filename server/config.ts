/** Environment → configuration. Whatever cannot be right stops the start with one line that says what to do. */
import { resolve } from 'node:path';
import { keptSecret } from './secret.ts';
import { settleDataDir } from './storage/replace.ts';

export class ConfigError extends Error {
	override name = 'ConfigError';
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Config {
	port: number;
	host: string;
	/** Origins (`https://learn.example.com`) under which people reach the server; empty: whatever they typed. */
	origins: string[];
	/** Absolute path of the folder that holds everything that lasts. */
	dataDir: string;
	smtp: { url: string; from: string } | null;
	oidc: { issuer: string; clientId: string; clientSecret: string; name: string } | null;
	logLevel: LogLevel;
	/** False lifts rates and connection limits, for load tests. */
	limits: boolean;
	/** How many sockets may be open at once. */
	connections: { address: number; person: number; room: number };
	/** True: a reverse proxy stands in front, its `x-forwarded-*` headers are believed. */
	trustProxy: boolean;
	/** Signs session cookies. */
	secret: string;
	/** Whoever shows it may read /metrics; null: this machine alone. */
	metricsToken: string | null;
	/** How many days things are kept; null: for ever. */
	retention: {
		/** Answers to commands, for clients that ask again. */
		commands: number;
		/** Guests after their last session: they are erased like people who ask for it. */
		guests: number | null;
		/** Rooms after they were archived. */
		archived: number | null;
		/** Notes of what was deleted. */
		deletions: number | null;
	};
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Families of ours: a name in them that we do not know is a typing error, not somebody else's variable. */
const families = {
	RETENTION_: ['RETENTION_COMMANDS', 'RETENTION_GUESTS', 'RETENTION_ARCHIVED', 'RETENTION_DELETIONS'],
	CONNECTIONS_: ['CONNECTIONS_PER_ADDRESS', 'CONNECTIONS_PER_PERSON', 'CONNECTIONS_PER_ROOM'],
	METRICS_: ['METRICS_TOKEN'],
	SMTP_: ['SMTP_URL', 'SMTP_FROM'],
	OIDC_: ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME']
};

/** Reads and checks the environment; throws `ConfigError`. Makes DATA_DIR and its secret where they are missing. */
export function readConfig(env: Environment): Config {
	refuseUnknown(env);
	if (value(env, 'DATABASE_URL')) {
		throw new ConfigError(
			'DATABASE_URL is not supported in this version: unset it, data is kept in DATA_DIR (SQLite).'
		);
	}
	if (value(env, 'REDIS_URL')) {
		throw new ConfigError('REDIS_URL is not supported in this version: unset it and run a single server.');
	}
	const host = value(env, 'HOST') ?? '0.0.0.0';
	const limits = readSwitch(env, 'LIMITS', true);
	if (!limits && !isLoopback(host)) {
		throw new ConfigError(
			`LIMITS=off is for load tests and needs HOST to be a loopback address such as 127.0.0.1, got '${host}'.`
		);
	}
	const origins = readOrigins(env);
	const dataDir = dataDirOf(env);
	settleDataDir(dataDir);
	return {
		port: readPort(env),
		host,
		origins,
		dataDir,
		smtp: readSmtp(env, origins),
		oidc: readOidc(env),
		logLevel: readLogLevel(env),
		limits,
		connections: {
			// two thousand people of a company behind one address, with a second tab or a board open
			address: readCount(env, 'CONNECTIONS_PER_ADDRESS', 8000),
			person: readCount(env, 'CONNECTIONS_PER_PERSON', 100),
			room: readCount(env, 'CONNECTIONS_PER_ROOM', 6000)
		},
		trustProxy: readSwitch(env, 'TRUST_PROXY', false),
		secret: readSecret(env, dataDir),
		metricsToken: readMetricsToken(env),
		retention: {
			commands: readDays(env, 'RETENTION_COMMANDS', 1) ?? 1,
			guests: readDays(env, 'RETENTION_GUESTS', null),
			archived: readDays(env, 'RETENTION_ARCHIVED', null),
			deletions: readDays(env, 'RETENTION_DELETIONS', 1095)
		}
	};
}

/** Where everything lasting is: all that an operator's command needs to know. */
export function dataDirOf(env: Environment): string {
	return resolve(value(env, 'DATA_DIR') ?? './data');
}

/** An empty variable counts as unset: compose files pass `ORIGIN=` for "none". */
function value(env: Environment, name: string): string | undefined {
	return env[name]?.trim() || undefined;
}

function refuseUnknown(env: Environment): void {
	for (const [prefix, known] of Object.entries(families)) {
		const stray = Object.keys(env).find((name) => name.startsWith(prefix) && !known.includes(name));
		if (stray) throw new ConfigError(`${stray} is not known; there are ${known.join(', ')}.`);
	}
}

function readPort(env: Environment): number {
	const text = value(env, 'PORT') ?? '3000';
	const port = Number(text);
	if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
		throw new ConfigError(`PORT must be a number between 1 and 65535, got '${text}'.`);
	}
	return port;
}

function readSwitch(env: Environment, name: string, fallback: boolean): boolean {
	const text = value(env, name);
	if (text === undefined) return fallback;
	if (text !== 'on' && text !== 'off') throw new ConfigError(`${name} must be 'on' or 'off', got '${text}'.`);
	return text === 'on';
}

function readLogLevel(env: Environment): LogLevel {
	const text = value(env, 'LOG_LEVEL') ?? 'info';
	const level = logLevels.find((known) => known === text);
	if (!level) throw new ConfigError(`LOG_LEVEL must be one of ${logLevels.join(', ')}, got '${text}'.`);
	return level;
}

function readOrigins(env: Environment): string[] {
	const texts = (value(env, 'ORIGIN') ?? '').split(',').map((text) => text.trim());
	return texts.filter(Boolean).map((text) => {
		const url = parseUrl(text, ['http:', 'https:']);
		if (!url || url.pathname !== '/' || url.search || url.hash || url.username) {
			throw new ConfigError(
				`ORIGIN must be like https://learn.example.com, without a path (several: comma), got '${text}'.`
			);
		}
		return url.origin;
	});
}

function readSmtp(env: Environment, origins: string[]): Config['smtp'] {
	const url = value(env, 'SMTP_URL');
	const from = value(env, 'SMTP_FROM');
	if (!url) {
		if (from) throw new ConfigError('SMTP_FROM is set without SMTP_URL: set both or neither.');
		return null;
	}
	// The value may hold a password, so it is not repeated.
	if (!parseUrl(url, ['smtp:', 'smtps:'])?.hostname) {
		throw new ConfigError('SMTP_URL must be like smtps://user:password@mail.example.com:465.');
	}
	if (!from?.includes('@')) {
		throw new ConfigError('SMTP_URL needs SMTP_FROM, the sender, like "Peerloom <peerloom@example.com>".');
	}
	// A link in a mail must not lead where a forged Host header points.
	if (origins.length === 0) {
		throw new ConfigError('SMTP_URL needs ORIGIN, the address that links in mails lead to.');
	}
	return { url, from };
}

function readOidc(env: Environment): Config['oidc'] {
	const [issuer, clientId, clientSecret, name] = families.OIDC_.map((variable) => value(env, variable));
	if (!issuer && !clientId && !clientSecret && !name) return null;
	if (!issuer || !clientId || !clientSecret || !name) {
		const missing = families.OIDC_.filter((variable) => !value(env, variable));
		throw new ConfigError(
			`Single sign-on needs ${families.OIDC_.join(', ')} together; ${missing.join(', ')} missing.`
		);
	}
	const url = parseUrl(issuer, ['http:', 'https:']);
	if (!url || (url.protocol === 'http:' && !isLoopback(url.hostname))) {
		throw new ConfigError(`OIDC_ISSUER must be an https address, got '${issuer}'.`);
	}
	return { issuer: issuer.replace(/\/$/, ''), clientId, clientSecret, name };
}

function readSecret(env: Environment, dataDir: string): string {
	const given = value(env, 'SECRET');
	if (given && given.length < 32) {
		throw new ConfigError(
			'SECRET must have at least 32 random characters; "openssl rand -base64 32" makes some.'
		);
	}
	if (given) return given;
	try {
		return keptSecret(dataDir);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new ConfigError(`DATA_DIR must be a folder the server may write to: ${reason}.`, { cause: error });
	}
}

function readCount(env: Environment, name: string, fallback: number): number {
	const text = value(env, name);
	if (text === undefined) return fallback;
	const count = Number(text);
	if (!/^\d{1,7}$/.test(text) || count < 1) {
		throw new ConfigError(`${name} must be a number from 1 to 9999999, got '${text}'.`);
	}
	return count;
}

/** 'never' is for ever. */
function readDays(env: Environment, name: string, fallback: number | null): number | null {
	const text = value(env, name);
	if (text === undefined) return fallback;
	if (text === 'never' && name !== 'RETENTION_COMMANDS') return null;
	const days = Number(text);
	if (!/^\d+$/.test(text) || days < 1 || days > 36_500) {
		const never = name === 'RETENTION_COMMANDS' ? '' : ", or 'never'";
		throw new ConfigError(`${name} must be a number of days from 1 to 36500${never}, got '${text}'.`);
	}
	return days;
}

function readMetricsToken(env: Environment): string | null {
	const token = value(env, 'METRICS_TOKEN') ?? null;
	// The value is a secret, so it is not repeated.
	if (token !== null && !/^[\x21-\x7e]{16,}$/.test(token)) {
		throw new ConfigError('METRICS_TOKEN must have at least 16 letters, digits or signs, without spaces.');
	}
	return token;
}

function parseUrl(text: string, protocols: string[]): URL | null {
	const url = URL.canParse(text) ? new URL(text) : null;
	return url && protocols.includes(url.protocol) ? url : null;
}

export function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
