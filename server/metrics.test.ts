import { expect, it } from 'vitest';
import { mayReadMetrics } from './metrics.ts';

const here = { authorization: null, address: '127.0.0.1', host: '127.0.0.1' };

it.each([
	['this machine', here],
	['this machine over IPv6', { ...here, address: '::1', host: '[::1]' }],
	[
		'this machine by its name, on a socket for both',
		{ ...here, address: '::ffff:127.0.0.1', host: 'localhost' }
	]
])('without METRICS_TOKEN %s reads the figures', (_, asking) => {
	expect(mayReadMetrics(null, asking)).toBe(true);
});

it.each([
	['another machine', { ...here, address: '10.0.0.7' }],
	['somebody behind a proxy that hides where they come from', { ...here, host: 'learn.example.com' }],
	['a page whose name was bent to point here', { ...here, host: 'evil.example' }]
])('without METRICS_TOKEN %s does not', (_, asking) => {
	expect(mayReadMetrics(null, asking)).toBe(false);
});

it('with METRICS_TOKEN whoever shows it reads them, and nobody else', () => {
	const token = 'a-token-for-figures';
	expect(mayReadMetrics(token, { ...here, address: '10.0.0.7', authorization: `Bearer ${token}` })).toBe(
		true
	);
	for (const authorization of [null, '', 'Bearer', `Bearer ${token}x`, token, 'Bearer '])
		expect(mayReadMetrics(token, { ...here, authorization })).toBe(false);
});
