/** Brings seekers and givers together: who can meet, what is decided already, and who fits best. Pure. */
import { lineAbove, type ProfileOf } from '../profile.ts';
import { best, stable } from './assign.ts';
import { compare, hoursOf, read, type Reader } from './compare.ts';
import {
	rulingKey,
	type Barrier,
	type Comparison,
	type Method,
	type PairingSettings,
	type PairingState,
	type Unpaired,
	type Weights
} from './model.ts';

/** Those of the other side that a row remembers. */
const REMEMBERED = 12;

interface Circumstances {
	now: number;
	settings: PairingSettings;
	profile: ProfileOf;
}

export const weightsOf = (state: Pick<PairingState, 'setup'>, settings: PairingSettings): Weights =>
	state.setup.weights ?? settings.weights;

const confirmedOf = (state: PairingState, person: string) =>
	Object.values(state.pairs).filter(
		(pair) => pair.is === 'confirmed' && (pair.seeker === person || pair.giver === person)
	);

/** How many somebody still has room for. */
export const roomFor = (state: PairingState, person: string): number =>
	Math.max(0, (state.cards[person]?.capacity ?? 0) - confirmedOf(state, person).length);

/** Asks who can meet, with what takes time worked out once for each person. */
export class Judge {
	readonly #state: PairingState;
	readonly #at: Circumstances;
	readonly #readers = new Map<string, Reader>();
	readonly #lines = new Map<string, string[]>();

	constructor(state: PairingState, at: Circumstances) {
		this.#state = state;
		this.#at = at;
	}

	reader(person: string): Reader {
		const known = this.#readers.get(person) ?? read(this.#state.cards[person]!, this.#at.now);
		this.#readers.set(person, known);
		return known;
	}

	#line(person: string): string[] {
		const known = this.#lines.get(person) ?? lineAbove(person, this.#at.profile);
		this.#lines.set(person, known);
		return known;
	}

	/** What stands between two: a ruling last, because it can be taken back. */
	barrier(seeker: string, giver: string): Barrier | null {
		if (seeker === giver || this.#line(seeker).includes(giver) || this.#line(giver).includes(seeker))
			return 'line';
		const hours = hoursOf(this.reader(seeker), this.reader(giver));
		if (hours === null || hours < this.#at.settings.least) return 'hours';
		if (roomFor(this.#state, giver) === 0) return 'full';
		return this.#state.rulings[rulingKey(seeker, giver)]?.is === 'forbidden' ? 'forbidden' : null;
	}

	compare(seeker: string, giver: string): Comparison {
		const weights = weightsOf(this.#state, this.#at.settings);
		return compare(this.reader(seeker), this.reader(giver), weights, this.#at.settings);
	}
}

export interface Match {
	pairs: (Comparison & { seeker: string; giver: string; pinned: boolean })[];
	unpaired: Record<string, Unpaired>;
	rows: PairingState['rows'];
}

const sideOf = (state: PairingState, side: 'seeks' | 'gives'): string[] =>
	Object.entries(state.cards)
		.filter(([, card]) => card.side === side)
		.sort(([a, one], [b, other]) => one.at - other.at || (a < b ? -1 : 1))
		.map(([person]) => person);

/** Pairs for everybody who has none; what is confirmed stays as it is. */
export function match(state: PairingState, method: Method, at: Circumstances): Match {
	const judge = new Judge(state, at);
	const seekers = sideOf(state, 'seeks').filter((person) => roomFor(state, person) > 0);
	const givers = sideOf(state, 'gives');
	const barriers = seekers.map((seeker) => givers.map((giver) => judge.barrier(seeker, giver)));
	const found = seekers.map((seeker, row) =>
		givers.map((giver, column) => (barriers[row]![column] === null ? judge.compare(seeker, giver) : null))
	);
	const places = givers.map((giver) => roomFor(state, giver));
	const chosen = new Array<number | null>(seekers.length).fill(null);
	const pinned = new Set<number>();

	// What is pinned goes first, as far as it can.
	for (const [row, seeker] of seekers.entries()) {
		const column = givers.findIndex((giver) => state.rulings[rulingKey(seeker, giver)]?.is === 'pinned');
		if (column < 0 || found[row]![column] === null || places[column] === 0) continue;
		places[column]!--;
		chosen[row] = column;
		pinned.add(row);
	}
	const free = seekers.flatMap((_, row) => (pinned.has(row) ? [] : [row]));
	const decided =
		method === 'best'
			? best(
					free.map((row) => found[row]!.map((one) => one?.score ?? null)),
					places
				)
			: stable(
					free.map((row) => preferred(state, seekers[row]!, givers, (column) => found[row]![column])),
					givers.map((giver, column) =>
						preferred(
							state,
							giver,
							free.map((row) => seekers[row]!),
							(index) => found[free[index]!]![column]
						)
					),
					places
				);
	decided.forEach((column, index) => (chosen[free[index]!] = column));

	const result: Match = { pairs: [], unpaired: {}, rows: {} };
	for (const [row, seeker] of seekers.entries()) {
		result.rows[seeker] = { scores: topOf(givers, found[row]!) };
		const column = chosen[row];
		if (column === null || column === undefined) {
			result.unpaired[seeker] = whyNot(barriers[row]!);
			continue;
		}
		const comparison = found[row]![column]!;
		result.pairs.push({ seeker, giver: givers[column]!, pinned: pinned.has(row), ...comparison });
	}
	for (const [column, giver] of givers.entries())
		if (roomFor(state, giver) > 0 && !chosen.includes(column))
			result.unpaired[giver] = whyNot(barriers.map((row) => row[column]!));
	return result;
}

/** The others' places in this person's order: those they ranked, then the rest by how well they fit. */
function preferred(
	state: PairingState,
	person: string,
	others: readonly string[],
	found: (index: number) => Comparison | null | undefined
): number[] {
	const order = state.ranks[person]?.order ?? [];
	const rank = (index: number) => {
		const place = order.indexOf(others[index]!);
		return place < 0 ? order.length : place;
	};
	return others
		.map((_, index) => index)
		.filter((index) => found(index))
		.sort((a, b) => rank(a) - rank(b) || found(b)!.score - found(a)!.score || a - b);
}

function topOf(givers: readonly string[], found: readonly (Comparison | null)[]): Record<string, number> {
	const scored = found.flatMap((one, column) => (one ? [[givers[column]!, one.score] as const] : []));
	return Object.fromEntries(scored.sort(([, a], [, b]) => b - a).slice(0, REMEMBERED));
}

function whyNot(met: readonly (Barrier | null)[]): Unpaired {
	const barriers: Unpaired['barriers'] = {};
	for (const one of met) if (one) barriers[one] = (barriers[one] ?? 0) + 1;
	return { of: met.length, barriers, taken: met.filter((one) => one === null).length };
}
