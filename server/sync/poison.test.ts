import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { compact } from './compact.ts';
import { Content } from './content.ts';
import { CLOSE } from './hub.ts';
import { defaultLimits } from './limits.ts';
import { soak, withSeed } from './testing/soak.ts';
import { structs } from './testing/structs.ts';
import { world } from './testing/world.ts';
import { inspect } from './validate.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

type World = ReturnType<typeof world>;

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const message = (type: number, step: number | null, payload: Uint8Array) =>
	encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, type);
		if (step !== null) encoding.writeVarUint(encoder, step);
		encoding.writeVarUint8Array(encoder, payload);
	});

/** A connection that says whatever it is told to. */
async function attacker(w: World, limitsOf: 'r/board' | 'r/other' = 'r/board') {
	const client = w.join(limitsOf, { greet: false, who: { person: 'eve', name: 'Eve' } });
	await w.settle();
	return client;
}

/** Public vectors that bring Yjs, its ports or its servers down, or keep them busy for ever. */
const VECTORS: [string, Uint8Array][] = [
	['yjs #687: run lengths without end', hex('00010000000001000100010200001602000001fdffffffff7f0000')],
	['yjs #687: structs by the billion in a few bytes', hex('01ffffffff7f010000ffffffff7f00')],
	['yjs #687: clients by the billion', hex('ffffffff7f')],
	['yjs #687: deletions by the billion', hex('000101ffffffff7f0001')],
	['yjs #687: one deletion of everything', hex('0001010100ffffffffffffff7f')],
	['yjs #687: content by the billion', hex('0101010008010174ffffffff7f00')],
	['yjs #479: what is no update at all', new Uint8Array(Buffer.from('garbagedoc', 'base64'))],
	['yjs #498: no bytes', new Uint8Array()],
	['y-crdt #639: more entries than bytes', new Uint8Array([255, 255, 255, 122])],
	['engram #989: a vector of billions', new Uint8Array([128, 128, 128, 128, 15])],
	['hocuspocus #444: a number that is none', new Uint8Array(12).fill(255)],
	['hocuspocus #158: plain text', new TextEncoder().encode('ping')]
];

describe('what brought others down', () => {
	it.each(VECTORS)(
		'V1: %s is refused, whatever it is sent as, and nothing of it is kept',
		async (_, bytes) => {
			for (const poison of [
				message(0, 0, bytes),
				message(0, 1, bytes),
				message(0, 2, bytes),
				message(1, null, bytes)
			]) {
				const w = world();
				const other = w.join('r/other');
				const eve = await attacker(w);
				eve.connection.receive(poison);
				expect(eve.closes, `${poison}`).toEqual([CLOSE.invalid]);
				other.write('fine');
				await w.settle();
				expect(w.store.log.map(({ document }) => document)).toEqual(['r/other']);
				expect(w.errors).toEqual([]);
			}
		}
	);

	it('V1: documents in documents are refused: each would cost what a document costs', async () => {
		const doc = new Y.Doc();
		doc.getMap('m').set('sub', new Y.Doc());
		const w = world();
		const eve = await attacker(w);
		eve.connection.receive(message(0, 2, Y.encodeStateAsUpdate(doc)));
		expect(eve.closes).toEqual([CLOSE.invalid]);
	});

	it.each([
		['deletions', hex(`0001 01 03 0001 0201 0401`.replaceAll(' ', ''))],
		['clients without structs', new Uint8Array([4, 0, 4, 0, 0, 3, 0, 0, 2, 0, 0, 1, 0, 0])]
	])('V2: counts %s as well as structs', (_, update) => {
		const few = { structs: 3, deletions: 2 };
		expect(inspect(update, few)).toBe('too large');
		expect(inspect(update, { structs: 4, deletions: 3 })).not.toBe('too large');
	});

	it.each<[string, Uint8Array]>([
		['a state vector', message(0, 0, encoded(defaultLimits.vector))],
		['presence', message(1, null, new Uint8Array(65 * defaultLimits.presence + 1))]
	])('V2: %s that is larger than any honest one is not even decoded', async (_, bytes) => {
		const w = world();
		const eve = await attacker(w);
		eve.connection.receive(bytes);
		expect(eve.closes).toEqual([CLOSE.tooLarge]);
	});
});

/** A state vector of more than so many bytes. */
function encoded(bytes: number): Uint8Array {
	const entries = bytes / 4 + 1;
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, entries);
		for (let n = 0; n < entries; n++) {
			encoding.writeVarUint(encoder, 100_000 + n);
			encoding.writeVarUint(encoder, 1);
		}
	});
}

describe('what costs the server more counts for more', () => {
	it('V6: large messages, updates of many parts and searches count by what they cost, over all connections of a person', async () => {
		const limits = { work: 10, workBurst: 100, structs: 100_000 };
		const doc = new Y.Doc();
		doc.getText('t').insert(0, 'x'.repeat(100_000));
		const large = Y.encodeStateAsUpdate(doc);
		const parts = encoding.encode((encoder) => {
			for (const n of [1, 30_000, 9, 0]) encoding.writeVarUint(encoder, n);
			for (let n = 0; n < 30_000; n++) encoding.writeUint8Array(encoder, new Uint8Array([0, 1]));
			encoding.writeVarUint(encoder, 0);
		});
		for (const [bytes, each] of [
			// 100 kB
			[message(0, 2, large), 6.25],
			// the smallest: as many as one connection may send at once, and then all of them together
			[new Uint8Array([3]), 0.25],
			// 30,000 structs of 2 bytes
			[message(0, 2, parts), 64],
			// a document of 100 kB is searched
			[message(0, 0, new Uint8Array([1, 1, 1])), 12]
		] as const) {
			const w = world(limits);
			const writer = w.join('r/board', { greet: false });
			await w.settle();
			for (const update of [large, parts]) writer.connection.receive(message(0, 2, update));
			await w.settle();
			const join = () => w.join('r/board', { greet: false, who: { person: 'eve', name: 'Eve' } });
			const eve = join();
			let taken = 0;
			for (; taken < 1000; taken++) {
				eve.connection.receive(bytes);
				await turn();
				if (eve.paused) break;
			}
			expect(taken).toBeGreaterThanOrEqual(Math.floor(95 / each));
			expect(taken).toBeLessThanOrEqual(Math.ceil(100 / each) + 1);
			// one that comes back at once finds what it has spent, and others have their own
			const again = join();
			again.connection.receive(new Uint8Array([3]));
			const tom = w.join('r/board').write('fine').flushUp();
			expect([again.paused, tom.paused]).toEqual([true, false]);
			// nothing is lost, and nobody is sent away
			again.write('sorry').flushUp();
			w.clock.advance(30_000);
			await w.settle();
			expect([eve.paused, again.paused]).toEqual([false, false]);
			expect([eve.closes, again.closes, tom.closes]).toEqual([[], [], []]);
			expect(tom.text()).toContain('sorry');
		}
	});

	it('V6: a projector counts for its room: one that makes too much work makes none wait elsewhere', async () => {
		const w = world({ work: 1, workBurst: 10 });
		const projector = (room: string) => {
			const it = { paused: false };
			const socket = {
				...{ isOpen: true, bufferedAmount: 0, send() {}, close() {} },
				pause: () => void (it.paused = true),
				resume: () => void (it.paused = false)
			};
			const who = { person: 'screen', name: '' };
			const options = { saved: false, payer: `screen ${room}` };
			const connection = w.hub.connect(socket, `${room}/m1/record`, who, 'read', options);
			return { it, ask: () => connection.receive(message(0, 0, new Uint8Array([0]))) };
		};
		const [here, there] = [projector('a'), projector('b')];
		await w.settle();
		for (let n = 0; n < 60; n++) here.ask();
		there.ask();
		expect([here.it.paused, there.it.paused]).toEqual([true, false]);
	});

	it('V6, V10: an honest client that brings a large document after a long time offline is not closed for it', async () => {
		const doc = new Y.Doc();
		for (let n = 0; n < 20_000; n++) doc.getMap('m').set(`${n}`, 'x'.repeat(300));
		const w = world();
		const client = w.join('r/board', { doc, saved: true });
		await w.settle();
		expect(client.closes).toEqual([]);
		expect(client.saved).toBe(1);
	});
});

describe('fuzzing', () => {
	/** One good message of each kind, as the stock client sends them, and those that only servers send. */
	async function good(): Promise<Uint8Array[]> {
		const w = world();
		const a = w.join('r/board', { saved: true }).write('abc');
		a.awareness.setLocalState({ cursor: 1, name: 'Grüße' });
		a.doc.getMap('m').set('k', { a: [1, null, 'x'] });
		const up = [...a.up];
		await w.settle();
		a.connection.access = 'read';
		a.connection.receive(up.at(-1)!);
		const saved = new Uint8Array([100, 5]);
		return [...up, ...a.down, new Uint8Array([3]), saved, message(0, 1, Y.encodeStateAsUpdate(a.doc))];
	}

	const runs = soak(60);
	const seed = withSeed('byte mutation');

	it(`V1, V4: every kind of message with bytes changed, cut and added disturbs nobody else (${runs} runs)`, async () => {
		const messages = await good();
		expect(new Set(messages.map(([type, step]) => (type === 0 ? `0,${step}` : `${type}`))).size).toBe(7);
		let ran = 0;
		const closes = new Set<number>();
		const mutation = fc.record({
			which: fc.nat(messages.length - 1),
			changes: fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 4 }),
			cut: fc.option(fc.nat(60), { nil: null }),
			more: fc.uint8Array({ maxLength: 6 })
		});
		const mangled = ({ which, changes, cut, more }: Mutation) => {
			const bytes = messages[which]!.slice(0, cut ?? undefined);
			for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
			return new Uint8Array([...bytes, ...more]);
		};
		type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;
		await fc.assert(
			fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 30 }), async (mutations) => {
				ran++;
				const w = world();
				const [writer, reader] = [w.join('r/other'), w.join('r/other')];
				const witness = w.join('r/board').write('before');
				await w.settle();
				for (const one of mutations) {
					const eve = w.join('r/board', { who: { person: 'eve', name: 'Eve' } });
					eve.flushUp();
					eve.connection.receive(mangled(one));
					// a tick each: whatever it was, the other room sees what is written in the one that follows
					writer.write('x').flushUp();
					w.clock.advance(32);
					await turn();
					reader.flushDown();
					expect(reader.text()).toBe(writer.text());
					for (const code of eve.closes) closes.add(code);
					eve.leave();
				}
				expect([...closes].filter((code) => code !== CLOSE.invalid && code !== CLOSE.tooLarge)).toEqual([]);
				expect(w.errors).toEqual([]);
				await w.settle();
				// whatever got in, whoever joins later can read it
				const late = new Y.Doc();
				Y.applyUpdate(late, await w.hub.read('r/board'));
				expect(late.getText('t').toString()).toContain('before');
				expect(witness.closes).toEqual([]);
			}),
			{ numRuns: runs, seed }
		);
		expect(ran).toBeGreaterThanOrEqual(runs);
		expect(closes).toContain(CLOSE.invalid);
	}, 7_200_000);

	/** What failed once: the updates, as they came. */
	const FAILED: [string, string[]][] = [
		[
			'a clock said again as something else, and cut in two',
			[
				'[1,3,2,4,0,1,134,1,7,4,98,111,108,100,4,116,114,117,101,132,1,0,2,97,98,0]',
				'[2,3,2,3,132,1,0,2,97,98,0,1,0,1,2,1,0,4,1,1,116,1,97,0,1,0]'
			]
		],
		[
			'several values under one key, with another between them, and what holds them deleted',
			['[1,2,3,0,40,0,2,5,1,107,2,125,0,125,1,135,3,0,0,0]', '[1,3,2,3,0,1,4,0,1,0,3,97,98,99,0,1,0]']
		]
	];

	it.each(FAILED)('V5: what failed once harms nobody: %s', (_, updates) => {
		for (const mergeBelow of [0, 1000])
			readable(
				updates.map((update) => new Uint8Array(JSON.parse(update) as number[])),
				updates.map(() => 0),
				mergeBelow
			);
	});

	it(`V5: updates of well-formed structs that make no sense leave a document that all can read (${soak(250)} runs)`, () => {
		const done = { runs: 0, took: 0, changed: 0, refused: 0 };
		const some = fc.array(structs(), { minLength: 1, maxLength: 8 });
		const dice = fc.array(fc.nat(9), { minLength: 8, maxLength: 8 });
		fc.assert(
			fc.property(some, dice, fc.constantFrom(0, 1000), (updates, rolls, mergeBelow) => {
				const { took, changed, refused } = readable(updates, rolls, mergeBelow);
				done.runs++;
				done.took += took;
				done.changed += changed;
				done.refused += refused;
			}),
			{ numRuns: soak(250), seed: withSeed('structs') }
		);
		expect(done.runs).toBeGreaterThanOrEqual(soak(250));
		expect(done.took).toBeGreaterThan(done.runs / 4);
		expect(done.changed).toBeGreaterThan(0);
		expect(done.refused).toBeGreaterThan(0);
	}, 7_200_000);
});

/**
 * Updates come to a document, and what is taken of each goes to people who have it open: one by one, in frames, with
 * what was deleted kept, those who come back, who come late, after a cold load, and to a compacted copy. None may fail.
 */
function readable(updates: readonly Uint8Array[], rolls: readonly number[], mergeBelow: number) {
	const done = { took: 0, changed: 0, refused: 0 };
	const honest = Object.assign(new Y.Doc(), { clientID: 2 });
	honest.getText('t').insert(0, 'hello');
	honest.getMap('m').set('k', new Y.Map());
	const state = Y.encodeStateAsUpdate(honest);
	let content = new Content({ snapshot: compact([state]), tail: [], upTo: 1 }, { mergeBelow });
	const reader = (...parts: Uint8Array[]) => {
		const doc = new Y.Doc();
		for (const part of parts) Y.applyUpdate(doc, part);
		return doc;
	};
	const framed = reader(state);
	const keeping = new Y.Doc({ gc: false });
	Y.applyUpdate(keeping, state);
	const readers = [reader(state), keeping];
	let frame: Uint8Array[] = [];
	const flush = () => {
		if (frame.length > 0) Y.applyUpdate(framed, Y.mergeUpdates(frame));
		frame = [];
	};
	for (const [i, update] of updates.entries()) {
		const decoded = inspect(update, defaultLimits);
		if (typeof decoded === 'string' || !content.hasNews('update', decoded)) continue;
		const verdict = content.admit(update, decoded);
		if (typeof verdict === 'string' || 'measure' in verdict) {
			expect(verdict).not.toBe('later');
			done.refused++;
			continue;
		}
		done.took++;
		if (verdict.update !== update) done.changed++;
		const entry = { document: 'r/a', update: verdict.update, person: null, at: 0, cause: null, seq: 2 + i };
		content.append(entry, verdict.says);
		frame.push(verdict.update);
		for (const doc of readers) Y.applyUpdate(doc, verdict.update);
		const roll = rolls[i] ?? 0;
		if (roll > 4) flush();
		if (roll === 0) {
			// in the middle of it all the server starts anew
			const snapshot = compact([content.merged()]);
			content = new Content({ snapshot, tail: [], upTo: entry.seq }, { mergeBelow });
		}
		if (roll === 1) {
			const back = reader(state);
			for (const part of content.since(Y.encodeStateVector(back))) Y.applyUpdate(back, part);
			readers.push(back);
		}
		if (roll === 2) readers.push(reader(...content.since(new Uint8Array([0]))));
		if (roll === 3) readers.push(reader(compact([content.merged()]).state));
		for (const doc of [framed, ...readers]) look(doc);
	}
	flush();
	for (const doc of [framed, ...readers, reader(content.merged())]) look(doc);
	const { store } = reader(content.merged());
	const waits = store.pendingStructs !== null || store.pendingDs !== null;
	expect(compact([content.merged()]).known === null).toBe(waits);
	return done;
}

function look(doc: Y.Doc): void {
	doc.getMap('m').toJSON();
	doc.getText('t').toDelta();
	doc.getArray('a').toJSON();
	Y.encodeStateAsUpdate(doc);
}
