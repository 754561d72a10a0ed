/** Names of kinds, rulings and sides, and dates as exact as they were given, in the reader's language. */
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { region } from '#lib/ui/region.ts';
import type { CardKind, ChallengeKind, RulingIs, Side } from './model.ts';
import type { Settings } from './settings.ts';

export const sideName = (side: Side): string => (side === 'for' ? m.evidence_for() : m.evidence_against());

const kinds: Record<CardKind, () => string> = {
	'own-data': m.evidence_kind_own_data,
	study: m.evidence_kind_study,
	expert: m.evidence_kind_expert,
	anecdote: m.evidence_kind_anecdote
};
export const kindName = (kind: CardKind): string => kinds[kind]();

const challenges: Record<ChallengeKind, () => string> = {
	unsupported: m.evidence_challenge_unsupported,
	outdated: m.evidence_challenge_outdated,
	irrelevant: m.evidence_challenge_irrelevant
};
export const challengeName = (kind: ChallengeKind): string => challenges[kind]();

const rulings: Record<RulingIs, () => string> = {
	stands: m.evidence_stands,
	'stands-reworded': m.evidence_stands_reworded,
	falls: m.evidence_falls
};
export const rulingName = (ruling: RulingIs): string => rulings[ruling]();

export const strengthFigure = (mean: number): string =>
	new Intl.NumberFormat(region(), { maximumFractionDigits: 1 }).format(mean);

/** '2026-03' → "Mar 2026". */
export function sourceDate(date: string): string {
	const [year, month, day] = date.split('-').map(Number);
	if (!year) return '';
	return new Intl.DateTimeFormat(region(), {
		timeZone: 'UTC',
		year: 'numeric',
		...(month && { month: 'short' }),
		...(day && { day: 'numeric' })
	}).format(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
}

/** Whole years since a source's date; 0 for what is younger, or undated. */
export function yearsOld(date: string, now: number): number {
	const [year, month = 1, day = 1] = date.split('-').map(Number);
	if (!year) return 0;
	const today = new Date(now);
	const birthday = Date.UTC(today.getUTCFullYear(), month - 1, day);
	return Math.max(0, today.getUTCFullYear() - year - (now < birthday ? 1 : 0));
}

/** Quoted as the reader's language does, unless it carries its own marks. */
export function inMarks(quote: string): string {
	if (/^["“„«'‘]/.test(quote)) return quote;
	return getLocale() === 'de' ? `„${quote}“` : `“${quote}”`;
}

/** How people came to their side; empty where the format does not say. */
export function sidesNote(sides: Settings['sides']): string {
	switch (sides) {
		case 'lot':
			return m.evidence_sides_lot();
		case 'sign-up':
			return m.evidence_sides_sign_up();
		case 'own':
			return '';
	}
}
