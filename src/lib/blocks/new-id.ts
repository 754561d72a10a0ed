/** A new id, made in the browser. Not `randomUUID`: that is missing where a company serves the page over plain http. */
export function newId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
