/** What is seen of a review: counts by everybody, words by those whose turn it is. Pure. */
import type { Facts, Published, Scene } from '../block.ts';
import {
	DAY,
	HOUR,
	isActive,
	SEATS,
	STEPS,
	type Counts,
	type Mirror,
	type ReviewsOwn,
	type ReviewsState,
	type Seat,
	type Status,
	type Step,
	type Todo
} from './model.ts';
import type { ReviewsScene, Settings } from './settings.ts';

export const stepOf = (state: ReviewsState): Step => state.step.now?.is ?? 'setup';

/** Who has this place. */
export function holder(scene: Pick<Scene<Settings>, 'people' | 'settings'>, seat: Seat) {
	const role = scene.settings.roles[seat];
	return Object.values(scene.people).find((one) => one.role === role) ?? null;
}

export function countsOf(state: ReviewsState, { settings }: ReviewsScene): Counts {
	const all = Object.values(state.nominations);
	return {
		nominated: all.filter(({ by, is }) => by === 'reviewee' && is !== 'swapped').length,
		reviewers: all.filter(({ is }) => is === 'asked').length,
		declined: all.filter(({ is }) => is === 'declined').length,
		submitted: Object.values(state.reviews).filter(({ submitted }) => submitted !== null).length,
		wanted: settings.wanted
	};
}

/** How many reviewers are missing before anybody's words can be shown; while it can be helped. */
function shortOf(state: ReviewsState, scene: ReviewsScene): number {
	const step = stepOf(state);
	if (state.batch.now || !['approve', 'write', 'moderate'].includes(step)) return 0;
	const active = Object.values(state.nominations).filter(isActive).length;
	return Math.max(0, scene.settings.verbatim - active);
}

function mirrorOf(state: ReviewsState): Mirror | null {
	const batch = state.batch.now;
	if (!batch) return null;
	const all = Object.values(state.comments).filter(({ is }) => is !== 'draft');
	return {
		complete: all.filter(({ returned }) => returned === null).length,
		comments: all.length,
		delay: state.talk.now ? Math.floor((state.talk.now.at - batch.at) / DAY) : null
	};
}

export function statusOf(state: ReviewsState, scene: ReviewsScene): Status {
	const batch = state.batch.now;
	return {
		step: stepOf(state),
		brief: state.brief.now ?? null,
		counts: countsOf(state, scene),
		short: shortOf(state, scene),
		released: batch?.at ?? null,
		manager: batch ? (batch.manager ?? batch.at + scene.settings.later * HOUR) : null,
		mirror: mirrorOf(state)
	};
}

export const publish = (state: ReviewsState, scene: ReviewsScene): Published => ({
	record: { status: { now: statusOf(state, scene) }, question: state.question }
});

/** What this person has to do now, and until when. */
export function todoOf(state: ReviewsState, person: string, scene: ReviewsScene): Todo | null {
	const { roles } = scene.settings;
	const role = scene.people[person]?.role;
	const step = stepOf(state);
	const brief = state.brief.now;
	const until = (next: Exclude<keyof NonNullable<typeof brief>['dates'], never>) =>
		brief?.dates[next] ?? null;
	const all = Object.values(state.nominations);
	if (role === roles.organiser) return step === 'setup' ? { what: 'brief', until: null } : null;
	if (role === roles.reviewee) {
		if (step === 'nominate' && all.length < scene.settings.wanted)
			return { what: 'nominate', until: until('approve') };
		if (step === 'release') return { what: 'read', until: until('talk') };
		return step === 'talk' ? { what: 'talk', until: null } : null;
	}
	if (role === roles.manager) {
		const waiting = all.some(({ is }) => is === 'nominated') || shortOf(state, scene) > 0;
		if (['approve', 'write'].includes(step) && waiting)
			return { what: 'approve', until: until(step === 'approve' ? 'write' : 'moderate') };
		if (step === 'talk') return { what: 'talk', until: null };
		return state.batch.now?.manager && step === 'release' ? { what: 'read', until: until('talk') } : null;
	}
	if (role === roles.moderator)
		return step === 'moderate' ? { what: 'moderate', until: until('release') } : null;
	if (!all.some((one) => one.person === person && one.is === 'asked') || state.batch.now) return null;
	if (!['write', 'moderate'].includes(step)) return null;
	if (Object.values(state.comments).some((one) => one.person === person && one.is === 'back'))
		return { what: 'revise', until: until('release') };
	if (state.reviews[person]?.submitted) return null;
	return { what: 'write', until: until(step === 'write' ? 'moderate' : 'release') };
}

function delivered(state: ReviewsState): ReviewsOwn['batch'] {
	const batch = state.batch.now;
	if (!batch) return undefined;
	return { ...batch, comments: Object.values(state.pooled).sort((a, b) => a.order - b.order) };
}

export function own(state: ReviewsState, person: string, scene: ReviewsScene): ReviewsOwn {
	const { roles, cap } = scene.settings;
	const role = scene.people[person]?.role ?? '';
	const reviewee = holder(scene, 'reviewee');
	const step = stepOf(state);
	const seen = {
		status: statusOf(state, scene),
		reviewee: reviewee && { id: reviewee.id, name: reviewee.name },
		todo: todoOf(state, person, scene)
	};
	const nominations = Object.values(state.nominations).sort((a, b) => a.at - b.at);
	/** While people are chosen: those who came in by the link and have no part yet. */
	const candidates = () =>
		Object.values(scene.people)
			.filter((one) => one.role === roles.reviewer)
			.map(({ id, name }) => ({ id, name }));
	switch (role) {
		case roles.organiser: {
			const seats = SEATS.map((seat) => ({ seat, name: holder(scene, seat)?.name ?? null }));
			const more = step === 'setup' ? { candidates: candidates() } : {};
			return { ...seen, as: 'organiser', seats, ...more };
		}
		case roles.reviewee: {
			const batch = delivered(state);
			// What became of them is not the reviewee's to know: the list stays as it was handed in.
			const mine = nominations
				.filter(({ by }) => by === 'reviewee')
				.map(({ id, person, name, group, reason, by, load }) => ({
					...{ id, person, name, group, reason, by, is: 'nominated' as const, why: '', load: 0 },
					busy: step === 'nominate' && load >= cap
				}));
			return {
				...seen,
				as: 'reviewee',
				nominations: mine,
				...(step === 'nominate' && { candidates: candidates() }),
				...(batch && { batch })
			};
		}
		case roles.manager: {
			const batch = state.batch.now?.manager ? delivered(state) : undefined;
			const list = nominations.map(({ at: _, ...one }) => ({ ...one, busy: one.load >= cap }));
			return {
				...seen,
				as: 'manager',
				// Before it is handed in, it is the reviewee's.
				nominations: STEPS.indexOf(step) > STEPS.indexOf('nominate') ? list : [],
				...(['approve', 'write'].includes(step) && !state.batch.now && { candidates: candidates() }),
				...(batch && { batch })
			};
		}
		case roles.moderator: {
			const moderation = Object.values(state.comments)
				.filter(
					({ is, person: author }) => is !== 'draft' && state.reviews[author]?.submitted && !state.batch.now
				)
				.sort((a, b) => (a.id < b.id ? -1 : 1))
				.map(({ person: _, at: __, returned, is, ...words }) => ({
					...words,
					is: is === 'back' ? ('back' as const) : ('in' as const),
					returned: returned !== null
				}));
			return { ...seen, as: 'moderator', moderation };
		}
		default: {
			const mine = nominations.findLast(
				(one) => one.person === person && ['asked', 'declined'].includes(one.is)
			);
			if (!mine) return { ...seen, status: blank(seen.status), reviewee: null, as: null };
			const comments = Object.values(state.comments)
				.filter((one) => one.person === person)
				.sort((a, b) => a.at - b.at)
				.map(({ person: _, ...one }) => one);
			return {
				...seen,
				as: 'reviewer',
				review: {
					reason: mine.by === 'reviewee' ? mine.reason : '',
					question: state.question.now?.text ?? '',
					asked: mine.is === 'asked',
					comments,
					mine: state.reviews[person] ?? null
				}
			};
		}
	}
}

/** Whoever is not asked is told nothing. */
function blank({ step }: Status): Status {
	return {
		...{ step, brief: null, short: 0, released: null, manager: null, mirror: null },
		counts: { nominated: 0, reviewers: 0, declined: 0, submitted: 0, wanted: 0 }
	};
}

export function facts(state: ReviewsState, scene: ReviewsScene): Facts {
	const counts = countsOf(state, scene);
	const mirror = mirrorOf(state);
	return {
		...counts,
		step: stepOf(state),
		begun: Boolean(state.brief.now?.begun),
		short: shortOf(state, scene),
		released: state.batch.now?.at ?? null,
		/** There is something to be released. */
		ready: counts.submitted > 0 || Boolean(state.batch.now),
		manager: Boolean(state.batch.now?.manager),
		complete: mirror?.complete ?? null,
		comments: mirror?.comments ?? null,
		delay: mirror?.delay ?? null
	};
}
