import type { Attachment } from 'svelte/attachments';

/**
 * Sets custom properties on an element: `<li {@attach vars({ '--min': 10 })}>`. The content security policy
 * closes `style=` in server-rendered markup, so parts must look right without the value until the client runs.
 * `null` leaves a property out.
 */
export function vars(
	properties: Record<`--${string}`, string | number | null>
): Attachment<HTMLElement | SVGElement> {
	return (element) => {
		for (const [name, value] of Object.entries(properties)) {
			if (value === null) element.style.removeProperty(name);
			else element.style.setProperty(name, String(value));
		}
	};
}
