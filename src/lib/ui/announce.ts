type Urgency = 'polite' | 'assertive';

export const regionId = (urgency: Urgency) => `announce-${urgency}`;

/**
 * Has a screen reader say something, through the LiveRegion of the root layout. `assertive` interrupts: only for
 * errors and a timer's end. On the server it does nothing.
 */
export function announce(text: string, urgency: Urgency = 'polite'): void {
	if (typeof document === 'undefined') return;
	const region = document.getElementById(regionId(urgency));
	if (!region) return;
	// The same words twice are only read twice if the region was empty in between.
	region.textContent = '';
	setTimeout(() => {
		region.textContent = text;
	}, 50);
}
