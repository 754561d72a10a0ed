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

export function draftKey(room: string, key: string): string {
	return `${KEPT}${room}/draft/${key}`;
}

/** How many changes to a document wait on this device. */
export function unsavedKey(room: string, document: string): string {
	return `${KEPT}${room}/unsaved/${document}`;
}
