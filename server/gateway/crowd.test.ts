import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCrowd, FULL, type Of, type Place } from './crowd.ts';
import { soak } from '../sync/testing/soak.ts';

const limits = { address: 3, person: 2, room: 4 };

describe('a crowd', () => {
	it('G4: has no more than the limit of each, and room again once somebody has left', () => {
		const crowd = createCrowd(limits);
		const first = crowd.enter({ address: 'a', person: 'p' });
		expect(crowd.enter({ address: 'b', person: 'p' }).full).toBeNull();
		expect(crowd.enter({ address: 'c', person: 'p' }).full).toBe('person');
		first.leave();
		first.leave();
		expect(crowd.enter({ address: 'c', person: 'p' }).full).toBeNull();
		expect(crowd.enter({ address: 'c', person: 'p' }).full).toBe('person');
	});

	it('G4: tells those above the limit of an address, and at last opens no socket for it', () => {
		const crowd = createCrowd(limits);
		const told = Array.from({ length: 23 }, () => crowd.enter({ address: 'a' }));
		expect(told.map(({ full }) => full)).toEqual([...Array(3).fill(null), ...Array(20).fill('address')]);
		expect(crowd.isFlooded('a')).toBe(true);
		expect(crowd.isFlooded('b')).toBe(false);
		told[22]!.leave();
		expect(crowd.isFlooded('a')).toBe(false);
	});

	it('counts right, whoever comes and goes in whatever order', () => {
		const key = fc.constantFrom('x', 'y');
		const coming = fc.record({ address: key, person: key, room: key }, { requiredKeys: ['address'] });
		const run = fc.property(fc.array(fc.oneof(coming, fc.nat(30)), { maxLength: 60 }), (steps) => {
			const crowd = createCrowd(limits);
			const here: { keys: Partial<Record<Of, string>>; place: Place }[] = [];
			const open = (of: Of, value: string) =>
				here.filter(({ keys, place }) => keys[of] === value && (place.full === null || of === 'address'))
					.length;
			for (const step of steps) {
				if (typeof step === 'number') {
					if (here.length > 0) here.splice(step % here.length, 1)[0]!.place.leave();
					continue;
				}
				const isFull = (['address', 'person', 'room'] as const).some(
					(of) => step[of] !== undefined && open(of, step[of]) >= limits[of]
				);
				const place = crowd.enter(step);
				expect(place.full !== null).toBe(isFull);
				here.push({ keys: step, place });
			}
		});
		fc.assert(run, { numRuns: soak(300) });
	});

	it('says what to do in words that fit into a close frame', () => {
		for (const text of Object.values(FULL)) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(123);
	});
});
