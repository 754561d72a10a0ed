/** What the seal says in more than one place. */
import { m } from '#lib/paraglide/messages.js';
import { region } from '#lib/ui/region.ts';
import type { Alike } from './model.ts';
import type { SealHandle, Seen } from './seen.ts';

/** "4 of 5 wrote “slow” and “team”". */
export function alikeWords({ entries, of, same, words }: Alike): string {
	const quoted = (same === null ? words : [same]).map((text) => m.seal_quote({ text }));
	const what = new Intl.ListFormat(region(), { type: 'conjunction' }).format(quoted);
	return m.seal_alike({ count: entries.length, of, what });
}

/** Who will see what I write here, said before I write it. */
export function whoSees(handle: SealHandle, { settings }: Pick<Seen, 'settings'>): string {
	const role = settings.to === null ? null : handle.roleName(settings.to);
	if (handle.may('release')) return role === null ? m.seal_see_private() : m.seal_see_given({ role });
	if (role !== null) return m.seal_see_to({ role });
	return settings.names === 'hidden' ? m.seal_see_hidden() : m.seal_see_shown();
}
