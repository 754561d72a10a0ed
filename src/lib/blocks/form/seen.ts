/** What the views of a form look at. */
import type { Handle } from '../block.ts';
import { m } from '#lib/paraglide/messages.js';
import { gist } from '../fields.ts';
import {
	DEFAULTS,
	type Figure,
	type Filled,
	type FormOwn,
	type FormProgress,
	type FormRecord,
	type FormSettings,
	type Shown
} from './model.ts';

export type FormHandle = Handle<FormRecord, null, FormOwn, Partial<FormSettings>>;

export interface Seen {
	settings: FormSettings;
	now: FormProgress;
	mine: Filled[];
	/** Of others, and where names are hidden of everybody: what I may see of them. */
	others: Shown[];
	figures: Figure[];
}

const NOTHING: FormProgress = { submitted: 0, of: 0, closed: null, shared: false, withheld: false };

export function seen(handle: FormHandle): Seen {
	const { record, own, me } = handle;
	const shown = [...Object.values(record.entries), ...(own?.entries ?? [])];
	return {
		settings: { ...DEFAULTS, ...handle.settings },
		now: record.progress.now ?? NOTHING,
		mine: [...(own?.mine ?? [])].sort((a, b) => a.at - b.at),
		others: shown.filter((one) => one.author !== me.id).sort((a, b) => (a.at ?? 0) - (b.at ?? 0)),
		figures: [...Object.values(record.figures), ...(own?.figures ?? [])]
	};
}

/** Mine stand beside those of the others where names are shown; without a name nobody's can be told. */
export const allOf = ({ mine, others, settings }: Seen): Shown[] => [
	...(settings.names === 'shown' && settings.show === 'room'
		? mine
				.filter(({ unnamed }) => !unnamed)
				.map(({ id, entry, person, at }) => ({ id, entry, author: person, at }))
		: []),
	...others
];

/** Entries worth reading one by one: what bars say already is left out. */
export function worded(view: Seen, among: Shown[] = allOf(view)): Shown[] {
	if (view.figures.length === 0) return among;
	return among.filter((one) => gist(view.settings.fields, one.entry) !== '');
}

export function mayShare(handle: FormHandle, { settings, now }: Seen): boolean {
	return settings.show === 'role' && !now.shared && now.submitted > 0 && handle.may('share');
}

/** Nothing here concerns this person now: neither to write, nor to read, nor to wait for. */
export function idle(handle: FormHandle, { mine, others, figures, now }: Seen): boolean {
	const nothing = mine.length + others.length + figures.length === 0;
	const awaits = now.of > 0 && (handle.moderates || now.submitted > 0);
	return nothing && !handle.may('submit') && !awaits;
}

/** Said above what only some roles can read yet; null where everybody can. */
export function onlyFor(handle: FormHandle, { settings, now }: Seen): string | null {
	if (settings.show !== 'role' || now.shared) return null;
	return m.form_see_role({ role: settings.to.map((role) => handle.roleName(role)).join(', ') });
}

/** Who will see what I write here, said before I write it. */
export function whoSees(handle: FormHandle, view: Seen): string {
	const { settings } = view;
	if (settings.audience !== null) return m.form_see_audience();
	if (settings.show === 'counts') return m.form_see_counts();
	const few = onlyFor(handle, view);
	if (few !== null) return few;
	if (settings.names === 'hidden') return m.form_see_hidden();
	return m.form_see_room();
}
