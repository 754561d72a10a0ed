import type { LucideIcon } from '@lucide/svelte';

export interface MenuItem {
	readonly label: string;
	readonly icon?: LucideIcon;
	readonly danger?: boolean;
	readonly disabled?: boolean;
	readonly onselect: () => void;
}
