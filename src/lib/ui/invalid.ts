import { tick } from 'svelte';

/** Puts the focus on the first field of a form that has to be filled in otherwise, once the page says so. */
export async function focusInvalid(form: EventTarget | null): Promise<void> {
	await tick();
	if (form instanceof HTMLElement) form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
