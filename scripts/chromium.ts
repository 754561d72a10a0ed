import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { chromium as playwright } from '@playwright/test';
import { chromium } from '../tests/support/chromium.ts';
import { run } from './run.ts';

const present = () => chromium().executablePath !== undefined || existsSync(playwright.executablePath());

/** Sees to it that there is a Chromium for the tests. Throws with what to install where it cannot. */
export async function ensureChromium(root: string): Promise<void> {
	if (present()) return;
	if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
		console.log('No Chromium here: installing Debian’s.');
		await run('apt-get', ['update', '-qq'], root);
		await run(
			'apt-get',
			['install', '-y', '-qq', '--no-install-recommends', 'chromium-headless-shell'],
			root
		);
		if (present()) return;
	}
	console.log('No Chromium here: fetching Playwright’s.');
	await run('playwright', ['install', 'chromium'], root).catch(() => 1);
	if (!present()) {
		throw new Error(
			'The browser tests need Chromium. Install the package `chromium` of your system, ' +
				'or run `npx playwright install --with-deps chromium`.'
		);
	}
	await promisify(execFile)(playwright.executablePath(), ['--version']).catch((error: unknown) => {
		throw new Error(
			'Chromium was fetched but does not start; run `npx playwright install-deps chromium` as root.',
			{ cause: error }
		);
	});
}
