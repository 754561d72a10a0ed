import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import { REASONS } from './close.ts';
import * as wire from './wire.ts';

describe('wire', () => {
	it('W1: reads what it writes', () => {
		const update = new Uint8Array([1, 2, 3]);
		expect(wire.decode(wire.encodeStep1(update))).toEqual({ kind: 'step1', vector: update });
		expect(wire.decode(wire.encodeStep2(update))).toEqual({ kind: 'step2', update });
		expect(wire.decode(wire.encodeUpdate(update))).toEqual({ kind: 'update', update });
		expect(wire.decode(new Uint8Array([3]))).toEqual({ kind: 'query' });
	});

	it('encodes a large answer once for all who ask', () => {
		const update = new Uint8Array(100_000);
		expect(wire.encodeStep2(update)).toBe(wire.encodeStep2(update));
		expect(wire.encodeStep2(update.slice())).toEqual(wire.encodeStep2(update));
	});

	it('W1: ignores messages that it does not know', () => {
		expect(wire.decode(new Uint8Array([77, 1, 2, 3]))).toEqual({ kind: 'other' });
		expect(wire.decode(wire.encodeSaved(3))).toEqual({ kind: 'other' });
		expect(wire.decode(wire.encodeDenied('no'))).toEqual({ kind: 'other' });
	});

	it.each([
		['nothing', []],
		['half a number', [0x80]],
		['an unknown step', [0, 9, 0]],
		['a payload that is shorter than it says', [0, 2, 5, 1]],
		['bytes left over', [0, 2, 1, 1, 1]],
		['a query with more behind it', [3, 0]]
	])('W1: refuses %s', (_, bytes) => {
		expect(() => wire.decode(new Uint8Array(bytes))).toThrow(wire.Malformed);
	});

	it('W6: every reason fits into a close frame', () => {
		for (const reason of Object.values(REASONS)) {
			expect(new TextEncoder().encode(reason).length).toBeLessThanOrEqual(123);
		}
	});

	it('W1: refuses a state vector that is none', () => {
		for (const bytes of [[], [200], [1, 5], [1, 5, 5, 5], [255, 255, 255, 122]]) {
			expect(() => wire.checkedVector(new Uint8Array(bytes)), `${bytes}`).toThrow(wire.Malformed);
		}
		expect(wire.checkedVector(new Uint8Array([0]))).toEqual(new Uint8Array([0]));
	});

	it('copies what it keeps out of the read buffer', () => {
		const pool = Buffer.alloc(64, 7);
		pool.set([0, 2, 3, 1, 2, 3], 10);
		const message = wire.decode(pool.subarray(10, 16));
		pool.fill(9);
		expect(message).toEqual({ kind: 'update', update: new Uint8Array([1, 2, 3]) });
		expect((message as { update: Uint8Array }).update.buffer.byteLength).toBe(3);
	});

	it('reads only the presence that is asked for', () => {
		const states = [
			{ client: 1, clock: 2, state: '{"a":1}' },
			{ client: 3, clock: 4, state: 'null' }
		];
		const message = wire.decode(wire.encodePresence(states));
		if (message.kind !== 'presence') throw new Error('not presence');
		expect(wire.decodePresence(message.states, () => true)).toEqual(states);
		expect(wire.decodePresence(message.states, (client) => client === 3)).toEqual([states[1]]);
	});

	it('P1: refuses a presence message that is no list of states', () => {
		const lie = encoding.encode((encoder) => encoding.writeVarUint(encoder, 1000));
		expect(() => wire.decodePresence(lie, () => true)).toThrow(wire.Malformed);
		expect(() => wire.decodePresence(new Uint8Array([0, 0]), () => true)).toThrow(wire.Malformed);
	});
});
