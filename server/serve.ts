/** The server as a process: reads the configuration, creates the app, listens, and stops in order. */
import type { AddressInfo } from 'node:net';
import { createApp, type Declared } from './app.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { guardHeaders } from './gateway/headers.ts';
import { createHttp, httpLimits } from './gateway/http.ts';
import { setApp } from './instance.ts';
import { Locked } from './storage/lock.ts';

/** How long a stop may take before it is cut short, in milliseconds. */
const DEADLINE = 10_000;

function configOrExit(): Config {
	try {
		return readConfig(process.env);
	} catch (error) {
		return cannotStart(error);
	}
}

/** What the operator can do something about takes one line; anything else is a mistake of ours, with its stack. */
function cannotStart(error: unknown): never {
	if (!(error instanceof ConfigError || error instanceof Locked)) throw error;
	console.error(`Peerloom cannot start: ${error.message}`);
	process.exit(78);
}

/** Ends with the process. `declared`: the formats that rooms may have, their blocks and their demos. */
export async function serve(declared: Declared): Promise<void> {
	const config = configOrExit();
	// SvelteKit takes the protocol and the host from these headers; this server sets them itself unless a proxy does.
	process.env.PROTOCOL_HEADER = 'x-forwarded-proto';
	process.env.ADDRESS_HEADER = 'x-forwarded-for';
	if (config.trustProxy) process.env.HOST_HEADER = 'x-forwarded-host';
	delete process.env.ORIGIN;

	const app = await createApp(config, declared).catch(cannotStart);
	setApp(app);
	// Written by `npm run build`; typed here because it does not exist before.
	const { handler } = (await import(new URL('../build/handler.js', import.meta.url).href)) as {
		handler: import('node:http').RequestListener;
	};

	const limits = httpLimits(config.limits ? config.connections.address : Infinity, config.trustProxy);
	const tooMany = () => app.observer.refused('http', 'crowded');
	const http = createHttp(limits, tooMany, (request, response) => {
		const { headers, socket } = request;
		// A proxy's own health checks come without them; SvelteKit answers 500 where they are missing.
		if (!config.trustProxy || !headers['x-forwarded-proto']) headers['x-forwarded-proto'] = 'http';
		if (!config.trustProxy || !headers['x-forwarded-for'])
			headers['x-forwarded-for'] = socket.remoteAddress ?? '';
		if (!headers['x-forwarded-host'] && headers.host) headers['x-forwarded-host'] = headers.host;
		guardHeaders(response, { https: headers['x-forwarded-proto'] === 'https', policed: true });
		handler(request, response);
	});
	app.attach(http);

	http.once('error', (error: NodeJS.ErrnoException) => {
		const reason = error.code === 'EADDRINUSE' ? `port ${config.port} is taken` : error.message;
		console.error(`Peerloom cannot start: ${reason}. Set PORT to another one.`);
		process.exit(1);
	});
	http.listen(config.port, config.host, () => {
		const { port } = http.address() as AddressInfo;
		const shown = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host;
		console.log(`Peerloom is at http://${shown}:${port}`);
	});

	let stopping = false;
	async function stop(signal: string): Promise<void> {
		if (stopping) return;
		stopping = true;
		app.log.info({ signal }, 'Stopping');
		const late = setTimeout(() => {
			app.log.error('The stop took too long and was cut short');
			process.exit(1);
		}, DEADLINE);
		late.unref();
		const closed = new Promise((done) => http.close(done));
		const saved = await app.close();
		http.closeIdleConnections();
		await Promise.race([closed, new Promise((done) => setTimeout(done, 500))]);
		process.exit(saved ? 0 : 1);
	}
	process.on('SIGTERM', () => void stop('SIGTERM'));
	process.on('SIGINT', () => void stop('SIGINT'));
}
