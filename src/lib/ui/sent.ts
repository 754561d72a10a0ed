/** How the forms of pages are sent. */
import type { SubmitFunction } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { focusInvalid } from './invalid.ts';
import { toast } from './toast.ts';

/**
 * For `use:enhance`: once at a time; what was typed stays where nobody answered, which a toast says, and where something
 * has to be said otherwise, which gets the focus. `keep`: it stays also when it was taken. `before`: done before the
 * answer is shown.
 */
export function sent({ keep = false, before }: Options = {}): SubmitFunction {
	let busy = false;
	return ({ formElement, cancel }) => {
		if (busy) return cancel();
		busy = true;
		formElement.ariaBusy = 'true';
		return async ({ result, update }) => {
			try {
				if (result.type === 'error' && result.status === undefined) return toast.error(m.ui_no_answer());
				await before?.(result.type);
				await update({ reset: !keep });
				if (result.type === 'failure') await focusInvalid(formElement);
			} finally {
				busy = false;
				formElement.ariaBusy = null;
			}
		};
	};
}

type Outcome = 'success' | 'failure' | 'redirect' | 'error';
interface Options {
	keep?: boolean;
	before?: (outcome: Outcome) => Promise<void>;
}
