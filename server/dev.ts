/** The development server: Vite serves the pages, this plugin adds the running app and its sockets. */
import type { Server as HttpServer } from 'node:http';
import type { Plugin } from 'vite';
import { currentApp, setApp } from './instance.ts';

export function peerloomDev(): Plugin {
	return {
		name: 'peerloom-dev',
		apply: 'serve',
		async configureServer(vite) {
			// Vite makes the new server before it closes the old one; two apps must not share a store.
			await currentApp()?.close();
			const [{ createApp }, { readConfig }, { guardHeaders }, { declared }] = await Promise.all([
				import('./app.ts'),
				import('./config.ts'),
				import('./gateway/headers.ts'),
				import('./declared.ts')
			]);
			vite.middlewares.use((_request, response, next) => {
				guardHeaders(response, { https: false, policed: false });
				next();
			});
			const app = await createApp(readConfig(process.env), declared);
			setApp(app);
			if (vite.httpServer) app.attach(vite.httpServer as HttpServer);
		}
	};
}
