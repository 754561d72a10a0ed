import { describe, expect, it } from 'vitest';
import { networkOf } from './limits.ts';

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
});
