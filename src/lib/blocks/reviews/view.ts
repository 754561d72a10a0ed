/** What the views of a review share. */
import { m } from '#lib/paraglide/messages.js';
import { region } from '#lib/ui/region.ts';
import type { Handle } from '../block.ts';
import { traitIn } from '../phrasing.ts';
import {
	DEFAULTS,
	STEPS,
	type Kind,
	type ReviewsOwn,
	type ReviewsRecord,
	type ReviewsSettings,
	type Seat,
	type Step,
	type Todo,
	type Words
} from './model.ts';

export type ReviewsHandle = Handle<ReviewsRecord, null, ReviewsOwn, Partial<ReviewsSettings>>;

export const settingsOf = (handle: ReviewsHandle): ReviewsSettings => ({ ...DEFAULTS, ...handle.settings });

/** "Thu, 26 Nov" */
export function dayOf(at: number): string {
	return new Intl.DateTimeFormat(region(), { weekday: 'short', day: 'numeric', month: 'short' }).format(at);
}

/** "Thu, 26 November, 16:05" */
export function momentOf(at: number): string {
	return new Intl.DateTimeFormat(region(), {
		weekday: 'short',
		day: 'numeric',
		month: 'long',
		hour: 'numeric',
		minute: '2-digit'
	}).format(at);
}

/** '2026-03' → "March 2026" */
export function monthName(month: string): string {
	return new Intl.DateTimeFormat(region(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
		new Date(`${month}-01T00:00:00Z`)
	);
}

export const STEP_WORDS: Readonly<Record<Step, () => string>> = {
	setup: m.reviews_step_setup,
	nominate: m.reviews_step_nominate,
	approve: m.reviews_step_approve,
	write: m.reviews_step_write,
	moderate: m.reviews_step_moderate,
	release: m.reviews_step_release,
	talk: m.reviews_step_talk,
	follow: m.reviews_step_follow
};

export const SEAT_WORDS: Readonly<Record<Seat, () => string>> = {
	reviewee: m.reviews_seat_reviewee,
	manager: m.reviews_seat_manager,
	moderator: m.reviews_seat_moderator
};

export const TODO_WORDS: Readonly<Record<Todo['what'], (name: string) => string>> = {
	brief: () => m.reviews_todo_brief(),
	nominate: () => m.reviews_todo_nominate(),
	approve: () => m.reviews_todo_approve(),
	write: (name) => m.reviews_todo_write({ name }),
	revise: () => m.reviews_todo_revise(),
	moderate: () => m.reviews_todo_moderate(),
	read: () => m.reviews_todo_read(),
	talk: () => m.reviews_todo_talk()
};

export const KIND_WORDS: Readonly<Record<Kind, () => string>> = {
	continue: m.reviews_continue,
	consider: m.reviews_consider
};

/** Is this step behind us? */
export const isPast = (step: Step, now: Step): boolean => STEPS.indexOf(step) < STEPS.indexOf(now);

/** The first word for a trait in any part of a comment. */
export function traitOf(words: Pick<Words, 'situation' | 'behaviour' | 'impact' | 'next'>): string | null {
	for (const part of [words.situation, words.behaviour, words.impact, words.next]) {
		const word = traitIn(part);
		if (word) return word;
	}
	return null;
}

/** The texts of a half-written comment, as `CommentForm` keeps it: a line for each part. */
export function textsOf(draft: string): string {
	if (draft === '') return '';
	const kept = JSON.parse(draft) as Partial<Words>; // written by `KeptEntry` alone
	const parts = [kept.situation, kept.behaviour, kept.impact, kept.next];
	return parts.filter((part) => part?.trim()).join('\n');
}
