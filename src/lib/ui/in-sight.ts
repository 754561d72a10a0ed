import type { Attachment } from 'svelte/attachments';

/**
 * In a row that scrolls sideways, the one that is `current` stays in sight. Not `scrollIntoView`, which moves the page
 * as well.
 */
export function inSight(current: string | null): Attachment<HTMLElement> {
	return (row) => {
		const one = current === null ? null : row.querySelector<HTMLElement>('[aria-current]');
		if (!one) return;
		const [inner, outer] = [one.getBoundingClientRect(), row.getBoundingClientRect()];
		row.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
	};
}
