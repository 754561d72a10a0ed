import { mount, tick } from 'svelte';

/** Long enough to read and to reach for Undo. */
const SHOWN = 8000;

/** The place where toasts appear, put on the page with the first of them. */
let place: Promise<unknown> | null = null;

async function openPlace(): Promise<void> {
	const { default: Toaster } = await import('./Toaster.svelte');
	mount(Toaster, { target: document.body });
	await tick();
}

async function raise(text: string, options: { undo?: () => void; important: boolean }) {
	const { undo, important } = options;
	try {
		// Loaded on demand: an audience's page must not carry it before it answers.
		const [{ toast: sonner }, { default: Toast }] = await Promise.all([
			import('svelte-sonner'),
			import('./Toast.svelte')
		]);
		await (place ??= openPlace());
		sonner.custom(Toast, { duration: SHOWN, important, componentProps: { text, undo } });
	} catch {
		plainly(text);
	}
}

/** Without a line the first toast's own script does not come; what it had to say is said all the same. */
function plainly(text: string): void {
	const said = document.createElement('p');
	said.className = 'toast plain';
	said.role = 'alert';
	said.textContent = text;
	document.body.append(said);
	setTimeout(() => said.remove(), SHOWN);
}

/** Says what just happened, in the browser only. An error is read out at once; its text names what to do. */
export const toast = {
	show(text: string, { undo }: { undo?: () => void } = {}): void {
		void raise(text, { undo, important: false });
	},
	error(text: string): void {
		void raise(text, { important: true });
	}
};
