/**
 * Who voted for what, in drawers: a rule works on a copy of the one collection that it changes, and two thousand
 * voters in one collection would be copied with every vote.
 */
import type { Ballot, Drawers, ListState } from './model.ts';

const DRAWERS = 64;
const names = Array.from({ length: DRAWERS }, (_, index): keyof Drawers => `ballots${index}`);

function drawerOf(person: string): keyof Drawers {
	let sum = 0;
	for (let at = 0; at < person.length; at++) sum = (sum * 31 + person.charCodeAt(at)) >>> 0;
	return names[sum % DRAWERS]!;
}

export function ballotOf(state: ListState, person: string): Ballot | undefined {
	return state[drawerOf(person)]?.[person];
}

export function setBallot(state: ListState, person: string, ballot: Ballot): void {
	const drawer = (state[drawerOf(person)] ??= {});
	if (Object.keys(ballot).length > 0) drawer[person] = ballot;
	else delete drawer[person];
}

export function voters(state: ListState): string[] {
	return names.flatMap((drawer) => Object.keys(state[drawer] ?? {}));
}

export function allBallots(state: ListState): Ballot[] {
	return names.flatMap((drawer) => Object.values(state[drawer] ?? {}));
}

/** There are fewer votes than before: of each person those that were given first stay, to what is still there. */
export function limitBallots(state: ListState, most: number, perItem: number): void {
	for (const person of voters(state)) {
		let left = most;
		const kept: Ballot = {};
		for (const [item, votes] of Object.entries(ballotOf(state, person) ?? {})) {
			const stay = state.items[item] ? Math.min(votes, perItem, left) : 0;
			left -= stay;
			if (stay > 0) kept[item] = stay;
		}
		setBallot(state, person, kept);
	}
}

/** Puts a ballot that lies in another drawer where this person's belongs; one that lies there already stands. */
export function rehouse(state: ListState, person: string): void {
	const home = drawerOf(person);
	for (const name of names) {
		const ballot = state[name]?.[person];
		if (!ballot || name === home) continue;
		delete state[name]?.[person];
		(state[home] ??= {})[person] ??= ballot;
	}
}
