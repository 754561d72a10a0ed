import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromium } from './tests/support/chromium.ts';
import { messagesAtOnce } from './tests/support/messages-at-once.ts';

if (!existsSync('src/lib/paraglide/messages.js')) {
	throw new Error('The messages are not compiled. Run `npm run prepare` once, then the tests again.');
}

// One fewer than there are cores is what it takes by itself: one of two.
const workers = Math.max(2, availableParallelism() - 1);

export default defineConfig({
	test: {
		projects: [
			{
				plugins: [messagesAtOnce()],
				test: {
					name: 'node',
					environment: 'node',
					include: ['{src,server,scripts,tests/blocks}/**/*.test.ts'],
					exclude: ['**/*.svelte.test.ts'],
					setupFiles: ['tests/support/dice.ts'],
					// Properties run hundreds of times, `SOAK` times as often in a soak, and the machine may be busy.
					testTimeout: 30_000 * Number(process.env.SOAK ?? 1),
					// No module keeps state: loading the same ones anew for each file was half of the time.
					isolate: false,
					maxWorkers: workers
				}
			},
			{
				// Without sveltekit(): what is tested here takes its data from props, not from $app.
				plugins: [svelte(), messagesAtOnce()],
				// What is met late would load the page of a running test anew: one file an icon, and what is loaded on demand.
				optimizeDeps: {
					exclude: ['@lucide/svelte'],
					include: ['lib0/decoding', 'lib0/encoding', 'socket.io-client', 'y-indexeddb', 'y-websocket']
				},
				test: {
					name: 'browser',
					include: ['{src,tests/blocks}/**/*.svelte.test.ts'],
					testTimeout: 60_000,
					expect: { poll: { timeout: 15_000 } },
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({ launchOptions: chromium() }),
						instances: [{ browser: 'chromium', viewport: { width: 1024, height: 768 } }]
					}
				}
			},
			{
				// Against the built server, as its own process, over real sockets.
				plugins: [messagesAtOnce()],
				test: {
					name: 'server',
					environment: 'node',
					include: ['tests/server/**/*.test.ts'],
					testTimeout: 30_000,
					hookTimeout: 60_000,
					// half of the time each waits for its server
					maxWorkers: 2
				}
			},
			{
				test: {
					name: 'chaos',
					environment: 'node',
					include: ['tests/chaos/**/*.test.ts'],
					testTimeout: 180_000,
					hookTimeout: 60_000,
					maxWorkers: 2
				}
			}
		]
	}
});
