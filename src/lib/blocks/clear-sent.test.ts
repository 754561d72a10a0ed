import { expect, it } from 'vitest';
import { clearSent } from './clear-sent.ts';

it('a line begins anew once what was sent has arrived, and keeps what was typed meanwhile', () => {
	const draft = { value: 'Who decides?' };
	clearSent(draft, 'Who decides?');
	expect(draft.value).toBe('');
	draft.value = 'And when?';
	clearSent(draft, 'Who decides?');
	expect(draft.value).toBe('And when?');
});
