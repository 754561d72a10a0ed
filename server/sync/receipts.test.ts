import { expect, it } from 'vitest';
import { Receipts } from './receipts.ts';

it('W5: counts in the order in which the messages came', () => {
	const receipts = new Receipts();
	receipts.expect('everything');
	receipts.nothingNew('update');
	receipts.expect('update');
	expect(receipts.count).toBe(0);
	receipts.durable();
	expect(receipts.count).toBe(2);
	receipts.durable();
	expect(receipts.count).toBe(3);
	receipts.nothingNew('update');
	expect(receipts.count).toBe(4);
});

it('W5: stops before what was refused, until a step 2 has said everything again', () => {
	const receipts = new Receipts();
	receipts.expect('update');
	receipts.refused();
	receipts.expect('update');
	receipts.durable();
	receipts.durable();
	receipts.nothingNew('update');
	expect(receipts.count).toBe(1);
	receipts.expect('everything');
	expect(receipts.count).toBe(1);
	receipts.durable();
	expect(receipts.count).toBe(5);
});
