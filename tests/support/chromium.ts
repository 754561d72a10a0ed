import { existsSync } from 'node:fs';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

export interface Launch {
	/** Left out: Playwright's own download. */
	executablePath?: string;
	args: string[];
}

/** How to start Chromium here: the system's where there is one. Containers allow no sandbox; tests open only our own pages. */
export function chromium(): Launch {
	const path = installed.find((path) => existsSync(path));
	return {
		...(path === undefined ? {} : { executablePath: path }),
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync'
		]
	};
}
