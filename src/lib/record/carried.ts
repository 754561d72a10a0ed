/** What a meeting leaves to the next one, from what everybody can see of it. */
import type { Minutes } from './minutes.ts';

export interface Carried {
	is: 'actions' | 'open';
	heading: string;
	count: number;
}

export function carriedOver({ sections }: Minutes): Carried[] {
	return sections.flatMap(({ kind, heading, entries }): Carried[] => {
		const open = entries.filter(({ state }) => state?.is === 'warn' || state?.is === 'bad');
		const unsettled = kind === 'actions' ? entries.filter(({ state }) => state?.is !== 'good') : open;
		if (kind === 'figures' || kind === 'decision' || unsettled.length === 0) return [];
		return [{ is: kind === 'actions' ? 'actions' : 'open', heading, count: unsettled.length }];
	});
}
