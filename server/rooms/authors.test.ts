import { describe, expect, it } from 'vitest';
import * as encoding from 'lib0/encoding';
import * as fc from 'fast-check';
import * as Y from 'yjs';
import type { Logged } from '../storage/store.ts';
import { Authors } from './authors.ts';
import { soak } from '../sync/testing/soak.ts';

/** A document that several people write in, and its log. */
function page() {
	const log: Logged[] = [];
	const docs = new Map<string, Y.Doc>();
	const server = new Y.Doc();
	const append = (person: string | null, update: Uint8Array) => {
		log.push({ seq: log.length + 1, document: 'room/m1/page', update, person, at: 0, cause: null });
		Y.applyUpdate(server, update);
		for (const doc of docs.values()) Y.applyUpdate(doc, update, 'server');
	};
	const at = (person: string): Y.Text => {
		let doc = docs.get(person);
		if (!doc) {
			doc = new Y.Doc();
			Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
			doc.on(
				'update',
				(update: Uint8Array, origin: unknown) => origin !== 'server' && append(person, update)
			);
			docs.set(person, doc);
		}
		return doc.getText('page');
	};
	const store = {
		history: async (_: string, from: number, limit: number) =>
			log.filter(({ seq }) => seq > from).slice(0, limit)
	};
	const authors = new Authors();
	return {
		at,
		append,
		server,
		text: () => server.getText('page').toString(),
		async count() {
			await authors.read(store, 'room/m1/page');
			return authors.count();
		}
	};
}

describe('who wrote what of a document', () => {
	it('is told by the log: what stands counts, what was deleted does not', async () => {
		const here = page();
		here.at('nadia').insert(0, 'I rehearse the slides.');
		here.at('ben').insert(0, 'What happens?');
		expect(await here.count()).toEqual({ nadia: 22, ben: 13 });
		here.at('nadia').delete(0, 5);
		here.at('nadia').insert(4, 'xy');
		expect(await here.count()).toEqual({ nadia: 24, ben: 8 });
	});

	it('is not changed by sending once more what others wrote, nor by what the server began with', async () => {
		const here = page();
		const seed = new Y.Doc();
		seed.getText('page').insert(0, 'Goal:');
		here.append(null, Y.encodeStateAsUpdate(seed));
		here.at('nadia').insert(5, 'mine');
		here.append('ben', Y.encodeStateAsUpdate(here.server));
		expect(await here.count()).toEqual({ nadia: 4 });
	});

	it('is the one who brought it, whatever client id they gave themselves', async () => {
		const here = page();
		here.at('nadia').insert(0, 'mine');
		const forged = new Y.Doc();
		Y.applyUpdate(forged, Y.encodeStateAsUpdate(here.server));
		forged.clientID = [...here.server.store.clients.keys()][0]!;
		const before = Y.encodeStateVector(forged);
		forged.getText('page').insert(4, ' and his');
		here.append('ben', Y.encodeStateAsUpdate(forged, before));
		expect(await here.count()).toEqual({ nadia: 4, ben: 8 });
	});

	it('is counted at once, however many pieces it came in and whatever stands between them', async () => {
		const many = 100_000;
		const letters = encoding.encode((encoder) => {
			for (const n of [1, 2 * many, 77, 0]) encoding.writeVarUint(encoder, n);
			for (let n = 0; n < many; n++) {
				encoding.writeUint8(encoder, 4);
				encoding.writeVarUint(encoder, 1);
				encoding.writeVarString(encoder, 'page');
				encoding.writeVarString(encoder, 'x');
				// and a gap
				encoding.writeUint8(encoder, 10);
				encoding.writeVarUint(encoder, 1);
			}
			encoding.writeVarUint(encoder, 0);
		});
		const entry = { seq: 1, document: 'page', update: letters, person: 'nadia', at: 0, cause: null };
		const authors = new Authors();
		await authors.read({ history: async (_, from) => (from === 0 ? [entry] : []) }, 'page');
		expect(authors.count()).toEqual({ nadia: many });
	});

	it('adds up to the text, however it came about', async () => {
		const step = fc.record({
			by: fc.constantFrom('nadia', 'ben', 'tess'),
			at: fc.double({ min: 0, max: 1, noNaN: true }),
			text: fc.string({ minLength: 1, maxLength: 8 }),
			cut: fc.nat({ max: 6 })
		});
		let runs = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
				runs++;
				const here = page();
				for (const { by, at, text, cut } of steps) {
					const place = Math.floor(at * here.text().length);
					here.at(by).insert(place, text);
					here.at(by).delete(0, Math.min(cut, here.text().length));
				}
				const written = Object.values(await here.count()).reduce((sum, count) => sum + count, 0);
				expect(written).toBe(here.text().length);
			}),
			{ numRuns: soak(60) }
		);
		expect(runs).toBe(60);
	});
});
