/** Sizes in words. */
import { m } from '#lib/paraglide/messages.js';
import type { Size } from './model.ts';

const SIZES: Record<Size, () => string> = {
	0: m.groups_all,
	1: m.groups_alone,
	2: m.groups_pair,
	3: m.groups_three,
	4: m.groups_four
};

export function sizeName(size: Size): string {
	return SIZES[size]();
}

/** How many sat together when it was written. */
export function writtenIn(size: Size): string {
	if (size === 1) return m.groups_from_alone();
	if (size === 2) return m.groups_from_pair();
	return size === 3 ? m.groups_from_three() : m.groups_from_four();
}
