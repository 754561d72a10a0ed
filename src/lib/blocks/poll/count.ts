/** Counting. Takes ballots by person and gives aggregates; what is not in the result is gone. */
import type { Option, Result, Totals, Verdict } from './model.ts';

type Ballots = Readonly<Record<string, string>>;

interface Thresholds {
	/** Ballots, or pairs, below which nothing is shown. */
	least: number;
	/** Pairs below which a margin of `drawMargin` voters is a draw. */
	drawBelow: number;
	drawMargin: number;
	/** Pairs below which the transitions stay hidden. */
	matrixFrom: number;
}

export function totals(options: readonly Option[], choices: Iterable<string>): Totals {
	const sum: Totals = Object.fromEntries(options.map((option) => [option.id, 0]));
	for (const choice of choices) if (choice in sum) sum[choice]! += 1;
	return sum;
}

/** The one option ahead of all others, or null. */
export function leading(sum: Totals): string | null {
	const [first, second] = Object.entries(sum).sort(([, a], [, b]) => b - a);
	if (!first || first[1] === 0 || first[1] === second?.[1]) return null;
	return first[0];
}

export function single(
	options: readonly Option[],
	ballots: Ballots,
	least: number,
	how: { scale: boolean; named: boolean }
): Result {
	const choices = Object.values(ballots);
	if (choices.length < least) return { is: 'few', ballots: choices.length, least };
	const sum = totals(options, choices);
	const mean = choices.reduce((all, choice) => all + Number(choice), 0) / choices.length;
	return {
		is: 'single',
		ballots: choices.length,
		totals: sum,
		leading: leading(sum),
		mean: how.scale && choices.length > 0 ? Math.round(mean * 100) / 100 : null,
		by: how.named ? { ...ballots } : null
	};
}

/** `sides`: the options that compete; the others ("undecided") only feed them. */
export function paired(
	options: readonly Option[],
	before: Ballots,
	after: Ballots,
	sides: readonly string[],
	{ least, drawBelow, drawMargin, matrixFrom }: Thresholds
): Result {
	const voters = Object.keys(before).filter((person) => Object.hasOwn(after, person));
	const pairs = voters.length;
	if (pairs < least) return { is: 'few', ballots: pairs, least };
	const first = totals(
		options,
		voters.map((person) => before[person]!)
	);
	const last = totals(
		options,
		voters.map((person) => after[person]!)
	);
	const moved = Object.fromEntries(options.map(({ id }) => [id, last[id]! - first[id]!]));
	const matrix = Object.fromEntries(
		options.map(({ id }) => [
			id,
			totals(
				options,
				voters.filter((person) => before[person] === id).map((person) => after[person]!)
			)
		])
	);
	return {
		is: 'paired',
		pairs,
		before: first,
		after: last,
		shift: Object.fromEntries(options.map(({ id }) => [id, points(moved[id]!, pairs)])),
		verdict: verdict(moved, sides, pairs, { drawBelow, drawMargin }),
		matrix: pairs >= matrixFrom ? matrix : null,
		matrixFrom
	};
}

const points = (voters: number, of: number): number => (of === 0 ? 0 : Math.round((voters / of) * 1000) / 10);

/** The side with the larger shift wins; in a small room one voter more decides nothing. */
function verdict(
	moved: Totals,
	sides: readonly string[],
	pairs: number,
	{ drawBelow, drawMargin }: Pick<Thresholds, 'drawBelow' | 'drawMargin'>
): Verdict {
	const [best, next] = sides
		.map((side) => ({ side, voters: moved[side] ?? 0 }))
		.sort((a, b) => b.voters - a.voters);
	if (!best || !next) return { is: 'none' };
	const margin = best.voters - next.voters;
	if (margin === 0) return { is: 'draw', why: 'even' };
	if (pairs < drawBelow && margin <= drawMargin) return { is: 'draw', why: 'margin' };
	return { is: 'won', option: best.side, margin: points(margin, pairs) };
}
