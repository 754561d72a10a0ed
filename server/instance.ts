/** Where SvelteKit's hooks find the running app: one process, one app. */
import type { App } from './app.ts';

const KEY = Symbol.for('peerloom.app');
type Holder = { [KEY]?: App | undefined };

export function setApp(app: App | null): void {
	(globalThis as Holder)[KEY] = app ?? undefined;
}

export function currentApp(): App | null {
	return (globalThis as Holder)[KEY] ?? null;
}
