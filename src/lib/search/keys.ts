/** Opens the search where it is asked for: by its key on every page, or by a part of it. */
import { openSearch } from './open.ts';

/** ⌘K, or Ctrl+K where there is no ⌘; nothing else on the page has taken it. */
function onkeydown(event: KeyboardEvent): void {
	const { key, metaKey, ctrlKey, altKey, shiftKey } = event;
	if (key !== 'k' || metaKey === ctrlKey || altKey || shiftKey || event.defaultPrevented) return;
	event.preventDefault();
	void openSearch();
}

export function listen(): void {
	addEventListener('peerloom:search', () => void openSearch());
	addEventListener('keydown', onkeydown);
}
