import { createRawSnippet } from 'svelte';
import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Button from './Button.svelte';
import Dialog from './Dialog.svelte';
import Field from './Field.svelte';
import Tabs from './Tabs.svelte';
import Thread from './Thread.svelte';
import Timer from './Timer.svelte';

const words = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));

it('a button with a reason stays reachable, says the reason, and does nothing', async () => {
	const onclick = vi.fn();
	const screen = await render(Button, { reason: 'Opens in P4', onclick, children: words('Add') });
	const button = screen.getByRole('button', { name: 'Add', exact: true });
	await expect.element(button).toHaveAccessibleDescription('Opens in P4');
	(button.element() as HTMLButtonElement).click();
	expect(onclick).not.toHaveBeenCalled();
	// a thumb hovers over nothing: it is told when it presses
	await vi.waitFor(
		() => expect(document.querySelector('.toast')?.textContent).toContain('Opens in P4'),
		10_000
	);
});

it('the tabs are walked with the arrow keys', async () => {
	const tabs = [
		{ id: 'topics', label: 'Topics' },
		{ id: 'notes', label: 'Notes' }
	];
	const screen = await render(Tabs, { name: 't', label: 'Lists', tabs, current: 'topics' });
	const first = screen.getByRole('tab', { name: 'Topics' }).element() as HTMLElement;
	first.focus();
	first.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
	await expect.element(screen.getByRole('tab', { name: 'Notes' })).toHaveAttribute('aria-selected', 'true');
	expect(document.activeElement?.textContent?.trim()).toBe('Notes');
});

it('a field’s error and counter belong to its input', async () => {
	const screen = await render(Field, { label: 'Title', value: 'abc', maxlength: 60, error: 'Too short.' });
	const input = screen.getByLabelText('Title');
	await expect.element(input).toHaveAttribute('aria-invalid', 'true');
	await expect.element(input).toHaveAccessibleDescription('Too short. 57 characters left');
});

it('a timer says in words what its colour shows', async () => {
	const screen = await render(Timer, { left: 96, total: 480 });
	const timer = screen.getByRole('timer', { name: 'Time left: 1:36' });
	await expect.element(timer).toHaveAttribute('data-time', 'low');
	await expect.element(timer).toMatchTextContent('left of 8 min');
});

it('a timer counts on once the time is over, and says so', async () => {
	const screen = await render(Timer, { left: -133.4, total: 480 });
	const timer = screen.getByRole('timer', { name: 'Over by 2:13' });
	await expect.element(timer).toHaveAttribute('data-time', 'out');
	await expect.element(timer).toMatchTextContent('+2:13over');
});

it('a labelled thread names the running phase as the current step', async () => {
	const screen = await render(Thread, {
		labelled: true,
		phases: [
			{ label: 'P1 Topics', minutes: 5, state: 'done' },
			{ label: 'P2 Pitch', minutes: 4, state: 'now', gone: 0.25 }
		]
	});
	const now = screen.getByRole('listitem').nth(1);
	await expect.element(now).toHaveAttribute('aria-current', 'step');
	expect((now.element() as HTMLElement).style.getPropertyValue('--gone')).toBe('25%');
});

it('a dialog with a field is opened to write in it', async () => {
	const children = createRawSnippet(() => ({ render: () => '<label>Why <input type="text" /></label>' }));
	const screen = await render(Dialog, { open: true, title: 'Return', children });
	await expect.element(screen.getByRole('textbox', { name: 'Why' })).toHaveFocus();
});

it('a dialog takes the focus and Esc closes it', async () => {
	const onclose = vi.fn();
	const screen = await render(Dialog, { open: true, title: 'Return', onclose, children: words('text') });
	const dialog = screen.getByRole('dialog', { name: 'Return' });
	await expect.element(dialog).toBeVisible();
	await vi.waitFor(() => expect(dialog.element().contains(document.activeElement)).toBe(true), 10_000);
	document.activeElement?.dispatchEvent(
		new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true })
	);
	await vi.waitFor(() => expect(onclose).toHaveBeenCalledOnce(), 10_000);
	await expect.element(dialog).not.toBeInTheDocument();
});
