import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { peerloomDev } from './server/dev.ts';

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/paraglide',
			strategy: ['cookie', 'preferredLanguage', 'baseLocale']
		}),
		sveltekit(),
		peerloomDev()
	],
	// Browsers that know light-dark(): rewritten for older ones, a nested dark part would stay light.
	build: { target: ['chrome123', 'safari17.5', 'firefox121'] },
	server: { host: '127.0.0.1' }
});
