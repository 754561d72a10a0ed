/** Links that end on one thing in a room: `/r/K7Q2MX#at=questions/k3j9`. */

/** Without an item: on the whole part of the room. */
export function landing(code: string, instance: string, item: string | null): string {
	return `/r/${code}#at=${[instance, ...(item === null ? [] : [item])].map(encodeURIComponent).join('/')}`;
}
