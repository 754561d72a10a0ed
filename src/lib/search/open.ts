import { mount } from 'svelte';

/** The dialog, put on the page with the first search: no page carries it before somebody asks. */
let dialog: Promise<{ show(): void }> | null = null;

export async function openSearch(): Promise<void> {
	dialog ??= import('./SearchDialog.svelte').then(
		({ default: SearchDialog }) => mount(SearchDialog, { target: document.body }) as { show(): void } // what it exports
	);
	try {
		(await dialog).show();
	} catch {
		// without a line the part is not there; the next attempt loads it
		dialog = null;
	}
}
