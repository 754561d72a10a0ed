/** Who will see what I write here, said before I write it. */
import { m } from '#lib/paraglide/messages.js';
import type { SealHandle, Seen } from './seen.ts';

export function whoSees(handle: SealHandle, { settings }: Pick<Seen, 'settings'>): string {
	const role = settings.to === null ? null : handle.roleName(settings.to);
	if (handle.may('release')) return role === null ? m.seal_see_private() : m.seal_see_given({ role });
	if (role !== null) return m.seal_see_to({ role });
	return settings.names === 'hidden' ? m.seal_see_hidden() : m.seal_see_shown();
}
