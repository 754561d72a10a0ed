import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECRET } from './storage/replace.ts';

/** The secret of this installation, made once and kept in `<dataDir>/secret`, readable by the owner alone. */
export function keptSecret(dataDir: string): string {
	mkdirSync(dataDir, { recursive: true });
	const path = join(dataDir, SECRET);
	try {
		// `wx`: of two servers that start at once, the second reads what the first wrote.
		writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
	}
	const secret = readFileSync(path, 'utf8').trim();
	if (secret.length < 32)
		throw new Error(`'${path}' is damaged; delete it to sign everybody out and begin anew`);
	return secret;
}
