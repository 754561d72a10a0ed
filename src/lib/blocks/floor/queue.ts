/** The order of hands, and the reason for each place: a policy that nobody can see is no policy. */
import type { Hand, Place, Reason } from './model.ts';
import type { Settings } from './settings.ts';
import { sideOf } from './settings.ts';

interface Spoken {
	/** Turns by person so far. */
	turns: ReadonlyMap<string, number>;
	/** The side of whoever spoke last. */
	side: string | null;
}

type Ranked = Hand & { reason: Reason };

export function lineUp(
	hands: Readonly<Record<string, Hand>>,
	settings: Pick<Settings, 'kinds' | 'ranked' | 'policy' | 'sides'>,
	spoken: Spoken
): Place[] {
	const all = Object.values(hands);
	const line = byPolicy(
		all.filter((hand) => hand.placed === null),
		settings,
		spoken
	);
	const placed = all
		.filter((hand) => hand.placed !== null)
		.sort((a, b) => a.placed! - b.placed! || a.at - b.at);
	for (const hand of placed)
		line.splice(Math.min(hand.placed!, line.length), 0, { ...hand, reason: 'placed' });
	return line.map(({ person, name, kind, at, reason }, place) => ({ person, name, kind, at, place, reason }));
}

function byPolicy(
	hands: readonly Hand[],
	{ kinds, ranked, policy, sides }: Pick<Settings, 'kinds' | 'ranked' | 'policy' | 'sides'>,
	spoken: Spoken
): Ranked[] {
	const first = [...hands].sort((a, b) => a.at - b.at);
	const rank = (hand: Hand) => (ranked ? kinds.indexOf(hand.kind) : 0);
	const turns = (hand: Hand) => (policy === 'not-yet-spoken' ? (spoken.turns.get(hand.person) ?? 0) : 0);
	const round = (hand: Hand) => (hand.round ? 0 : 1);
	const ordered = [...first].sort((a, b) => round(a) - round(b) || rank(a) - rank(b) || turns(a) - turns(b));
	const line = policy === 'alternate' ? alternating(ordered, rank, round, sides, spoken.side) : ordered;
	return line.map((hand, place) => ({ ...hand, reason: reasonFor(hand, line.slice(place + 1)) }));

	/** What put this hand before those behind it that were raised earlier. */
	function reasonFor(hand: Hand, behind: readonly Hand[]): Reason {
		const passed = behind.filter((other) => other.at < hand.at);
		if (hand.round) return 'round';
		if (passed.some((other) => rank(hand) < rank(other))) return 'kind';
		if (passed.some((other) => turns(hand) < turns(other))) return turns(hand) === 0 ? 'unspoken' : 'fewer';
		return passed.length > 0 ? 'side' : 'first-come';
	}
}

/** Takes from the sides in turn, beginning with one that did not speak last, as long as there are two. */
function alternating(
	hands: readonly Hand[],
	rank: (hand: Hand) => number,
	round: (hand: Hand) => number,
	sides: Settings['sides'],
	last: string | null
): Hand[] {
	const rest = [...hands];
	const line: Hand[] = [];
	while (rest.length > 0) {
		const head = rest[0]!;
		const peers = rest.filter((hand) => rank(hand) === rank(head) && round(hand) === round(head));
		const next = (last !== null && peers.find((hand) => sideOf(hand.role, { sides }) !== last)) || head;
		line.push(next);
		rest.splice(rest.indexOf(next), 1);
		last = sideOf(next.role, { sides });
	}
	return line;
}
