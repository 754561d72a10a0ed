/**
 * Strength is rated blind: what anybody gave shows only when both sides have rated the same words of a card, and
 * from then on nobody can add to it, so that no single rating can be told from a mean that moved.
 */
import {
	SIDES,
	type EvidenceState,
	type Progress,
	type Rating,
	type Side,
	type SideStrength
} from './model.ts';
import { sideOf, type Settings } from './settings.ts';

type People = Readonly<Record<string, { id: string; role: string }>>;

function ratingsOf(state: EvidenceState, card: string, revision: string): Rating[] {
	const start = `${card}/`;
	return Object.entries(state.ratings).flatMap(([path, rating]) =>
		path.startsWith(start) && rating.revision === revision ? [rating] : []
	);
}

function mean(ratings: readonly Rating[], side: Side): SideStrength {
	const given = ratings.filter((rating) => rating.side === side).map(({ strength }) => strength);
	const sum = given.reduce((total, strength) => total + strength, 0);
	return { mean: given.length === 0 ? 0 : Math.round((sum / given.length) * 100) / 100, count: given.length };
}

export function raters(people: People, settings: Settings): string[] {
	return Object.values(people)
		.filter(({ role }) => sideOf(settings, role) !== null)
		.map(({ id }) => id);
}

/** Has every speaker of both sides rated these words? */
export function complete(state: EvidenceState, card: string, people: People, settings: Settings): boolean {
	const revision = state.rated[card]?.revision;
	return raters(people, settings).every(
		(person) => state.ratings[`${card}/${person}`]?.revision === revision
	);
}

/** Shows what both sides gave, if each has given something. */
export function show(state: EvidenceState, card: string): boolean {
	const seen = state.rated[card];
	if (!seen || state.strengths[card]?.card.revision === seen.revision) return false;
	const ratings = ratingsOf(state, card, seen.revision);
	const [given, against] = SIDES.map((side) => mean(ratings, side)) as [SideStrength, SideStrength];
	if (given.count === 0 || against.count === 0) return false;
	state.strengths[card] = { card: seen, for: given, against };
	return true;
}

/** How far the blind ratings are; cards that are shown have none. */
export function progress(state: EvidenceState, people: People, settings: Settings): Record<string, Progress> {
	const of = raters(people, settings).length;
	const open: Record<string, Progress> = {};
	for (const [card, { revision }] of Object.entries(state.rated)) {
		if (state.strengths[card]?.card.revision === revision) continue;
		const rated = ratingsOf(state, card, revision).length;
		open[card] = { revision, rated, of: Math.max(of, rated) };
	}
	return open;
}
