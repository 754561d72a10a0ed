import * as v from 'valibot';
import { command, defineBlock, refuse, type Refusal } from '../block.ts';
import { id } from '../schemas.ts';
import { joining, person } from './joining.ts';
import { matters } from './matters.ts';
import { Judge, match, roomFor } from './match.ts';
import { CRITERIA, FITS, rulingKey, type Barrier, type Pair, type PairingState } from './model.ts';
import { countsOf, desk, factsOf, own, record } from './seen.ts';
import { settings, weights, type Ctx, type Settings } from './settings.ts';

/** With more seekers than this at once the best assignment would hold the server up. */
const MOST = 300;

const two = v.object({ seeker: person, giver: person, on: v.optional(v.boolean(), true) });
const fit = v.nullable(v.picklist(FITS));

const judgeOf = (state: PairingState, ctx: Ctx) =>
	new Judge(state, { now: ctx.now, settings: ctx.settings, profile: ctx.profile });

function refused(barrier: Barrier, { settings: { least } }: Ctx): Refusal {
	switch (barrier) {
		case 'line':
			return refuse('line', 'One of the two reports to the other; these two cannot be a pair.');
		case 'hours':
			return refuse('hours', 'The two share less than {least} hours a week.', undefined, { least });
		case 'full':
			return refuse('full', 'All places there are taken.');
		case 'forbidden':
			return refuse('forbidden', 'You ruled this pair out. Allow it again first.');
	}
}

/** Both are there, on their sides. */
function strangers(state: PairingState, seeker: string, giver: string): Refusal | null {
	return state.cards[seeker]?.side === 'seeks' && state.cards[giver]?.side === 'gives'
		? null
		: refuse('gone', 'Both have to have opted in.', 'giver');
}

function tell(ctx: Ctx, ...people: string[]): void {
	for (const one of people) ctx.touch(one);
}

/** Holds from now on: a room can be opened for the two. */
function confirm(state: PairingState, pair: Pair, ctx: Ctx): Refusal | null {
	const { seeker, giver } = pair;
	const gone = strangers(state, seeker, giver);
	if (gone) return gone;
	if (roomFor(state, seeker) === 0) return refuse('paired', 'Somebody of the two is paired already.');
	// The directory may say something else by now.
	const barrier = judgeOf(state, ctx).barrier(seeker, giver);
	if (barrier) return refused(barrier, ctx);
	pair.is = 'confirmed';
	pair.at = ctx.now;
	delete state.unpaired[seeker];
	delete state.unpaired[giver];
	tell(ctx, seeker, giver);
	ctx.emit('paired', {
		key: pair.id,
		seeker,
		giver,
		manager: ctx.profile(seeker)?.manager ?? null,
		by: ctx.by.id
	});
	return null;
}

export const pairing = defineBlock<PairingState, Settings>({
	name: 'pairing',
	settings,
	finds: {
		published: { cards: { texts: ['job', 'team', 'knows.*', 'skills.*', 'interests.*'] } },
		own: { pairs: ['name'] }
	},
	initial: () => ({
		cards: {},
		ranks: {},
		rulings: {},
		pairs: {},
		unpaired: {},
		rows: {},
		setup: {},
		run: {}
	}),
	commands: {
		...joining,
		/** How much each criterion counts, of 100 in all. */
		weigh: command(v.object({ weights }), (state: PairingState, { weights }) => {
			const sum = CRITERIA.reduce((all, one) => all + weights[one], 0);
			if (sum !== 100)
				return refuse('not_100', 'All together have to be 100 points; these are {sum}.', 'weights', { sum });
			state.setup.weights = weights;
		}),
		/** Proposes a partner to everybody who has none. Earlier proposals are made anew. */
		propose: command(
			v.object({ method: v.optional(v.picklist(['best', 'stable']), 'best') }),
			(state: PairingState, { method }, ctx: Ctx) => {
				const cards = Object.values(state.cards);
				const waiting = Object.keys(state.cards).filter(
					(one) => state.cards[one]!.side === 'seeks' && roomFor(state, one) > 0
				);
				if (waiting.length === 0)
					return refuse('nobody', 'Nobody who looks for somebody has opted in, or all of them are paired.');
				if (!cards.some(({ side }) => side === 'gives'))
					return refuse('nobody', 'Nobody has offered to take somebody on yet.');
				if (waiting.length > MOST)
					return refuse(
						'too_many',
						'More than {most} wait for a partner: do it in several rooms.',
						undefined,
						{
							most: MOST
						}
					);
				if (method === 'stable' && Object.keys(state.cards).some((one) => !state.ranks[one]))
					return refuse('unranked', 'For this everybody has to have said whom they would like.', 'method');
				const found = match(state, method, {
					now: ctx.now,
					settings: ctx.settings,
					profile: ctx.profile
				});
				for (const [key, pair] of Object.entries(state.pairs))
					if (pair.is === 'proposed') delete state.pairs[key];
				let total = 0;
				for (const one of found.pairs) {
					const key = ctx.id();
					total += one.score;
					state.pairs[key] = {
						...one,
						id: key,
						is: 'proposed',
						at: ctx.now,
						fit: { seeker: null, giver: null }
					};
				}
				state.unpaired = found.unpaired;
				state.rows = found.rows;
				total = Math.round(total * 10) / 10;
				const unpaired = waiting.length - found.pairs.length;
				state.run.now = { method, at: ctx.now, total, proposed: found.pairs.length, unpaired };
				ctx.emit('proposed', { pairs: found.pairs.length, total });
				return { pairs: found.pairs.length, total, unpaired };
			}
		),
		/** These two, whatever the points say, at the next run. */
		pin: command(two, (state: PairingState, { seeker, giver, on }, ctx: Ctx) => {
			if (!on) {
				if (state.rulings[rulingKey(seeker, giver)]?.is === 'pinned')
					delete state.rulings[rulingKey(seeker, giver)];
				return;
			}
			const gone = strangers(state, seeker, giver);
			if (gone) return gone;
			if (roomFor(state, seeker) === 0) return refuse('paired', 'Somebody of the two is paired already.');
			const barrier = judgeOf(state, ctx).barrier(seeker, giver);
			if (barrier) return refused(barrier, ctx);
			for (const [key, one] of Object.entries(state.rulings))
				if (one.seeker === seeker && one.is === 'pinned') delete state.rulings[key];
			state.rulings[rulingKey(seeker, giver)] = { seeker, giver, is: 'pinned' };
		}),
		/** Never these two. */
		forbid: command(two, (state: PairingState, { seeker, giver, on }) => {
			const key = rulingKey(seeker, giver);
			if (!on) {
				if (state.rulings[key]?.is === 'forbidden') delete state.rulings[key];
				return;
			}
			const gone = strangers(state, seeker, giver);
			if (gone) return gone;
			const pair = Object.values(state.pairs).find(
				(one) => one.is !== 'ended' && one.seeker === seeker && one.giver === giver
			);
			if (pair?.is === 'confirmed')
				return refuse('paired', 'These two are a pair. Offer them a new pairing instead.');
			if (pair) delete state.pairs[pair.id];
			state.rulings[key] = { seeker, giver, is: 'forbidden' };
		}),
		/** One proposal, or all of them. */
		confirm: command(v.object({ pair: v.optional(id) }), (state: PairingState, { pair }, ctx: Ctx) => {
			const chosen = Object.values(state.pairs).filter(
				(one) => one.is === 'proposed' && (pair === undefined || one.id === pair)
			);
			if (chosen.length === 0) return refuse('gone', 'There is no such proposal any more.', 'pair');
			for (const one of chosen) {
				const wrong = confirm(state, one, ctx);
				if (wrong) return wrong;
			}
			return { confirmed: chosen.length };
		}),
		/** Ends a pair for good, so that both can be paired with somebody else. */
		release: command(v.object({ pair: id }), (state: PairingState, payload, ctx: Ctx) => {
			const pair = state.pairs[payload.pair];
			if (pair?.is !== 'confirmed') return refuse('gone', 'There is no such pair any more.', 'pair');
			const { seeker, giver } = pair;
			pair.is = 'ended';
			state.rulings[rulingKey(seeker, giver)] = { seeker, giver, is: 'forbidden' };
			tell(ctx, seeker, giver);
			ctx.emit('released', { key: pair.id, seeker, giver });
		}),
		/** Run by the server: what the two have said of it in their own room. */
		heard: command(
			v.object({ key: id, seeker: v.optional(v.unknown()), giver: v.optional(v.unknown()) }),
			(state: PairingState, { key, seeker, giver }, ctx: Ctx) => {
				const pair = state.pairs[key];
				if (!pair) return;
				const said = { seeker: v.safeParse(fit, seeker), giver: v.safeParse(fit, giver) };
				const before = pair.fit;
				pair.fit = {
					seeker: said.seeker.success ? said.seeker.output : before.seeker,
					giver: said.giver.success ? said.giver.output : before.giver
				};
				const turned = (['seeker', 'giver'] as const).some(
					(side) => pair.fit[side] === 'bad' && before[side] !== 'bad'
				);
				if (turned && pair.is === 'confirmed') ctx.emit('unfit', { key });
			}
		)
	},
	publish: (state, scene) => ({ record: record(state, scene), desk: desk(state) }),
	own,
	matters,
	facts: (state) => ({ ...countsOf(state), ...factsOf(state) }),
	forget(state, gone) {
		delete state.cards[gone];
		delete state.ranks[gone];
		delete state.rows[gone];
		delete state.unpaired[gone];
		for (const rank of Object.values(state.ranks)) rank.order = rank.order.filter((one) => one !== gone);
		for (const row of Object.values(state.rows)) delete row.scores[gone];
		for (const [key, { seeker, giver }] of Object.entries(state.rulings))
			if (seeker === gone || giver === gone) delete state.rulings[key];
		for (const [key, { seeker, giver }] of Object.entries(state.pairs))
			if (seeker === gone || giver === gone) delete state.pairs[key];
	}
});
