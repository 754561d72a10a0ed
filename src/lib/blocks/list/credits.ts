import { m } from '#lib/paraglide/messages.js';
import type { ShownItem } from './model.ts';

/** "Yusuf Tekin and one more", "Anonymous"; null where nobody's name belongs to it. */
export function credits({ askers, unnamed }: Pick<ShownItem, 'askers' | 'unnamed'>): string | null {
	const all = askers.length + unnamed;
	if (all === 0) return null;
	const first = askers[0]?.name ?? m.list_anonymous();
	return all === 1 ? first : m.list_and_more({ name: first, count: all - 1 });
}
