import { describe, expect, it } from 'vitest';
import { arrivalsFrom, createBudget, networkOf } from './limits.ts';

describe('limits by address', () => {
	it.each([
		['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
		['2001:0DB8:0001:2::9', '2001:db8:1:2::/64'],
		['2001:db8::1', '2001:db8:0:0::/64'],
		['fe80::1%eth0', 'fe80:0:0:0::/64'],
		['::1', '0:0:0:0::/64'],
		['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
		['203.0.113.7', '203.0.113.7'],
		['unknown', 'unknown']
	])('count %s as %s', (address, network) => {
		expect(networkOf(address)).toBe(network);
	});

	it('let two thousand people come in a minute as the server is shipped, with three sockets each', () => {
		const { guests, visits, upgrades } = arrivalsFrom(8000);
		expect(guests.points).toBeGreaterThanOrEqual(2000);
		// single sign-on: there and back
		expect(visits.points).toBeGreaterThanOrEqual(2 * 2000);
		expect(upgrades.points / (upgrades.seconds / 60)).toBeGreaterThanOrEqual(3 * 2000);
		// in the long run no more than a small house would have, by the minute
		expect(guests.points / (guests.seconds / 60)).toBeLessThanOrEqual(300);
		expect(arrivalsFrom(1)).toMatchObject({ guests: { points: 300 }, upgrades: { points: 3000 } });
	});
});

it('a budget stops a person, and an address with many persons; one who is stopped costs the others nothing', async () => {
	const budget = createBudget({
		person: { points: 2, seconds: 60 },
		address: { points: 5, seconds: 60 },
		lifted: false
	});
	const take = (person: string, from = '203.0.113.1') => budget.take(person, from);
	expect([await take('eve'), await take('eve')]).toEqual([0, 0]);
	for (let n = 0; n < 20; n++) expect(await take('eve')).toBeGreaterThan(0);
	expect([await take('ida'), await take('ida'), await take('tom')]).toEqual([0, 0, 0]);
	expect(await take('ben')).toBeGreaterThan(0);
	expect(await take('ben', '198.51.100.1')).toBe(0);
});
