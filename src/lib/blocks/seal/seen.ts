/** What the views of a seal look at: the open round, and what of it is mine. */
import type { Handle } from '../block.ts';
import {
	DEFAULTS,
	type Accepted,
	type Alike,
	type Beside,
	type Given,
	type Progress,
	type Revealed,
	type Sealed,
	type SealOwn,
	type SealRecord,
	type SealSettings
} from './model.ts';

export type SealHandle = Handle<SealRecord, null, SealOwn, Partial<SealSettings>>;

export interface Seen {
	settings: SealSettings;
	now: Progress;
	/** Of this round, in the order that was drawn. */
	revealed: Revealed[];
	/** Of earlier rounds of this meeting, the last first. */
	before: Revealed[];
	/** Of these, those that say nearly the same, the largest group first. */
	alike: Alike[];
	accepted: Accepted | null;
	beside: Beside | null;
	/** Mine of this round, and what I have handed on. */
	mine: Sealed[];
	given: Given[];
}

const NOTHING: Progress = { number: 1, revealed: null, due: null, submitted: 0, of: 0 };

/** The round's groups of entries that say nearly the same, the largest first. */
export function alikeOf({ alike }: Partial<Pick<SealRecord, 'alike'>>, round: number): Alike[] {
	return Object.values(alike ?? {})
		.filter((one) => one.round === round)
		.sort((a, b) => b.entries.length - a.entries.length);
}

export function seen(handle: SealHandle): Seen {
	const { record, own } = handle;
	const now = record.progress.now ?? NOTHING;
	const all = Object.values(record.revealed).sort((a, b) => a.order - b.order);
	return {
		settings: { ...DEFAULTS, ...handle.settings },
		now,
		revealed: all.filter((one) => one.round === now.number),
		before: all
			.filter((one) => one.round !== now.number)
			.sort((a, b) => b.round - a.round || a.order - b.order),
		alike: alikeOf(record, now.number),
		accepted: record.accepted[now.number] ?? null,
		beside: record.beside.now ?? null,
		mine: (own?.mine ?? []).filter((one) => one.round === now.number).sort((a, b) => a.at - b.at),
		given: own?.given ?? []
	};
}
