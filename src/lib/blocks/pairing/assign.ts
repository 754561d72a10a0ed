/** The best assignment of rows to columns. Pure; knows nothing of people. */

/**
 * The cheapest assignment of every row to a column of its own: the Hungarian method with potentials, O(rows² ×
 * columns). There have to be at least as many columns as rows. Answers the column of each row.
 */
function cheapest(cost: readonly (readonly number[])[]): number[] {
	const rows = cost.length;
	const columns = cost[0]?.length ?? 0;
	if (columns < rows) throw new Error(`${rows} rows do not fit into ${columns} columns.`);
	// Row and column 0 are nobody: the place from which a search begins.
	const ofRow = new Float64Array(rows + 1);
	const ofColumn = new Float64Array(columns + 1);
	const held = new Int32Array(columns + 1);
	const from = new Int32Array(columns + 1);
	for (let row = 1; row <= rows; row++) {
		held[0] = row;
		let at = 0;
		const least = new Float64Array(columns + 1).fill(Infinity);
		const done = new Uint8Array(columns + 1);
		do {
			done[at] = 1;
			const searching = held[at]!;
			let step = Infinity;
			let next = 0;
			for (let column = 1; column <= columns; column++) {
				if (done[column]) continue;
				const reduced = cost[searching - 1]![column - 1]! - ofRow[searching]! - ofColumn[column]!;
				if (reduced < least[column]!) {
					least[column] = reduced;
					from[column] = at;
				}
				if (least[column]! < step) {
					step = least[column]!;
					next = column;
				}
			}
			for (let column = 0; column <= columns; column++) {
				if (done[column]) {
					ofRow[held[column]!]! += step;
					ofColumn[column]! -= step;
				} else least[column]! -= step;
			}
			at = next;
		} while (held[at] !== 0);
		// Along the path that was found everybody moves up by one.
		while (at !== 0) {
			held[at] = held[from[at]!]!;
			at = from[at]!;
		}
	}
	const columnOf = new Array<number>(rows).fill(-1);
	for (let column = 1; column <= columns; column++)
		if (held[column]! > 0) columnOf[held[column]! - 1] = column - 1;
	return columnOf;
}

/** Worth of one pair more, before any points: nobody is left over so that two others fit better. */
const EACH = 1e6;

/**
 * As many pairs as there can be, and of those the ones with the most points in all. `scores[seeker][giver]` is null
 * where the two cannot meet; `places` says how many each giver has room for, as so many columns of their own. Answers
 * the giver of each seeker, or null.
 */
export function best(
	scores: readonly (readonly (number | null)[])[],
	places: readonly number[]
): (number | null)[] {
	const slots = places.flatMap((count, giver) => Array.from({ length: count }, () => giver));
	const cost = scores.map((row) => [
		...slots.map((giver) => (row[giver] == null ? 0 : -EACH - row[giver])),
		// a place with nobody, for each seeker
		...scores.map(() => 0)
	]);
	return cheapest(cost).map((slot, seeker) => {
		const giver = slots[slot];
		return giver === undefined || scores[seeker]![giver] == null ? null : giver;
	});
}

/**
 * Gale and Shapley, seekers propose: nobody ends with somebody while another, whom they would like better, would like
 * them better too. `wishes[seeker]` are givers and `ranks[giver]` seekers, the best first; whoever is in no list
 * cannot meet. Both have to name each other.
 */
export function stable(
	wishes: readonly (readonly number[])[],
	ranks: readonly (readonly number[])[],
	places: readonly number[]
): (number | null)[] {
	const placeOf = ranks.map((order) => new Map(order.map((seeker, place) => [seeker, place])));
	const held: number[][] = places.map(() => []);
	const next = wishes.map(() => 0);
	const result = new Array<number | null>(wishes.length).fill(null);
	const free = wishes.map((_, seeker) => seeker).reverse();
	for (let seeker = free.pop(); seeker !== undefined; seeker = free.pop()) {
		const giver = wishes[seeker]![next[seeker]!++];
		if (giver === undefined) continue;
		const place = placeOf[giver]!;
		const group = held[giver]!;
		if (!place.has(seeker) || places[giver] === 0) {
			free.push(seeker);
			continue;
		}
		group.push(seeker);
		result[seeker] = giver;
		if (group.length <= places[giver]!) continue;
		group.sort((a, b) => place.get(a)! - place.get(b)!);
		const left = group.pop()!;
		result[left] = null;
		free.push(left);
	}
	return result;
}
