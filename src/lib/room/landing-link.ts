/** Links that end on one thing in a room: `/r/K7Q2MX#at=questions/k3j9`. */

/** Without an item: on the whole part of the room. `meeting`: on the record of one that is over. */
export function landing(
	code: string,
	instance: string,
	item: string | null,
	meeting: number | null = null
): string {
	return `/r/${code}${meeting === null ? '' : `/m/${meeting}`}#at=${[instance, ...(item === null ? [] : [item])].map(encodeURIComponent).join('/')}`;
}
