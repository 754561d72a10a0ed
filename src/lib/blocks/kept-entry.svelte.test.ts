import { describe, expect, it } from 'vitest';
import { KeptEntry } from './kept-entry.svelte.ts';

const blank = { title: '', links: '', helper: false };

describe('what is half written', () => {
	it('is there again after a reload, and gone once it has arrived', () => {
		const draft = { value: '' };
		const first = new KeptEntry(draft, blank);
		first.now.title = 'Reading a P&L';
		first.now.helper = true;
		const again = new KeptEntry(draft, blank);
		expect(again.now).toEqual({ title: 'Reading a P&L', links: '', helper: true });
		again.arrived(again.copy());
		expect(again.now).toEqual(blank);
		expect(draft.value).toBe('');
	});

	it('stays if it was gone on with while it was on its way', () => {
		const draft = { value: '' };
		const entry = new KeptEntry(draft, blank);
		entry.now.title = 'Reading';
		const sent = entry.copy();
		entry.now.title = 'Reading a P&L';
		entry.arrived(sent);
		expect(entry.now.title).toBe('Reading a P&L');
		expect(draft.value).toContain('Reading a P&L');
	});

	it('is kept where the form is left while it is on its way, for it may be refused', async () => {
		const draft = { value: '' };
		const entry = new KeptEntry(draft, blank);
		entry.now.title = 'Reading';
		const { promise, resolve } = Promise.withResolvers<{ ok: boolean }>();
		const sending = entry.send(() => promise);
		entry.leave();
		expect(entry.now.title).toBe('Reading');
		resolve({ ok: false });
		expect(await sending).toEqual({ ok: false });
		expect(draft.value).toContain('Reading');
		entry.leave();
		expect([entry.now, draft.value]).toEqual([blank, '']);
	});

	it('begins anew with what the next one takes over', async () => {
		const entry = new KeptEntry({ value: '' }, blank);
		entry.now.title = 'Reading';
		entry.now.helper = true;
		await entry.send(
			async () => ({ ok: true }),
			({ helper }) => ({ ...blank, helper })
		);
		expect(entry.now).toEqual({ ...blank, helper: true });
	});

	it('is what was given where the device kept something else under that name', () => {
		for (const value of ['just words', '[1]', 'null', '{"title": 7, "other": "x", "helper": "yes"}'])
			expect(new KeptEntry({ value }, blank).now, value).toEqual(blank);
	});
});
