export interface Tab<T extends string = string> {
	readonly id: T;
	readonly label: string;
	readonly count?: number;
	/** With an address, the tabs are links between pages; without, they switch panels on this page. */
	readonly href?: string;
	/** Not open yet; the label says when. */
	readonly disabled?: boolean;
}

/** The id of a tab's element and of its panel, which the page writes: `role="tabpanel" aria-labelledby={…}`. */
export const tabId = (name: string, tab: string) => `${name}-${tab}`;
export const panelId = (name: string, tab: string) => `${name}-${tab}-panel`;

/** The tab that a key leads to from the current one, over disabled ones and round the ends; null for others. */
export function tabByKey<T extends string>(tabs: readonly Tab<T>[], current: T, key: string): T | null {
	const open = tabs.filter((tab) => !tab.disabled);
	const at = open.findIndex((tab) => tab.id === current);
	if (open.length === 0) return null;
	switch (key) {
		case 'ArrowRight':
			return open[(at + 1) % open.length]?.id ?? null;
		case 'ArrowLeft':
			return open[(Math.max(at, 0) - 1 + open.length) % open.length]?.id ?? null;
		case 'Home':
			return open[0]?.id ?? null;
		case 'End':
			return open.at(-1)?.id ?? null;
		default:
			return null;
	}
}
