/** What is seen of a pairing. Pure. */
import type { Facts, Json, Scene, Tables } from '../block.ts';
import { roomFor, weightsOf } from './match.ts';
import type { Counts, PairingDesk, PairingOwn, PairingRecord, PairingState } from './model.ts';
import type { Settings } from './settings.ts';

export function countsOf(state: PairingState): Counts {
	const counts: Counts = { seekers: 0, givers: 0, places: 0, proposed: 0, confirmed: 0 };
	for (const { side, capacity } of Object.values(state.cards)) {
		counts[side === 'seeks' ? 'seekers' : 'givers']++;
		if (side === 'gives') counts.places += capacity;
	}
	for (const { is } of Object.values(state.pairs)) if (is !== 'ended') counts[is]++;
	return counts;
}

/** For gates: who still has nobody, and pairs that one of the two says do not fit. */
export function factsOf(state: PairingState): Facts {
	const waiting = Object.entries(state.cards).filter(
		([person, { side }]) => side === 'seeks' && roomFor(state, person) > 0
	);
	const unfit = Object.values(state.pairs).filter(
		({ is, fit }) => is === 'confirmed' && (fit.seeker === 'bad' || fit.giver === 'bad')
	);
	return { waiting: waiting.length, unfit: unfit.length };
}

export function record(state: PairingState, { settings }: Scene<Settings>): Tables {
	const seen: PairingRecord = {
		counts: { now: countsOf(state) },
		setup: { weights: weightsOf(state, settings) }
	};
	return seen;
}

export function desk(state: PairingState): Tables {
	const { cards, rulings, pairs, unpaired, rows, run, ranks } = state;
	// How many somebody has ranked, and not whom.
	const ranked = Object.fromEntries(Object.entries(ranks).map(([one, { order }]) => [one, order.length]));
	const seen: PairingDesk = { cards, rulings, pairs, unpaired, rows, run, ranked };
	return seen;
}

export function own(state: PairingState, person: string, scene: Scene<Settings>): Json {
	const card = state.cards[person] ?? null;
	const mine = Object.values(state.pairs).filter(
		({ seeker, giver }) => seeker === person || giver === person
	);
	const name = (one: string) => scene.people[one]?.name ?? '';
	const pairs = mine
		.filter(({ is }) => is === 'confirmed')
		.map(({ id, seeker, giver, reasons }) => {
			const other = seeker === person ? giver : seeker;
			return { id, with: other, name: name(other), reasons };
		});
	const looking = card !== null && roomFor(state, person) > 0;
	const choices = looking
		? Object.entries(state.cards)
				.filter(([, other]) => other.side !== card.side)
				.map(([id, { job, team, skills }]) => ({ id, name: name(id), job, team, skills }))
				.sort((a, b) => a.name.localeCompare(b.name, 'en'))
		: [];
	const seen: PairingOwn = {
		card,
		pairs,
		choices,
		ranked: (state.ranks[person]?.order ?? []).filter((one) => state.cards[one]),
		again: looking && mine.some(({ is }) => is === 'ended')
	};
	return seen;
}
