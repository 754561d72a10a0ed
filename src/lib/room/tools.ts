/** What stands beside a room's title: one after the other where there is room for it, else behind one button. */
import History from '@lucide/svelte/icons/rotate-ccw-clock';
import Monitor from '@lucide/svelte/icons/monitor';
import Search from '@lucide/svelte/icons/search';
import Settings from '@lucide/svelte/icons/settings';
import SunMoon from '@lucide/svelte/icons/sun-moon';
import { m } from '#lib/paraglide/messages.js';
import type { MenuItem } from '#lib/ui/menu.ts';
import { askToSearch } from '#lib/ui/search-event.ts';
import { toggleTheme } from '#lib/ui/theme.ts';

export interface ToolsFor {
	/** The address of the room. */
	path: string;
	/** The projector's link; null: this person is not told of it. */
	screen: string | null;
	/** The last meeting that has ended, where this person may read its record. */
	last: number | null;
	owner: boolean;
}

export function toolsFor({ path, screen, last, owner }: ToolsFor): MenuItem[] {
	const tools: MenuItem[] = [
		{ label: m.search_open(), icon: Search, keys: 'Control+K Meta+K', onselect: askToSearch }
	];
	if (screen !== null)
		tools.push({ label: m.room_projector(), icon: Monitor, href: `/screen/${screen}`, apart: true });
	if (last !== null)
		tools.push({ label: m.room_last_record({ number: last }), icon: History, href: `${path}/m/${last}` });
	if (owner) tools.push({ label: m.room_settings(), icon: Settings, href: `${path}/settings` });
	return [...tools, { label: m.ui_light_or_dark(), icon: SunMoon, onselect: toggleTheme }];
}
