import type { LucideIcon } from '@lucide/svelte';

/** Does something, or leads somewhere. */
export type MenuItem = Does | Leads;

interface Shown {
	readonly label: string;
	readonly icon?: LucideIcon;
}
interface Does extends Shown {
	readonly danger?: boolean;
	readonly disabled?: boolean;
	readonly href?: undefined;
	/** The keys that do the same, see aria-keyshortcuts. */
	readonly keys?: string;
	readonly onselect: () => void;
}
interface Leads extends Shown {
	readonly href: string;
	/** What is here stays open beside it. */
	readonly apart?: boolean;
}
