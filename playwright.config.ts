import { defineConfig, devices } from '@playwright/test';
import { chromium } from './tests/support/chromium.ts';
import { patience } from './tests/support/line.ts';

/** Tests start the built server themselves (tests/support/server.ts), so that they may kill it. */
export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.test.ts',
	workers: 2,
	// One by one to whichever worker is free: whole files would leave one of them without work at the end.
	fullyParallel: true,
	forbidOnly: Boolean(process.env.CI),
	timeout: 240_000 * patience,
	expect: { timeout: 15_000 * patience },
	reporter: [['list']],
	use: {
		launchOptions: chromium(),
		// People wait for each other, and the machine may be busy.
		actionTimeout: 20_000 * patience,
		// Recorded only when asked for (--trace retain-on-failure): it doubles what a test costs.
		locale: 'en-GB',
		timezoneId: 'Europe/Berlin'
	},
	projects: [
		{
			name: 'desktop',
			testIgnore: '**/*.phone.test.ts',
			use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } }
		},
		{
			name: 'phone',
			testMatch: '**/*.phone.test.ts',
			use: {
				...devices['Pixel 7'],
				viewport: { width: 360, height: 740 },
				screen: { width: 360, height: 740 }
			}
		}
	]
});
