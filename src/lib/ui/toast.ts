import { announce } from './announce.ts';

/** Long enough to read and to reach for Undo. */
const SHOWN = 8000;

async function raise(text: string, undo: (() => void) | undefined) {
	// Loaded on demand: an audience's page must not carry it before it answers.
	const [{ toast: sonner }, { default: Toast }] = await Promise.all([
		import('svelte-sonner'),
		import('./Toast.svelte')
	]);
	sonner.custom(Toast, { duration: SHOWN, componentProps: { text, undo } });
}

/** Says what just happened, in the browser only. Errors are read out at once and name what to do. */
export const toast = {
	show(text: string, { undo }: { undo?: () => void } = {}): void {
		void raise(text, undo);
	},
	error(text: string): void {
		announce(text, 'assertive');
		void raise(text, undefined);
	}
};
