import { join } from 'node:path';
import { build, type Plugin } from 'vite';

const folder = join(import.meta.dirname, '../../src/lib/paraglide');

let bundled: Promise<string> | undefined;

/** All messages as one module: each test's page or process would ask for over two thousand, one by one. */
export function messagesAtOnce(): Plugin {
	const all = join(folder, 'messages.js');
	return {
		name: 'messages-at-once',
		enforce: 'pre',
		load: (id) => (id === all ? (bundled ??= bundle(all)) : null)
	};
}

async function bundle(entry: string): Promise<string> {
	const built = await build({
		configFile: false,
		logLevel: 'error',
		plugins: [
			{
				name: 'one-runtime',
				enforce: 'pre',
				// it knows the locale: there must be one of it
				resolveId: (id) =>
					id.endsWith('/runtime.js') ? { id: join(folder, 'runtime.js'), external: 'absolute' } : null
			}
		],
		build: { write: false, minify: false, lib: { entry, formats: ['es'] } }
	});
	const [{ output }] = built as unknown as [{ output: [{ code: string }] }]; // a library of one format, not watched
	return output[0].code;
}
