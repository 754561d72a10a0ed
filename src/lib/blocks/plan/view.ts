/** What the views of a plan look at. */
import type { Handle } from '../block.ts';
import { dayAt } from '../days.ts';
import { DEFAULTS, inOrder, type Item, type PlanOwn, type PlanRecord, type PlanSettings } from './model.ts';

export type PlanHandle = Handle<PlanRecord, null, PlanOwn, Partial<PlanSettings>>;

export interface Seen {
	settings: PlanSettings;
	/** The first day. */
	day: string | null;
	items: Item[];
	done: number;
	/** By phase, those with something in them. */
	phases: { id: string; items: Item[]; done: number }[];
	/** The plan's phase that is open. */
	now: string | null;
	today: string;
}

export function seen(handle: PlanHandle): Seen {
	const settings = { ...DEFAULTS, ...handle.settings };
	const items = inOrder(Object.values(handle.record.items ?? {}));
	const current = settings.phases.find(({ id }) => id === handle.phase?.id)?.id ?? null;
	return {
		settings,
		day: handle.record.begun?.now?.day ?? null,
		items,
		done: items.filter(({ done }) => done !== null).length,
		phases: settings.phases
			.map(({ id }) => {
				const own = items.filter(({ phase }) => phase === id);
				return { id, items: own, done: own.filter(({ done }) => done !== null).length };
			})
			.filter((one) => one.items.length > 0),
		now: current,
		today: dayAt(handle.now())
	};
}

export const mayTick = (handle: PlanHandle, { owner }: Item): boolean =>
	!handle.frozen && owner === handle.me.role && handle.may('tick');

/** Whose it is: the person in the role, or the role while there is nobody. */
export function ownerName(handle: PlanHandle, { owner }: Item): string {
	const person = Object.values(handle.people).find(({ role }) => role === owner);
	return person?.name ?? handle.roleName(owner);
}
