/** What a composer says about half-written words, in the reader's language. */
import { m } from '#lib/paraglide/messages.js';
import type { Check } from './fields.ts';
import { adviceIn, isQuestion, traitIn } from './phrasing.ts';

/** Below this many characters nobody has said anything yet. */
const SPOKEN = 12;

export function warningOf(checks: readonly Check[], text: string): string | null {
	const said = text.trim();
	if (said.length < SPOKEN) return null;
	for (const check of checks) {
		if (check === 'no-advice') {
			const words = adviceIn(said);
			if (words) return m.form_warn_advice({ words });
		}
		if (check === 'no-trait') {
			const word = traitIn(said);
			if (word) return m.form_warn_trait({ word });
		}
		if (check === 'question' && !isQuestion(said)) return m.form_warn_question();
	}
	return null;
}
