/** What this device keeps of rooms, and how it goes: at sign-out, and where access was lost. */

const KEPT = 'peerloom/';

function remove(database: string): Promise<void> {
	return new Promise((done) => {
		const request = indexedDB.deleteDatabase(database);
		request.onsuccess = request.onerror = request.onblocked = () => done();
	});
}

/** Removes copies of documents and half-written texts: of one room, or of all. */
export async function clearOffline(room?: string): Promise<void> {
	const prefix = room === undefined ? KEPT : `${KEPT}${room}/`;
	for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
	const databases = (await indexedDB.databases?.()) ?? [];
	await Promise.all(databases.flatMap(({ name }) => (name?.startsWith(prefix) ? [remove(name)] : [])));
}

/** Whatever else is kept of a room. */
export function keptKey(room: string, key: string): string {
	return `${KEPT}${room}/${key}`;
}

export function draftKey(room: string, key: string): string {
	return `${KEPT}${room}/draft/${key}`;
}

/** What is half written in a room, in words: a draft is a text, or an entry's fields as JSON. */
export function draftsOf(room: string): string {
	const prefix = draftKey(room, '');
	const texts = Object.keys(localStorage)
		.filter((key) => key.startsWith(prefix))
		.flatMap((key) => textsIn(localStorage.getItem(key) ?? ''));
	return texts.filter((text) => text.trim() !== '').join('\n\n');
}

function textsIn(draft: string): string[] {
	try {
		const value: unknown = JSON.parse(draft);
		if (typeof value !== 'object' || value === null) return [draft];
		return Object.values(value).filter((one) => typeof one === 'string');
	} catch {
		return [draft];
	}
}

/** How many changes to a document wait on this device. */
export function unsavedKey(room: string, document: string): string {
	return `${KEPT}${room}/unsaved/${document}`;
}
