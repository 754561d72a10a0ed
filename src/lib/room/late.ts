/** What somebody sent a moment too late: its words stay on this device until they are put away, as their form is gone. */
import type { Json } from '#lib/blocks/block.ts';
import { keptKey } from './offline.ts';

export interface Late {
	words: string;
	/** Why it was not taken, in the reader's language. */
	why: string;
}

/** Ids and choices are sent as one short word; what somebody wrote has a space, or is a link. */
const written = /\s|^https?:/;

/** What somebody wrote in what was sent, a line for each text. */
export function saidIn(payload: Json): string {
	if (typeof payload === 'string') return written.test(payload.trim()) ? payload.trim() : '';
	if (typeof payload !== 'object' || payload === null) return '';
	const all = Object.values(payload).map((one) => saidIn(one as Json)); // of an object or a list of JSON
	return all.filter((one) => one !== '').join('\n');
}

/** What this device keeps of a room, the oldest first, with what was sent now if it had words. */
export function withLate(room: string, why: string, sent: Json): Late[] {
	const words = saidIn(sent);
	if (words === '') return lateIn(room);
	return keep(room, [...without(room, words), { words, why }]);
}

/** Somebody has put it away. */
export const putAway = (room: string, words: string): Late[] => keep(room, without(room, words));

const without = (room: string, words: string) => lateIn(room).filter((one) => one.words !== words);

function lateIn(room: string): Late[] {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(keptKey(room, 'late')) ?? '[]');
		return Array.isArray(kept) ? kept.filter(isLate) : [];
	} catch {
		return [];
	}
}

function keep(room: string, all: Late[]): Late[] {
	const key = keptKey(room, 'late');
	if (all.length > 0) localStorage.setItem(key, JSON.stringify(all));
	else localStorage.removeItem(key);
	return all;
}

const isLate = (one: unknown): one is Late =>
	typeof one === 'object' &&
	one !== null &&
	'words' in one &&
	typeof one.words === 'string' &&
	'why' in one &&
	typeof one.why === 'string';
