import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another process has this DATA_DIR. Nothing was read or changed. */
export class Locked extends Error {
	override readonly name = 'Locked';
	constructor(dataDir: string) {
		super(`'${dataDir}' is in use by another Peerloom process. Stop it first, or choose another DATA_DIR.`);
	}
}

/**
 * Claims `dataDir` for this process until the function returned is called or the process ends, however it ends: the
 * lock is the operating system's, so that none is left behind by `kill -9`. SQLite takes it, because Node cannot; the
 * file itself stays empty. Throws `Locked`.
 */
export function lockDataDir(dataDir: string): () => void {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const lock = new DatabaseSync(join(dataDir, 'lock'));
	try {
		lock.exec('begin exclusive');
	} catch (error) {
		lock.close();
		// 5: SQLITE_BUSY
		const taken = error instanceof Error && 'errcode' in error && error.errcode === 5;
		throw taken ? new Locked(dataDir) : error;
	}
	return () => {
		if (lock.isOpen) lock.close();
	};
}
