/** What the views of a pairing look at. */
import { m } from '#lib/paraglide/messages.js';
import { region } from '#lib/ui/region.ts';
import type { Handle } from '../block.ts';
import {
	DEFAULTS,
	type Barrier,
	type Criterion,
	type Fit,
	type PairingDesk,
	type PairingOwn,
	type PairingRecord,
	type PairingSettings,
	type Reason,
	type Unpaired
} from './model.ts';

export type PairingHandle = Handle<PairingRecord, PairingDesk, PairingOwn, Partial<PairingSettings>>;

export const settingsOf = (handle: PairingHandle): PairingSettings => ({ ...DEFAULTS, ...handle.settings });

export const NOBODY: PairingOwn = { card: null, pairs: [], choices: [], ranked: [], again: false };

const list = (words: readonly string[]): string =>
	new Intl.ListFormat(region(), { type: 'conjunction' }).format(words);

/** Languages by their names in the reader's own; a place as it was written. */
function spoken(word: string): string {
	if (!/^[a-z]{2,3}(-\w+)*$/i.test(word)) return word;
	try {
		return new Intl.DisplayNames(region(), { type: 'language' }).of(word) ?? word;
	} catch {
		return word;
	}
}

/** "same case tool", "offers SQL", "5 shared hours". */
export function reasonWords({ what, words, hours }: Reason): string {
	switch (what) {
		case 'role':
			return m.pairing_reason_role({ words: list(words) });
		case 'skills':
			return m.pairing_reason_skills({ words: list(words) });
		case 'hours':
			return m.pairing_reason_hours({ hours: Math.round((hours ?? 0) * 10) / 10 });
		case 'place':
			return m.pairing_reason_place({ words: list(words.map(spoken)) });
		case 'interests':
			return m.pairing_reason_interests({ words: list(words) });
		case 'network':
			return m.pairing_reason_network({ words: list(words) });
		default:
			return what satisfies never;
	}
}

export const criterionName = (what: Criterion): string =>
	({
		role: m.pairing_role,
		skills: m.pairing_skills,
		hours: m.pairing_hours,
		place: m.pairing_place,
		interests: m.pairing_interests,
		network: m.pairing_network
	})[what]();

export const fitName = (fit: Fit): string =>
	({ good: m.pairing_fit_good, undecided: m.pairing_fit_undecided, bad: m.pairing_fit_bad })[fit]();

/** Why somebody has nobody: what stands between them and how many of the other side. */
export function whyWords({ of, barriers, taken }: Unpaired, least: number): string[] {
	if (of === 0) return [m.pairing_why_nobody()];
	const say: Record<Barrier, (count: number) => string> = {
		line: (count) => m.pairing_why_line({ count, of }),
		hours: (count) => m.pairing_why_hours({ count, of, least }),
		full: (count) => m.pairing_why_full({ count, of }),
		forbidden: (count) => m.pairing_why_forbidden({ count, of })
	};
	const words = (Object.keys(say) as Barrier[]).flatMap((one) => {
		const count = barriers[one];
		return count === undefined ? [] : [say[one](count)];
	});
	return taken > 0 ? [...words, m.pairing_why_taken({ count: taken, of })] : words;
}
