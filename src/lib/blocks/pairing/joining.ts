/** What somebody does for themselves: opt in with a card, rank the other side, step back. */
import * as v from 'valibot';
import { command, refuse } from '../block.ts';
import type { Profile } from '../profile.ts';
import type { Card, Pair, PairingState, Side } from './model.ts';
import type { Ctx } from './settings.ts';

const line = v.pipe(v.string(), v.trim(), v.maxLength(80));
const words = v.pipe(
	v.array(v.pipe(v.string(), v.trim(), v.maxLength(60))),
	v.maxLength(20, 'Name at most 20 of them.'),
	v.transform((list) => [...new Set(list.filter((word) => word !== ''))])
);
const minute = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(24 * 60));
const span = v.pipe(
	v.object({ day: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7)), from: minute, to: minute }),
	v.check(({ from, to }) => from < to, 'A time ends after it begins.')
);
const zone = v.pipe(v.string(), v.maxLength(60));

export const person = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

export const sideOf = (role: string, { settings }: Ctx): Side | null =>
	role === settings.seekers ? 'seeks' : role === settings.givers ? 'gives' : null;

/** What the directory says, where somebody has said nothing. */
function known(profile: Profile | null, side: Side): Omit<Card, 'side' | 'at'> {
	return {
		job: profile?.job ?? '',
		team: profile?.team ?? '',
		place: profile?.place ?? '',
		languages: profile?.languages ?? [],
		timeZone: profile?.timeZone ?? null,
		hours: profile?.hours ?? [],
		knows: profile?.job ? [profile.job] : [],
		skills: (side === 'seeks' ? profile?.wants : profile?.offers) ?? [],
		interests: profile?.interests ?? [],
		capacity: side === 'seeks' ? 1 : Math.max(1, profile?.mentoring.capacity ?? 1)
	};
}

/** Overlapping and touching spans are one, or hours would count twice. */
function merged(hours: Card['hours']): Card['hours'] {
	const sorted = [...hours].sort((a, b) => a.day - b.day || a.from - b.from);
	const whole: Card['hours'] = [];
	for (const one of sorted) {
		const last = whole.at(-1);
		if (last?.day === one.day && one.from <= last.to) last.to = Math.max(last.to, one.to);
		else whole.push({ ...one });
	}
	return whole;
}

const paired = refuse('paired', 'You are paired already. Tell whoever runs this that it has to end.');

const pairsOf = (state: PairingState, one: string): Pair[] =>
	Object.values(state.pairs).filter(({ seeker, giver }) => seeker === one || giver === one);

const isPaired = (state: PairingState, one: string): boolean =>
	pairsOf(state, one).some(({ is }) => is === 'confirmed');

/** A proposal was made from the card as it was. */
function unpropose(state: PairingState, one: string): void {
	for (const pair of pairsOf(state, one)) if (pair.is === 'proposed') delete state.pairs[pair.id];
}

function leave(state: PairingState, one: string): void {
	unpropose(state, one);
	delete state.cards[one];
	delete state.ranks[one];
	delete state.rows[one];
	delete state.unpaired[one];
}

export const joining = {
	/** Opts in, or changes the card. What is left out is taken from the directory. */
	join: command(
		v.object({
			job: v.optional(line),
			team: v.optional(line),
			place: v.optional(line),
			languages: v.optional(words),
			timeZone: v.optional(v.nullable(zone)),
			hours: v.optional(v.pipe(v.array(span), v.maxLength(50))),
			knows: v.optional(words),
			skills: v.optional(words),
			interests: v.optional(words),
			capacity: v.optional(
				v.pipe(
					v.number('Say how many you can take on.'),
					v.integer('Say how many you can take on.'),
					v.minValue(1, 'Say how many you can take on.')
				)
			)
		}),
		(state: PairingState, given, ctx: Ctx) => {
			const side = sideOf(ctx.by.role, ctx);
			if (side === null) return refuse('no_side', 'Nobody is looked for in your role.');
			const { most } = ctx.settings;
			if (given.capacity !== undefined && side === 'gives' && given.capacity > most)
				return refuse('too_many', 'Take on at most {most} at once.', 'capacity', { most });
			const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
			const before = state.cards[ctx.by.id];
			if (before && before.side !== side && isPaired(state, ctx.by.id)) return paired;
			const card: Card = {
				...known(ctx.profile(ctx.by.id), side),
				...before,
				...said,
				side,
				at: before?.at ?? ctx.now
			};
			if (card.hours.length === 0)
				return refuse('no_hours', 'Say when you can be met, or nobody can be found for you.', 'hours');
			card.hours = merged(card.hours);
			card.capacity = side === 'seeks' ? 1 : Math.min(most, card.capacity);
			state.cards[ctx.by.id] = card;
			unpropose(state, ctx.by.id);
			ctx.touch('all');
		}
	),
	withdraw: command(v.object({}), (state: PairingState, _, ctx: Ctx) => {
		const { id } = ctx.by;
		if (!state.cards[id]) return refuse('gone', 'You have not opted in.');
		if (isPaired(state, id)) return paired;
		leave(state, id);
		ctx.touch('all');
	}),
	/** Run by the server: this person has left the room. */
	left: command(v.object({ person }), (state: PairingState, { person: gone }, ctx: Ctx) => {
		if (!state.cards[gone]) return;
		leave(state, gone);
		ctx.touch('all');
	}),
	/** Whom of the other side this person would like, the best first. An empty list takes it back. */
	rank: command(
		v.object({ order: v.pipe(v.array(person), v.maxLength(100)) }),
		(state: PairingState, { order }, ctx: Ctx) => {
			const mine = state.cards[ctx.by.id];
			if (!mine) return refuse('not_in', 'Opt in first.');
			if (new Set(order).size !== order.length)
				return refuse('twice', 'Each has one place in your order.', 'order');
			for (const one of order) {
				const card = state.cards[one];
				if (!card || card.side === mine.side)
					return refuse('gone', 'Somebody in your order is not there any more. Look again.', 'order');
			}
			if (order.length > 0) state.ranks[ctx.by.id] = { order };
			else delete state.ranks[ctx.by.id];
		}
	)
};
