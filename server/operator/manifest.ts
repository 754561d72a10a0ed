/** What a backup says of itself. */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { Trouble } from './trouble.ts';

export const MANIFEST = 'manifest.json';

const file = v.object({ bytes: v.number(), sha256: v.string() });
const counts = v.object({
	rooms: v.number(),
	people: v.number(),
	documents: v.number(),
	/** Entries of the log, and the last one's seq. */
	entries: v.number(),
	seq: v.number()
});

const manifest = v.object({
	is: v.literal('peerloom-backup'),
	/** Of Peerloom. */
	version: v.string(),
	/** ISO time at which it was begun: everything that was acknowledged before is in it. */
	at: v.string(),
	counts,
	/** By name. Without `secret` where SECRET is set in the environment. */
	files: v.record(v.string(), file)
});

export type Manifest = v.InferOutput<typeof manifest>;

export function countsOf(db: DatabaseSync): Manifest['counts'] {
	const one = (sql: string) => Number(Object.values(db.prepare(sql).get() ?? {})[0] ?? 0);
	return {
		rooms: one('select count(*) from room'),
		people: one('select count(*) from person'),
		documents: one('select count(*) from document'),
		entries: one('select count(*) from log'),
		seq: one('select max(seq) from log')
	};
}

export async function describeFile(path: string): Promise<v.InferOutput<typeof file>> {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
	return { bytes: statSync(path).size, sha256: hash.digest('hex') };
}

/** Throws `Trouble` unless the folder is a backup whose files are what its manifest says. */
export async function readManifest(folder: string): Promise<Manifest> {
	let text: string;
	try {
		text = readFileSync(join(folder, MANIFEST), 'utf8');
	} catch {
		throw new Trouble(`'${folder}' is no backup: it has no ${MANIFEST}.`);
	}
	const parsed = v.safeParse(manifest, asJson(text));
	if (!parsed.success) throw new Trouble(`'${join(folder, MANIFEST)}' is damaged.`);
	for (const [name, expected] of Object.entries(parsed.output.files)) {
		// a name with a path in it would lead out of the folder
		if (!/^[a-z.-]+$/.test(name)) throw new Trouble(`'${join(folder, MANIFEST)}' is damaged.`);
		const found = await describeFile(join(folder, name)).catch(() => null);
		if (found === null) throw new Trouble(`The backup is incomplete: '${name}' is missing.`);
		if (found.sha256 !== expected.sha256)
			throw new Trouble(`The backup is damaged: '${name}' is not what it was (its checksum differs).`);
	}
	return parsed.output;
}

function asJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
