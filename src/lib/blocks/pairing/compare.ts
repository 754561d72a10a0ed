/** Whether two can meet, and how well they would fit. Pure. */
import { overlap, weekOf, type Week } from '../profile.ts';
import type { Card, Comparison, Criterion, PairingSettings, Reason, Weights } from './model.ts';

/** A card with its working week laid out once: there are many pairs, and time zones take time. */
export type Reader = Card & { week: Week };

export const read = (card: Card, at: number): Reader => ({ ...card, week: weekOf(card, at) });

const plain = (word: string): string => word.normalize('NFKC').trim().toLocaleLowerCase('en');

/** Those of `one` that `other` has too, as `one` writes them. */
function common(one: readonly string[], other: readonly string[]): string[] {
	const theirs = new Set(other.map(plain));
	return one.filter((word) => theirs.has(plain(word)));
}

const share = (part: number, of: number): number => (of === 0 ? 0 : Math.min(1, part / of));

/** Hours a week that two share; null: one of them has not said. */
export function hoursOf(one: Reader, other: Reader): number | null {
	return one.hours.length === 0 || other.hours.length === 0 ? null : overlap(one.week, other.week);
}

/** How much of a criterion two have, from 0 to 1, and what it is. */
type Share = { part: number; words: string[]; hours?: number };

const shares: Record<Criterion, (seeker: Reader, giver: Reader, plenty: number) => Share> = {
	role(seeker, giver) {
		const words = common(seeker.knows, giver.knows);
		return { part: share(words.length, seeker.knows.length), words };
	},
	skills(seeker, giver) {
		const words = common(seeker.skills, giver.skills);
		return { part: share(words.length, seeker.skills.length), words };
	},
	hours(seeker, giver, plenty) {
		const hours = hoursOf(seeker, giver) ?? 0;
		return { part: share(hours, plenty), words: [], hours };
	},
	/** Half for a language, half for the place. */
	place(seeker, giver) {
		const languages = common(seeker.languages, giver.languages);
		const place = seeker.place !== '' && plain(seeker.place) === plain(giver.place) ? [seeker.place] : [];
		return {
			part: (Math.min(1, languages.length) + place.length) / 2,
			words: [...languages, ...place]
		};
	},
	/** One is a beginning, two are plenty. */
	interests(seeker, giver) {
		const words = common(seeker.interests, giver.interests);
		return { part: share(words.length, 2), words };
	},
	/** Somebody whom one would not meet anyway. */
	network(seeker, giver) {
		const apart = seeker.team !== '' && giver.team !== '' && plain(seeker.team) !== plain(giver.team);
		return { part: apart ? 1 : 0, words: apart ? [giver.team] : [] };
	}
};

const tenth = (points: number): number => Math.round(points * 10) / 10;

/** The points of two, and what for, the weightiest first. */
export function compare(
	seeker: Reader,
	giver: Reader,
	weights: Weights,
	{ plenty }: Pick<PairingSettings, 'plenty'>
): Comparison {
	const reasons: Reason[] = [];
	for (const what of Object.keys(shares) as Criterion[]) {
		const { part, words, hours = null } = shares[what](seeker, giver, plenty);
		const points = tenth(part * weights[what]);
		if (points > 0) reasons.push({ what, points, words, hours });
	}
	reasons.sort((a, b) => b.points - a.points);
	return { score: tenth(reasons.reduce((sum, { points }) => sum + points, 0)), reasons };
}
