/** `npm start`: builds where that is needed, then is the server. */
import { join } from 'node:path';
import { run } from './run.ts';
import { stampBuild, whyBuild } from './stamp.ts';

const root = join(import.meta.dirname, '..');
process.chdir(root);

const reason = await whyBuild(root);
if (reason !== null) {
	console.log(`Building first: ${reason}. This takes about a minute.`);
	const code = await run('vite', ['build', '--logLevel', 'warn'], root);
	if (code !== 0) {
		console.error('The build failed; what is wrong stands above. Nothing was started.');
		process.exit(code);
	}
	await stampBuild(root);
}

process.env.NODE_ENV ??= 'production';
// In this process, so that signals reach the server without a detour.
await import('../server/main.ts');
