/** What the views of dates look at. */
import { m } from '#lib/paraglide/messages.js';
import { span } from '#lib/ui/moment.ts';
import { region } from '#lib/ui/region.ts';
import type { Handle } from '../block.ts';
import {
	DEFAULTS,
	type Attendance,
	type Figures,
	type OwnSeat,
	type ShownSlot,
	type SlotsOwn,
	type SlotsRecord,
	type SlotsSettings
} from './model.ts';

export { span as when } from '#lib/ui/moment.ts';

export type SlotsHandle = Handle<SlotsRecord, null, SlotsOwn, Partial<SlotsSettings>>;

export interface Seen {
	settings: SlotsSettings;
	/** That of this meeting: on now, or just held. */
	now: ShownSlot | null;
	/** To come, the next one first; those that were called off stay until they would have been. */
	coming: ShownSlot[];
	/** The last one first. */
	past: ShownSlot[];
	figures: Figures;
}

const NONE: Figures = { held: 0, signed: 0, came: 0, talks: 0, first: 0 };

export function seen(handle: SlotsHandle): Seen {
	const all = Object.values(handle.record.slots ?? {}).sort((a, b) => a.starts - b.starts);
	const now = all.find(({ meeting }) => meeting === handle.meeting) ?? null;
	const over = ({ is, ends }: ShownSlot) => is === 'held' || (is === 'cancelled' && ends < handle.now());
	const others = all.filter((slot) => slot !== now);
	return {
		settings: { ...DEFAULTS, ...handle.settings },
		now,
		coming: others.filter((slot) => !over(slot)),
		past: others.filter((slot) => over(slot) && slot.is !== 'cancelled').reverse(),
		figures: handle.record.figures?.now ?? NONE
	};
}

export const seatOf = (handle: SlotsHandle, slot: ShownSlot): OwnSeat | null =>
	handle.own?.seats[slot.id] ?? null;

export const speaks = (handle: SlotsHandle, slot: ShownSlot): boolean =>
	slot.talk?.speaker?.id === handle.me.id && handle.me.id !== '';

/** What a date is called: its talk, or that there is none yet; of a meeting, its time. */
export function titleOf(handle: SlotsHandle, slot: ShownSlot): string {
	if (handle.settings.talks === false) return span(slot);
	return slot.talk?.title ?? m.slots_untitled();
}

export function seats({ capacity, taken }: ShownSlot): string {
	return capacity === null ? m.slots_signed({ count: taken }) : m.slots_taken({ taken, capacity });
}

/** "21 of 34 came (62 %)". */
export function turnout({ signed, came }: Pick<Attendance, 'signed' | 'came'>): string {
	if (signed === 0) return m.slots_came_all({ count: came });
	return m.slots_came({ came, signed, share: share(came, signed) });
}

/** In whole per cent, as it is written where the reader is. */
export function share(part: number, of: number): string {
	return new Intl.NumberFormat(region(), { style: 'percent' }).format(part / of);
}
