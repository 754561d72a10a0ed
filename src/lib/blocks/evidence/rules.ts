import * as v from 'valibot';
import { written } from './found.ts';
import {
	command,
	defineBlock,
	refuse,
	type Context,
	type LedgerRow,
	type Refusal,
	type Scene
} from '../block.ts';
import { fateOf, withoutCircles } from './marks.ts';
import {
	LIMITS,
	otherSide,
	SIDES,
	type Card,
	type Claim,
	type EvidenceRecord,
	type EvidenceState,
	type Quoted,
	type Side,
	type Statement
} from './model.ts';
import * as schema from './schema.ts';
import { sideOf, type Settings } from './settings.ts';
import { complete, progress, show } from './strength.ts';

type Ctx = Context<Settings>;
type State = EvidenceState;

const mySide = (ctx: Ctx): Side | null => sideOf(ctx.settings, ctx.by.role);

const noSide = (): Refusal =>
	refuse('no_side', 'Only those who speak for a side can do this. Ask the chair for a seat on one.');

/** A side lays all it has at once: what it no longer has goes. */
function lay<Item extends Claim | Card>(
	table: Record<string, Item>,
	side: Side,
	items: readonly Item[]
): void {
	const laid = new Set(items.map((item) => `${side}/${item.id}`));
	for (const path of Object.keys(table))
		if (path.startsWith(`${side}/`) && !laid.has(path)) delete table[path];
	for (const item of items) table[`${side}/${item.id}`] = item;
}

/** The words come from the one who commands; a card that my side laid is mine, whatever they say. */
function isOwn(state: State, card: Quoted, mine: Side): boolean {
	return card.side === mine || (state.cards[`${mine}/${card.id}`] !== undefined && !laidBy(state, card));
}

const laidBy = (state: State, card: Quoted): boolean => state.cards[`${card.side}/${card.id}`] !== undefined;

function lastStatement(state: State, side: Side): Statement | null {
	const said = Object.values(state.statements).filter((statement) => statement.case === side);
	return said.reduce<Statement | null>((last, one) => (last && last.try > one.try ? last : one), null);
}

const isFair = (state: State, side: Side): boolean => lastStatement(state, side)?.verdict?.fair ?? false;

function empty(library: State['library']): State {
	return {
		motion: {},
		claims: {},
		cards: {},
		challenges: {},
		ratings: {},
		rated: {},
		strengths: {},
		statements: {},
		library
	};
}

export const evidence = defineBlock<State, Settings>({
	name: 'evidence',
	settings: schema.settingsSchema,
	finds: {
		published: {
			motion: { texts: ['text', 'definitions'] },
			claims: { texts: ['text'], item: 'id' },
			cards: { texts: ['quote', 'source', 'standing'], item: 'id' },
			challenges: { texts: ['text', 'ruling.note'] },
			statements: { texts: ['text', 'verdict.note'] },
			library: { texts: ['quote', 'source', 'claim'] }
		},
		written
	},
	initial: () => empty({}),
	commands: {
		/** Sets or rewords the motion. */
		motion: command(
			v.object({
				text: schema.words(LIMITS.motion, 'Write the motion: one sentence that can be voted on.'),
				definitions: schema.maybe(LIMITS.definitions)
			}),
			(state: State, { text, definitions }, ctx: Ctx) => {
				state.motion.current = { text, definitions, by: ctx.by.id, at: ctx.now };
				ctx.emit('motion', { text });
			}
		),
		/** A side lays on the table what stands in its document: for the record, the projector and the audience. */
		lay: command(
			v.object({
				claims: v.pipe(v.array(schema.claim), v.maxLength(LIMITS.items)),
				cards: v.pipe(v.array(schema.card), v.maxLength(LIMITS.items))
			}),
			(state: State, { claims, cards }, ctx: Ctx) => {
				const side = mySide(ctx);
				if (!side) return noSide();
				const known = new Set(claims.map((claim) => claim.id));
				lay(
					state.claims,
					side,
					withoutCircles(claims).map((claim) => ({ ...claim, side }))
				);
				lay(
					state.cards,
					side,
					cards.map((card) => ({
						...card,
						side,
						claim: card.claim !== null && known.has(card.claim) ? card.claim : null
					}))
				);
			}
		),
		challenge: command(
			v.object({
				card: schema.quotedCard,
				kind: schema.challengeKind,
				text: schema.words(LIMITS.challenge, 'Say what is wrong with the card, in one sentence.')
			}),
			(state: State, { card, kind, text }, ctx: Ctx) => {
				const mine = mySide(ctx);
				if (mine && isOwn(state, card, mine))
					return refuse('own_card', 'This card is your own side’s. Reword or remove it instead.', 'card');
				const open = Object.values(state.challenges).some(
					(one) => one.card.id === card.id && one.card.side === card.side && one.kind === kind && !one.ruling
				);
				if (open)
					return refuse('again', 'This card is challenged as that already. Wait for the ruling.', 'kind');
				const id = ctx.id();
				state.challenges[id] = { id, card, kind, text, by: ctx.by.id, at: ctx.now, ruling: null };
				ctx.emit('challenged', { challenge: id, card: card.id, side: card.side, kind });
				return { challenge: id };
			}
		),
		/** Takes back a challenge that nobody has ruled on. */
		withdraw: command(v.object({ challenge: schema.id }), (state: State, { challenge }, ctx: Ctx) => {
			const open = state.challenges[challenge];
			if (!open) return refuse('gone', 'This challenge was withdrawn.', 'challenge');
			if (open.by !== ctx.by.id) return refuse('not_yours', 'Only whoever challenged can withdraw it.');
			if (open.ruling) return refuse('ruled', 'It was ruled on; it stays in the record.');
			delete state.challenges[challenge];
		}),
		rule: command(
			v.object({ challenge: schema.id, ruling: schema.rulingIs, note: schema.maybe(LIMITS.note) }),
			(state: State, { challenge, ruling, note }, ctx: Ctx) => {
				const open = state.challenges[challenge];
				if (!open) return refuse('gone', 'This challenge was withdrawn.', 'challenge');
				if (open.ruling)
					return refuse('ruled', 'Somebody ruled on it already. Reopen it to rule again.', 'challenge');
				open.ruling = { is: ruling, note, by: ctx.by.id, at: ctx.now };
				ctx.emit('ruled', { challenge, card: open.card.id, side: open.card.side, ruling });
			}
		),
		/** Takes a ruling back. */
		reopen: command(v.object({ challenge: schema.id }), (state: State, { challenge }) => {
			const ruled = state.challenges[challenge];
			if (!ruled) return refuse('gone', 'This challenge was withdrawn.', 'challenge');
			ruled.ruling = null;
		}),
		/** Blind; both sides' speakers rate every card, their own too. */
		rate: command(
			v.object({ card: schema.quotedCard, strength: schema.strength }),
			(state: State, { card, strength }, ctx: Ctx) => {
				const side = mySide(ctx);
				if (!side) return noSide();
				if (state.strengths[card.id]?.card.revision === card.revision)
					return refuse(
						'shown',
						'These words were rated by both sides; reword the card to have it rated anew.',
						'card'
					);
				state.ratings[`${card.id}/${ctx.by.id}`] = { side, strength, revision: card.revision };
				state.rated[card.id] = card;
				if (complete(state, card.id, ctx.people, ctx.settings) && show(state, card.id))
					ctx.emit('rated', { card: card.id, side: card.side });
			},
			{ storm: true }
		),
		/** Shows what both sides have given so far, though not everybody has. */
		unblind: command(v.object({ card: v.optional(schema.id) }), (state: State, { card }) => {
			if (card === undefined) {
				for (const id of Object.keys(state.rated)) show(state, id);
				return;
			}
			if (!state.rated[card]) return refuse('gone', 'Nobody has rated this card.', 'card');
			if (!show(state, card))
				return refuse('one_side', 'It shows when both sides have rated these words.', 'card');
		}),
		/** States the other side's best case; in place of one that nobody has answered yet, or as a further try. */
		state: command(
			v.object({ text: schema.words(LIMITS.statement, 'State the other side’s best case.') }),
			(state: State, { text }, ctx: Ctx) => {
				const mine = mySide(ctx);
				if (!mine) return noSide();
				const side = otherSide(mine);
				const last = lastStatement(state, side);
				if (last?.verdict?.fair) return refuse('settled', 'The other side has found your statement fair.');
				const replaces = last !== null && last.verdict === null;
				if (replaces) delete state.statements[last.id];
				const id = ctx.id();
				state.statements[id] = {
					id,
					case: side,
					text,
					try: (last?.try ?? 0) + (replaces ? 0 : 1),
					by: ctx.by.id,
					at: ctx.now,
					verdict: null
				};
				ctx.emit('stated', { statement: id, side });
				return { statement: id };
			}
		),
		/** Those whose case it is say whether it is stated fairly; so may whoever runs the room, when they are silent. */
		fair: command(
			v.object({
				/** The statement that was read; a newer one has to be read first. */
				statement: schema.id,
				ok: v.optional(v.boolean(), true),
				note: schema.maybe(LIMITS.note)
			}),
			(state: State, { statement, ok, note }, ctx: Ctx) => {
				const said = state.statements[statement];
				if (!said)
					return refuse('passed', 'The statement was changed in the meantime. Read it again.', 'statement');
				if (mySide(ctx) !== said.case && !ctx.facilitates(ctx.by.role))
					return refuse('not_yours', 'Only the side whose case it is says whether it is fair.');
				if (said.verdict) return refuse('answered', 'This statement has its answer already.', 'statement');
				said.verdict = { fair: ok, note, by: ctx.by.id, at: ctx.now };
				if (ok) ctx.emit('fair', { side: said.case, tries: said.try });
			}
		),
		/** Puts surviving cards into the library, which later meetings of the room begin with. */
		keep: command(
			v.object({ cards: v.pipe(v.array(schema.kept), v.minLength(1), v.maxLength(LIMITS.items)) }),
			(state: State, { cards }, ctx: Ctx) => {
				for (const card of cards) {
					if (fateOf(card, Object.values(state.challenges)) === 'falls')
						return refuse('fell', '“{quote}” fell when it was challenged; leave it out.', 'cards', {
							quote: card.quote
						});
					state.library[card.id] = {
						...card,
						motion: state.motion.current?.text ?? ctx.room.title,
						meeting: ctx.meeting
					};
				}
				if (Object.keys(state.library).length > LIMITS.library)
					return refuse('full', 'The library holds {most} cards; take some out first.', 'cards', {
						most: LIMITS.library
					});
				return { kept: cards.length };
			}
		),
		/** A step of the format's: what was laid and did not fall is kept, and left out by hand. */
		keepStanding: command(v.object({}), (state: State, _, ctx: Ctx) => {
			const challenges = Object.values(state.challenges);
			const motion = state.motion.current?.text ?? ctx.room.title;
			for (const card of Object.values(state.cards)) {
				const { id, side, quote, source, link, standing, date, kind } = card;
				if (fateOf(card, challenges) === 'falls') {
					delete state.library[id];
					continue;
				}
				if (!state.library[id] && Object.keys(state.library).length >= LIMITS.library) continue;
				const claim = state.claims[`${side}/${card.claim}`]?.text ?? '';
				state.library[id] = {
					id,
					side,
					claim,
					quote,
					source,
					link,
					standing,
					date,
					kind,
					motion,
					meeting: ctx.meeting
				};
			}
		}),
		/** Takes a card out of the library. */
		drop: command(v.object({ card: schema.id }), (state: State, { card }) => {
			if (!state.library[card]) return refuse('gone', 'This card is not in the library.', 'card');
			delete state.library[card];
		})
	},
	publish(state, scene) {
		const { ratings: _sealed, rated: _open, ...shown } = state;
		const record: EvidenceRecord = { ...shown, progress: progress(state, scene.people, scene.settings) };
		return { record };
	},
	own(state, person) {
		const end = `/${person}`;
		const mine = Object.entries(state.ratings).filter(([path]) => path.endsWith(end));
		return {
			ratings: Object.fromEntries(mine.map(([path, rating]) => [path.slice(0, -end.length), rating]))
		};
	},
	facts(state, { settings }) {
		const challenges = Object.values(state.challenges);
		const ruled = challenges.filter(({ ruling }) => ruling !== null);
		const fallen = new Set(ruled.filter(({ ruling }) => ruling?.is === 'falls').map(({ card }) => card.id));
		const challenged = new Set(ruled.map(({ card }) => card.id));
		const [caseFor, caseAgainst] = SIDES.map((side) => isFair(state, side));
		return {
			motion: state.motion.current !== undefined,
			claims: Object.keys(state.claims).length,
			cards: Object.keys(state.cards).length,
			challengesOpen: challenges.length - ruled.length,
			survived: challenged.size - fallen.size,
			fell: fallen.size,
			fairFor: caseFor ?? false,
			fairAgainst: caseAgainst ?? false,
			switched: !settings.mustBeFair || ((caseFor && caseAgainst) ?? false),
			kept: Object.keys(state.library).length
		};
	},
	ledger: (state, scene) => Object.values(state.library).map((card) => learning(card, scene)),
	carry: (state) => empty(state.library),
	forget(state, person) {
		for (const path of Object.keys(state.ratings))
			if (path.endsWith(`/${person}`)) delete state.ratings[path];
		for (const laid of [...Object.values(state.claims), ...Object.values(state.cards)])
			if (laid.author === person) laid.author = null;
		for (const [id, challenge] of Object.entries(state.challenges)) {
			if (challenge.by === person) delete state.challenges[id];
			else if (challenge.ruling?.by === person)
				challenge.ruling = { ...challenge.ruling, note: '', by: null };
		}
		for (const [id, statement] of Object.entries(state.statements)) {
			if (statement.by === person) delete state.statements[id];
			else if (statement.verdict?.by === person)
				statement.verdict = { ...statement.verdict, note: '', by: null };
		}
	}
});

function learning(card: State['library'][string], scene: Scene<Settings>): LedgerRow {
	return {
		id: card.id,
		kind: 'learning',
		person: null,
		state: 'kept',
		due: null,
		text: card.quote,
		data: {
			side: card.side,
			claim: card.claim,
			source: card.source,
			date: card.date,
			motion: card.motion,
			room: scene.room.id
		}
	};
}
