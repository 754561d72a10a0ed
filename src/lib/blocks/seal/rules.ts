import * as v from 'valibot';
import { command, defineBlock, isRefusal, refuse, type Context, type Refusal } from '../block.ts';
import { checkEntry, entrySchema, fieldSchema, gist, noMore } from '../fields.ts';
import { id } from '../schemas.ts';
import { DEFAULTS, type Round, type SealOwn, type Sealed, type SealState } from './model.ts';
import { matters } from './matters.ts';
import {
	accept,
	allIn,
	compare,
	expected,
	nameless,
	revealAll,
	revealOne,
	revealRole,
	submitters
} from './reveal.ts';

const settings = v.object({
	fields: v.optional(v.pipe(v.array(fieldSchema), v.minLength(1)), DEFAULTS.fields),
	reveal: v.optional(v.picklist(['all', 'phase', 'date']), DEFAULTS.reveal),
	least: v.optional(v.number(), DEFAULTS.least),
	names: v.optional(v.picklist(['shown', 'hidden']), DEFAULTS.names),
	who: v.optional(v.array(v.string()), DEFAULTS.who),
	per: v.optional(v.picklist(['one', 'many']), DEFAULTS.per),
	most: v.optional(v.number(), DEFAULTS.most),
	editable: v.optional(v.boolean(), DEFAULTS.editable),
	to: v.optional(v.nullable(v.string()), DEFAULTS.to),
	keep: v.optional(v.array(v.picklist(['accepted', 'sealed', 'given'])), DEFAULTS.keep)
});

type Settings = v.InferOutput<typeof settings>;
type Ctx = Context<Settings>;

const role = v.pipe(v.string(), v.maxLength(40));

const fresh = (number: number): Round => ({ number, revealed: null, due: null });
const empty = (): SealState => ({
	round: { now: fresh(1) },
	sealed: {},
	revealed: {},
	accepted: {},
	earlier: {},
	alike: {},
	beside: {}
});
const nowOf = (state: SealState): Round => (state.round.now ??= fresh(1));

/** The author's own entry of the round that is open, or why it can no longer be touched. */
function mine(state: SealState, which: string, ctx: Ctx): Sealed | Refusal {
	const sealed = state.sealed[which];
	if (!sealed || sealed.person !== ctx.by.id) return refuse('gone', 'This is no entry of yours.', 'id');
	return sealed;
}

function change(state: SealState, sealed: Sealed, entry: Sealed['entry'], ctx: Ctx): Refusal | void {
	if (sealed.shown === null) {
		sealed.entry = entry;
		if (ctx.settings.names === 'hidden') sealed.unnamed = true;
		return;
	}
	const shown = state.revealed[sealed.shown];
	if (!ctx.settings.editable || nameless(sealed, ctx.settings) || !shown)
		return refuse('revealed', 'This was revealed and stays as it is. Write another one in the next round.');
	sealed.entry = entry;
	shown.entry = entry;
	// Not while the others of the round are sealed: what somebody showed alone is alike with nothing yet.
	if (shown.round === nowOf(state).number && nowOf(state).revealed !== null)
		compare(state, shown.round, ctx.settings.fields);
	ctx.emit('revised', {
		...entry,
		id: shown.id,
		text: gist(ctx.settings.fields, entry),
		author: shown.author
	});
}

function unsigned<Row extends { author: string | null }>(
	rows: Record<string, Row>,
	names: Settings['names']
): Record<string, Row> {
	if (names === 'shown') return rows;
	return Object.fromEntries(Object.entries(rows).map(([key, row]) => [key, { ...row, author: null }]));
}

export const seal = defineBlock<SealState, Settings>({
	name: 'seal',
	settings,
	finds: {
		published: {
			revealed: { texts: ['entry.*'] },
			accepted: { texts: ['text'], item: 'id' },
			earlier: { texts: ['text'], item: 'id' }
		},
		own: { mine: ['entry.*'], given: ['entry.*'] }
	},
	initial: empty,
	commands: {
		/** Writes an entry, or with `id` (and where each has one, always) changes one's own. */
		submit: command(
			v.object({ entry: entrySchema, id: v.optional(id) }),
			(state: SealState, payload, ctx: Ctx) => {
				const entry = checkEntry(ctx.settings.fields, payload.entry);
				if (isRefusal(entry)) return entry;
				const round = nowOf(state);
				const own = Object.values(state.sealed).filter(
					(one) => one.person === ctx.by.id && one.round === round.number
				);
				const which = payload.id ?? (ctx.settings.per === 'one' ? own[0]?.id : undefined);
				if (which !== undefined) {
					const sealed = mine(state, which, ctx);
					if (isRefusal(sealed)) return sealed;
					return change(state, sealed, entry, ctx) ?? { id: sealed.id };
				}
				if (round.revealed !== null)
					return refuse('revealed', 'This round is revealed already. Wait for the next one.');
				if (own.length >= ctx.settings.most) return noMore(ctx.settings.most);
				const sealed: Sealed = {
					id: ctx.id(),
					person: ctx.by.id,
					round: round.number,
					entry,
					at: ctx.now,
					shown: null,
					given: false,
					...(ctx.settings.names === 'hidden' ? { unnamed: true } : {})
				};
				state.sealed[sealed.id] = sealed;
				ctx.emit('submitted', { person: ctx.by.id });
				if (ctx.settings.reveal === 'all' && allIn(state, ctx)) revealAll(state, ctx);
				return { id: sealed.id };
			}
		),
		withdraw: command(v.object({ id }), (state: SealState, payload, ctx: Ctx) => {
			const sealed = mine(state, payload.id, ctx);
			if (isRefusal(sealed)) return sealed;
			if (sealed.shown !== null || sealed.given)
				return refuse('revealed', 'Others have seen this already; it cannot be taken back.', 'id');
			delete state.sealed[payload.id];
		}),
		/** Shows one's own entry now, with one's name, while the others stay sealed. */
		release: command(v.object({ id }), (state: SealState, payload, ctx: Ctx) => {
			const sealed = mine(state, payload.id, ctx);
			if (isRefusal(sealed)) return sealed;
			if (nameless(sealed, ctx.settings))
				return refuse('hidden', 'Names are hidden here: shown alone, it could be told whose it is.');
			if (sealed.shown !== null) return refuse('revealed', 'This is shown already.', 'id');
			const shown = revealOne(state, sealed, Object.keys(state.revealed).length, ctx);
			ctx.emit('released', {
				...sealed.entry,
				id: shown.id,
				person: sealed.person,
				text: gist(ctx.settings.fields, sealed.entry)
			});
			return { id: shown.id };
		}),
		/** Shows the round; with `role`, only what those who hold it have written. */
		reveal: command(v.object({ role: v.optional(role) }), (state: SealState, payload, ctx: Ctx) => {
			const round = nowOf(state);
			if (round.revealed !== null)
				return ctx.by.role === 'server' ? undefined : refuse('revealed', 'This round is revealed already.');
			if (payload.role !== undefined && ctx.settings.names === 'hidden')
				return refuse('hidden', 'Names are hidden here: reveal the whole round.', 'role');
			if (payload.role !== undefined) return revealRole(state, payload.role, ctx);
			const submitted = submitters(state).size;
			if (submitted < ctx.settings.least)
				return refuse(
					'too_few',
					'{submitted} have submitted; {least} are needed before anything is revealed.',
					undefined,
					{ submitted, least: ctx.settings.least }
				);
			if (submitted === 0 && ctx.by.role !== 'server')
				return refuse('too_few', 'Nobody has submitted anything yet.');
			revealAll(state, ctx);
		}),
		/** Sets when the round is revealed by itself. */
		schedule: command(
			v.object({ at: v.pipe(v.number(), v.integer()) }),
			(state: SealState, { at }, ctx: Ctx) => {
				const round = nowOf(state);
				if (ctx.settings.reveal !== 'date')
					return refuse('no_date', 'Here no date decides when entries are revealed.');
				if (round.revealed !== null) return refuse('revealed', 'This round is revealed already.');
				if (at <= ctx.now) return refuse('past', 'Choose a time that is still to come.', 'at');
				round.due = at;
			}
		),
		/** The server, at the date: with too few entries the round stays sealed until somebody sets another date. */
		fall: command(v.object({}), (state: SealState, _, ctx: Ctx) => {
			const round = nowOf(state);
			if (round.due === null || round.due > ctx.now)
				return refuse('not_yet', 'The date has not come. Wait, or set an earlier one.');
			round.due = null;
			if (round.revealed === null && submitters(state).size >= ctx.settings.least) revealAll(state, ctx);
		}),
		accept: command(v.object({ entry: id }), (state: SealState, payload, ctx: Ctx) => {
			const shown = state.revealed[payload.entry];
			if (!shown) return refuse('gone', 'Only what was revealed can be accepted.', 'entry');
			if (shown.round !== nowOf(state).number)
				return refuse('passed', 'That was an earlier round. Choose from the present one.', 'entry');
			accept(state, shown, ctx);
		}),
		/** Another round. The server begins one only where the last was used, and takes away what stood beside it. */
		again: command(v.object({}), (state: SealState, _, ctx: Ctx) => {
			const round = nowOf(state);
			if (ctx.by.role === 'server') state.beside = {};
			const used = Object.values(state.revealed).some((one) => one.round === round.number);
			if (!used && ctx.by.role === 'server') return;
			if (round.revealed === null && ctx.by.role !== 'server')
				return refuse('sealed', 'Reveal this round first.');
			for (const sealed of Object.values(state.sealed))
				if (sealed.shown === null) sealed.round = round.number + 1;
			state.round.now = fresh(round.number + 1);
			ctx.touch('all');
		}),
		/** Hands entries that are still sealed to the role `to`: one's own, or as the server all of them. */
		give: command(v.object({ id: v.optional(id) }), (state: SealState, payload, ctx: Ctx) => {
			if (ctx.settings.to === null) return refuse('nobody', 'Here entries cannot be handed to anybody.');
			const chosen = Object.values(state.sealed).filter(
				(one) =>
					one.shown === null &&
					(ctx.by.role === 'server' || one.person === ctx.by.id) &&
					(payload.id === undefined || one.id === payload.id)
			);
			if (chosen.length === 0 && ctx.by.role !== 'server')
				return refuse('gone', 'You have nothing here to hand on.', 'id');
			for (const sealed of chosen) sealed.given = true;
			ctx.touch('all');
		}),
		/** Sets what is shown beside the accepted entry; for formats to wire. */
		beside: command(
			v.object({ text: v.pipe(v.string(), v.maxLength(2000)), by: v.optional(v.nullable(id), null) }),
			(state: SealState, payload) => {
				state.beside = { now: payload };
			}
		)
	},
	publish(state, scene) {
		const round = state.round.now ?? fresh(1);
		const progress = { ...round, submitted: submitters(state).size, of: expected(scene).length };
		const { alike, beside } = state;
		// what was shown with names has none where the room is set to hide them since
		const { names } = scene.settings;
		const revealed = unsigned(state.revealed, names);
		const accepted = unsigned(state.accepted, names);
		const earlier = unsigned(state.earlier, names);
		return { record: { progress: { now: progress }, revealed, accepted, earlier, alike, beside } };
	},
	own(state, person, scene): SealOwn {
		const all = Object.values(state.sealed);
		const receives = scene.settings.to !== null && scene.people[person]?.role === scene.settings.to;
		return {
			mine: all.filter((one) => one.person === person),
			given: receives
				? all
						.filter((one) => one.given && one.person !== person)
						.map(({ id, entry, person }) => ({ id, entry, name: scene.people[person]?.name ?? null }))
				: []
		};
	},
	facts(state, scene) {
		const round = state.round.now ?? fresh(1);
		return {
			submitted: submitters(state).size,
			of: expected(scene).length,
			round: round.number,
			revealed: round.revealed !== null,
			accepted: state.accepted[round.number] !== undefined
		};
	},
	due(state) {
		const round = state.round.now;
		return round && round.due !== null ? { at: round.due, verb: 'fall', payload: {} } : null;
	},
	matters,
	carry(state, { keep }) {
		const next = empty();
		if (keep.includes('accepted')) {
			Object.assign(next.earlier, state.earlier);
			for (const one of Object.values(state.accepted)) next.earlier[`${one.meeting}-${one.round}`] = one;
		}
		for (const one of Object.values(state.sealed)) {
			if (one.shown !== null) continue;
			if (keep.includes(one.given ? 'given' : 'sealed'))
				next.sealed[one.id] = { ...one, round: one.given ? 0 : 1 };
		}
		return next;
	},
	forget(state, person) {
		for (const sealed of Object.values(state.sealed)) {
			if (sealed.person !== person) continue;
			if (sealed.shown !== null) delete state.revealed[sealed.shown];
			for (const [key, one] of Object.entries(state.alike))
				if (one.round === sealed.round) delete state.alike[key];
			delete state.sealed[sealed.id];
		}
		for (const table of [state.accepted, state.earlier])
			for (const [key, one] of Object.entries(table)) if (one.author === person) delete table[key];
		if (state.beside.now?.by === person) state.beside = {};
	}
});
