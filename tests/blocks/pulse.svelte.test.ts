import { afterEach, expect, it } from 'vitest';
import { cleanup, render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import '#lib/ui/tokens.css';
import '#lib/ui/parts.css';
import type { Tables } from '#lib/blocks/block.ts';
import { harness } from '#lib/blocks/testing.ts';
import { sight } from '#lib/blocks/testing.svelte.ts';
import { byBlock } from '#lib/blocks/views.ts';
import type { PulseOwn, PulseRecord } from './pulse/model.ts';
import { pulse } from './pulse/rules.ts';

/** As the room finds them: by the folder's name. */
const stages = byBlock(import.meta.glob('./*/Stage.svelte'));

async function open(more = {}) {
	const people = { ana: 'member', ben: 'member', cay: 'member' };
	const room = harness<PulseRecord, Tables, PulseOwn>(pulse, {}, people);
	const seen = sight(room, 'ana', more);
	const Stage = (await stages.pulse!())!.default;
	void render(Stage, { handle: seen.handle });
	return { room, ...seen };
}

afterEach(() => cleanup());

it('a tap is sent by mouse and by keyboard, and shown as mine', async () => {
	const { room } = await open();
	const scale = page.getByRole('radiogroup', { name: 'How is it going?' });
	await expect.element(scale.getByRole('radio')).toHaveLength(5);
	await scale.getByText('4').click();
	await expect.element(scale.getByRole('radio', { name: '4' })).toBeChecked();
	expect(room.own('ana')).toEqual({ mine: 4 });
	await userEvent.keyboard('{ArrowRight}');
	await expect.element(scale.getByRole('radio', { name: '5' })).toBeChecked();
	expect(room.own('ana')).toEqual({ mine: 5 });
});

it('the average comes once enough have tapped', async () => {
	const { run } = await open();
	await expect.element(page.getByText(/once enough people have tapped/)).toBeInTheDocument();
	run('ana', 'tap', { value: 2 });
	run('ben', 'tap', { value: 5 });
	run('cay', 'tap', { value: 4 });
	await expect.element(page.getByText('3.7 on average, of 3 people')).toBeInTheDocument();
});

it('whoever may not tap yet is told when', async () => {
	await open({ may: () => false, opens: () => 'P2 Read' });
	await expect.element(page.getByText('Everybody taps in P2 Read.')).toBeInTheDocument();
	expect(page.getByRole('radio').elements()).toHaveLength(0);
});
