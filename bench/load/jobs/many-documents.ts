import * as Y from 'yjs';
import { wait } from '../../figures.ts';
import { encodeUpdate, open, type Target } from '../dialect.ts';
import type { Stage } from '../worker.ts';

export interface ManyDocuments {
	/** A document each; the first ones only warm the server up. */
	targets: Target[];
	warm: number;
	notes: number;
}

/** Opens document after document, writes notes into each and stays. Stages: 'warm', 'open'. */
export async function manyDocuments({ targets, warm, notes }: ManyDocuments, stage: Stage): Promise<void> {
	const fill = async (some: Target[]) => {
		for (const target of some) {
			const doc = new Y.Doc();
			const socket = await open(target, null);
			doc.on('update', (update: Uint8Array) => socket.send(encodeUpdate(target, update)));
			for (let n = 0; n < notes; n++) {
				const note = new Y.Map(
					Object.entries({ text: `Note ${n}, as long as people write them.`, x: n * 10, y: n })
				);
				doc.getMap('notes').set(`note-${n}`, note);
			}
			await wait(2);
			doc.destroy();
		}
	};
	await fill(targets.slice(0, warm));
	await stage('warm');
	await fill(targets.slice(warm));
	await stage('open');
}
