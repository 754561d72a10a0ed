import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { inspect } from './validate.ts';
import { soak } from './testing/soak.ts';

const limits = { structs: 10_000, deletions: 10_000 };

/** An update of everything that Yjs knows: text with formats, maps, nested types, binary, XML, deletions. */
function rich(): Uint8Array {
	const doc = new Y.Doc();
	const text = doc.getText('t');
	text.insert(0, 'Grüße, 🐝!', { bold: true });
	text.insertEmbed(3, { image: 'x' });
	doc.getMap('m').set('a', [1, null, { b: true }, 1.5, 'x', undefined]);
	doc.getMap('m').set('bin', new Uint8Array([1, 2, 3]));
	doc.getMap('m').set('a', 'again');
	const list = new Y.Array<unknown>();
	doc.getMap('m').set('list', list);
	list.push([1, 2, 3, 4]);
	list.delete(1, 2);
	doc.getXmlFragment('x').insert(0, [new Y.XmlElement('p'), new Y.XmlText('hi')]);
	text.delete(1, 3);
	return Y.encodeStateAsUpdate(doc);
}

type Write = (encoder: encoding.Encoder) => void;

/** An update of one client block with hand-written structs and no deletions. */
function raw(client: number, clock: number, ...structs: Write[]): Uint8Array {
	return encoding.encode((encoder) => {
		for (const n of [1, structs.length, client, clock]) encoding.writeVarUint(encoder, n);
		for (const write of structs) write(encoder);
		encoding.writeVarUint(encoder, 0);
	});
}

const gc =
	(length: number): Write =>
	(encoder) => {
		encoding.writeUint8(encoder, 0);
		encoding.writeVarUint(encoder, length);
	};

const string =
	(value: string, origin?: [number, number]): Write =>
	(encoder) => {
		encoding.writeUint8(encoder, 4 | (origin ? 0x80 : 0));
		if (origin) for (const n of origin) encoding.writeVarUint(encoder, n);
		else {
			encoding.writeVarUint(encoder, 1);
			encoding.writeVarString(encoder, 't');
		}
		encoding.writeVarString(encoder, value);
	};

describe('validation', () => {
	it('V1: takes what Yjs writes', () => {
		expect(inspect(rich(), limits)).toMatchObject({ structs: expect.any(Array) });
		expect(inspect(new Uint8Array([0, 0]), limits)).toMatchObject({ structs: [] });
		expect(inspect(raw(1, 0, string('a')), limits)).not.toBe('invalid');
	});

	it('V1: takes merged and partial updates, gaps and all', () => {
		const doc = new Y.Doc();
		const updates: Uint8Array[] = [];
		doc.on('update', (update) => updates.push(update));
		for (const word of ['a', 'b', 'c']) doc.getText('t').insert(0, word);
		const [a, , c] = updates as [Uint8Array, Uint8Array, Uint8Array];
		expect(inspect(Y.mergeUpdates([a, c]), limits)).toMatchObject({ structs: { length: 3 } });
		const vector = Y.encodeStateVectorFromUpdate(a);
		expect(inspect(Y.diffUpdate(Y.mergeUpdates(updates), vector), limits)).not.toBe('invalid');
	});

	it.each<[string, Uint8Array]>([
		['bytes that are left over', new Uint8Array([...rich(), 0])],
		['an update that is cut short', rich().slice(0, -1)],
		['no bytes at all', new Uint8Array()],
		['a V2 update', Y.convertUpdateFormatV1ToV2(rich())],
		['an empty struct', raw(1, 0, gc(0))],
		['an empty string', raw(1, 0, string(''))],
		['a clock beyond what numbers can count', raw(1, 10, gc(Number.MAX_SAFE_INTEGER))],
		['an item that stands on itself', raw(1, 0, string('a', [1, 0]))],
		['an item that stands on a later one of its own client', raw(1, 0, string('a', [1, 5]), string('b'))],
		['clients in rising order', new Uint8Array([2, 1, 1, 0, 0, 1, 1, 2, 0, 0, 1, 0])],
		['the same client twice', new Uint8Array([2, 1, 2, 0, 0, 1, 1, 2, 5, 0, 1, 0])],
		['an unknown kind of content', new Uint8Array([1, 1, 1, 0, 31, 1, 1, 116, 0])],
		['an unknown type', new Uint8Array([1, 1, 1, 0, 7, 1, 1, 116, 99, 0])],
		['an empty deletion', new Uint8Array([0, 1, 1, 1, 0, 0])],
		['text that is no UTF-8', new Uint8Array([1, 1, 1, 0, 4, 1, 1, 116, 2, 0xff, 0xfe, 0])]
	])('V1: refuses %s', (_, update) => {
		expect(inspect(update, limits)).toBe('invalid');
	});

	it('V1: refuses values that are nested deeper than the stack', () => {
		const deep = encoding.encode((encoder) => {
			for (const n of [1, 1, 1, 0]) encoding.writeVarUint(encoder, n);
			encoding.writeUint8(encoder, 8);
			encoding.writeVarUint(encoder, 1);
			encoding.writeVarString(encoder, 't');
			encoding.writeVarUint(encoder, 1);
			for (let i = 0; i < 200_000; i++) {
				encoding.writeUint8(encoder, 117);
				encoding.writeVarUint(encoder, 1);
			}
			encoding.writeUint8(encoder, 126);
			encoding.writeVarUint(encoder, 0);
		});
		expect(inspect(deep, limits)).toBe('invalid');
	});

	it('V2: says "too large" of more structs than allowed, without reading them all', () => {
		const many = raw(1, 0, ...Array.from({ length: 101 }, () => gc(1)));
		expect(inspect(many, { ...limits, structs: 102 })).not.toBe('too large');
		expect(inspect(many, { ...limits, structs: 101 })).toBe('too large');
	});

	it('V1: whatever passes can be merged and applied, however it was mangled', () => {
		const good = rich();
		let runs = 0;
		let passed = 0;
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
				fc.nat(3),
				(changes, cut) => {
					runs++;
					const bad = good.slice(0, good.length - cut);
					for (const [at, value] of changes) if (at < bad.length) bad[at] = value;
					const decoded = inspect(bad, limits);
					if (decoded === 'invalid' || decoded === 'too large') return;
					passed++;
					Y.mergeUpdates([good, bad]);
					Y.mergeUpdates([bad, good]);
					Y.diffUpdate(bad, Y.encodeStateVectorFromUpdate(good));
					Y.applyUpdate(new Y.Doc(), bad);
				}
			),
			{ numRuns: soak(5000) }
		);
		expect(runs).toBeGreaterThanOrEqual(5000);
		expect(passed).toBeGreaterThan(100);
	});
});
