import { expect, it } from 'vitest';
import * as fc from 'fast-check';
import { landing } from './landing-link.ts';
import { targetOf } from './landing.ts';

it('leads to what it was made for, whatever it is called', () => {
	const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
	fc.assert(
		fc.property(name, fc.option(name), (instance, item) => {
			const link = landing('K7Q2MX', instance, item);
			expect(targetOf(link.slice(link.indexOf('#')))).toEqual({ instance, item });
		})
	);
});

it('takes no other address for one', () => {
	for (const hash of ['', '#', '#at=', '#content', '#at=%E0%A4%A', `#at=${'x'.repeat(2000)}`, '#at=/x'])
		expect(targetOf(hash), hash).toBeNull();
});
