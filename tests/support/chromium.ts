import { existsSync } from 'node:fs';

const whole = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];
/** The same without windows: a test takes a tenth less. */
const shell = '/usr/bin/chromium-headless-shell';

export interface Launch {
	/** Left out: Playwright's own download. */
	executablePath?: string;
	args: string[];
}

/** How to start Chromium here: the system's where there is one. Containers allow no sandbox; tests open only our own pages. */
export function chromium(among: readonly string[] = [shell, ...whole]): Launch {
	const path = among.find((path) => existsSync(path));
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

/** As people have it, where it is there: for measuring. */
export const wholeChromium = (): Launch => chromium([...whole, shell]);
