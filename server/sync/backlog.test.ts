import { expect, it } from 'vitest';
import { Backlog } from './backlog.ts';
import { CLOSE } from './close.ts';

it('V11: so much of a person waits and no more; where all have too much, it is taken from who has most', () => {
	const backlog = new Backlog({ backlogOfPerson: 100, backlog: 250 });
	const closes: string[] = [];
	const one = (name: string) => {
		const holder = {
			payer: name[0]!,
			close(code: number) {
				expect(code).toBe(CLOSE.overloaded);
				closes.push(name);
				backlog.set(holder, 0);
			}
		};
		return (bytes: number) => backlog.set(holder, bytes);
	};
	const [a1, a2, b1, b2, c] = ['a1', 'a2', 'b1', 'b2', 'c'].map(one);
	a1!(60);
	a2!(40);
	expect(closes).toEqual([]);
	a2!(41);
	expect(closes).toEqual(['a2']);
	// what was taken makes room
	a1!(0);
	a2!(100);
	b1!(50);
	b2!(45);
	c!(55);
	expect(closes).toEqual(['a2']);
	// nobody else has to go because of little
	c!(56);
	expect(closes).toEqual(['a2', 'a2']);
	c!(90);
	a1!(20);
	expect(closes).toEqual(['a2', 'a2']);
	// the person counts, and not the socket
	a1!(66);
	expect(closes).toEqual(['a2', 'a2', 'b1']);
});
