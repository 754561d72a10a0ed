import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

let dir: string;
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), 'peerloom-config-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const read = (env: Record<string, string>) => readConfig({ DATA_DIR: dir, ...env });

const oidc = {
	OIDC_ISSUER: 'https://id.example.com/',
	OIDC_CLIENT_ID: 'peerloom',
	OIDC_CLIENT_SECRET: 'hush',
	OIDC_NAME: 'Example ID'
};
const smtp = { SMTP_URL: 'smtp://mail.example.com', SMTP_FROM: 'Peerloom <p@example.com>' };

describe('configuration', () => {
	it('starts without any variable', () => {
		expect(read({})).toMatchObject({
			port: 3000,
			host: '0.0.0.0',
			origins: [],
			dataDir: dir,
			smtp: null,
			oidc: null,
			logLevel: 'info',
			limits: true,
			connections: { address: 8000, person: 100, room: 6000 },
			trustProxy: false,
			metricsToken: null,
			retention: { commands: 1, guests: null, archived: null, deletions: 1095 }
		});
	});

	it('takes every variable', () => {
		const config = read({
			PORT: '8080',
			HOST: '127.0.0.1',
			ORIGIN: 'https://a.example.com, http://b.example.com:8080/',
			LOG_LEVEL: 'debug',
			LIMITS: 'off',
			TRUST_PROXY: 'on',
			SECRET: 's'.repeat(32),
			...smtp,
			...oidc
		});
		expect(config).toMatchObject({
			port: 8080,
			host: '127.0.0.1',
			origins: ['https://a.example.com', 'http://b.example.com:8080'],
			logLevel: 'debug',
			limits: false,
			trustProxy: true,
			secret: 's'.repeat(32),
			smtp: { url: 'smtp://mail.example.com', from: 'Peerloom <p@example.com>' },
			oidc: { issuer: 'https://id.example.com', name: 'Example ID' }
		});
	});

	it('counts an empty variable as unset', () => {
		expect(read({ PORT: '', ORIGIN: ' ', SMTP_URL: '' })).toMatchObject({
			port: 3000,
			origins: [],
			smtp: null
		});
	});

	it('makes a secret once and keeps it for its owner alone', () => {
		const first = read({}).secret;
		expect(read({}).secret).toBe(first);
		expect(first.length).toBeGreaterThanOrEqual(32);
		expect(statSync(join(dir, 'secret')).mode & 0o777).toBe(0o600);
	});

	it('refuses a damaged secret and a folder that is none', () => {
		writeFileSync(join(dir, 'secret'), 'short');
		expect(() => read({})).toThrow(/damaged/);
		expect(() => read({ DATA_DIR: join(dir, 'secret') })).toThrow(/^DATA_DIR must be a folder/);
	});

	it.each([
		[{ PORT: 'abc' }, "PORT must be a number between 1 and 65535, got 'abc'."],
		[{ PORT: '70000' }, "PORT must be a number between 1 and 65535, got '70000'."],
		[{ PORT: '80.5' }, "PORT must be a number between 1 and 65535, got '80.5'."],
		[{ ORIGIN: 'learn.example.com' }, 'ORIGIN must be like'],
		[{ ORIGIN: 'https://example.com/learn' }, 'ORIGIN must be like'],
		[{ DATABASE_URL: 'postgres://db' }, 'DATABASE_URL is not supported in this version'],
		[{ REDIS_URL: 'redis://r' }, 'REDIS_URL is not supported in this version'],
		[{ SMTP_FROM: 'p@example.com' }, 'SMTP_FROM is set without SMTP_URL'],
		[{ ...smtp, SMTP_URL: 'mail.example.com', ORIGIN: 'https://a.example.com' }, 'SMTP_URL must be like'],
		[{ SMTP_URL: 'smtp://mail.example.com' }, 'SMTP_URL needs SMTP_FROM'],
		[smtp, 'SMTP_URL needs ORIGIN'],
		[{ OIDC_ISSUER: 'https://id.example.com' }, 'OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME missing'],
		[{ ...oidc, OIDC_ISSUER: 'http://id.example.com' }, 'OIDC_ISSUER must be an https address'],
		[
			{ CONNECTIONS_PER_ADDRESS: '0' },
			"CONNECTIONS_PER_ADDRESS must be a number from 1 to 9999999, got '0'."
		],
		[{ CONNECTIONS_PER_PERSON: 'many' }, 'CONNECTIONS_PER_PERSON must be a number'],
		[{ CONNECTIONS_PER_HOUSE: '3' }, 'CONNECTIONS_PER_HOUSE is not known'],
		[{ METRICS_TOKEN: 'short' }, 'METRICS_TOKEN must have at least 16'],
		[
			{ RETENTION_GUESTS: '0' },
			"RETENTION_GUESTS must be a number of days from 1 to 36500, or 'never', got '0'."
		],
		[
			{ RETENTION_COMMANDS: 'never' },
			"RETENTION_COMMANDS must be a number of days from 1 to 36500, got 'never'."
		],
		[{ RETENTION_ARCHIVED: '1.5' }, 'RETENTION_ARCHIVED must be a number of days'],
		[{ RETENTION_ROOMS: '3' }, 'RETENTION_ROOMS is not known'],
		[{ ...oidc, OIDC_SCOPES: 'openid' }, 'OIDC_SCOPES is not known'],
		[{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of'],
		[{ LIMITS: 'none' }, "LIMITS must be 'on' or 'off', got 'none'."],
		[{ LIMITS: 'off' }, 'LIMITS=off is for load tests'],
		[{ LIMITS: 'off', HOST: '10.0.0.1' }, 'needs HOST to be a loopback address'],
		[{ TRUST_PROXY: 'yes' }, "TRUST_PROXY must be 'on' or 'off', got 'yes'."],
		[{ SECRET: 'short' }, 'SECRET must have at least 32']
	])('refuses %o with one clear line', (env: Record<string, string>, line) => {
		expect(() => read(env)).toThrow(ConfigError);
		expect(() => read(env)).toThrow(line);
	});

	it('never repeats a password in a message', () => {
		const env = { SMTP_URL: 'http://user:geheim@mail', SMTP_FROM: 'p@example.com' };
		expect(() => read(env)).toThrow(
			expect.objectContaining({ message: expect.not.stringContaining('geheim') })
		);
	});
});
