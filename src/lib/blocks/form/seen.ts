/** What the views of a form look at. */
import type { Handle } from '../block.ts';
import { m } from '#lib/paraglide/messages.js';
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

/** Who will see what I write here, said before I write it. */
export function whoSees(handle: FormHandle, { settings, now }: Seen): string {
	if (settings.audience !== null) return m.form_see_audience();
	if (settings.show === 'counts') return m.form_see_counts();
	if (settings.show === 'role' && !now.shared)
		return m.form_see_role({ role: settings.to.map((role) => handle.roleName(role)).join(', ') });
	return settings.names === 'hidden' ? m.form_see_hidden() : m.form_see_room();
}
