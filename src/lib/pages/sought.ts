/** Whom a room can be opened with in mind, from their own page: plain data. */
import type { Format } from '#lib/formats/format.ts';
import type { Colleague } from '../../../server/storage/workspace-store.ts';

interface Sought {
	format: string;
	text: Format['text'];
	role: Format['text'];
}

/** The format's role that somebody of the workspace is sought for. */
export function soughtIn(format: Format): Sought | null {
	const role = Object.values(format.roles).find(({ sought }) => sought);
	return role ? { format: format.name, text: format.text, role: role.name } : null;
}

/** Says what they offer, and can be asked. */
export const offers = ({ joined, profile }: Colleague): boolean =>
	joined && (profile?.offers.length ?? 0) > 0;
