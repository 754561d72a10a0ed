import * as v from 'valibot';
import {
	command,
	defineBlock,
	isRefusal,
	refuse,
	type Context,
	type Facts,
	type LedgerRow,
	type Refusal,
	type Scene
} from '../block.ts';
import { checkEntry, entrySchema, fieldSchema, gist, noMore, type Entry } from '../fields.ts';
import { id } from '../schemas.ts';
import { figuresOf } from './figures.ts';
import { matters } from './matters.ts';
import { DEFAULTS, signature, type Filled, type FormOwn, type FormState, type Shown } from './model.ts';

const settings = v.object({
	fields: v.optional(v.pipe(v.array(fieldSchema), v.minLength(1)), DEFAULTS.fields),
	per: v.optional(v.picklist(['one', 'many']), DEFAULTS.per),
	most: v.optional(v.number(), DEFAULTS.most),
	show: v.optional(v.picklist(['room', 'role', 'counts']), DEFAULTS.show),
	to: v.optional(v.array(v.string()), DEFAULTS.to),
	names: v.optional(v.picklist(['shown', 'hidden']), DEFAULTS.names),
	least: v.optional(v.number(), DEFAULTS.least),
	who: v.optional(v.array(v.string()), DEFAULTS.who),
	audience: v.optional(v.nullable(v.string()), DEFAULTS.audience),
	signers: v.optional(v.array(v.string()), DEFAULTS.signers),
	titled: v.optional(v.boolean(), DEFAULTS.titled),
	after: v.optional(
		v.nullable(
			v.object({
				fact: v.string(),
				atLeast: v.number(),
				because: v.object({ en: v.string(), de: v.optional(v.string()) })
			})
		),
		DEFAULTS.after
	),
	says: v.optional(v.nullable(v.string()), DEFAULTS.says),
	course: v.optional(
		v.nullable(
			v.object({
				by: v.string(),
				mirror: v.optional(v.object({ field: v.string(), at: v.string() }))
			})
		),
		DEFAULTS.course
	),
	ledger: v.optional(v.nullable(v.picklist(['learning', 'topic', 'question', 'takeaway'])), DEFAULTS.ledger)
});

type Settings = v.InferOutput<typeof settings>;
type Ctx = Context<Settings>;

const statusOf = (state: FormState) => state.status.now ?? { closed: null, shared: false };

const reach = (one: Filled, { audience }: Settings) => (audience === null ? 'room' : one.entry[audience]);

/** What is not for its author alone. */
const common = (state: FormState, scene: Scene<Settings>): Filled[] =>
	Object.values(state.entries).filter((one) => reach(one, scene.settings) !== 'self');

/** Nobody is told whose it is: names are hidden, or were when it was written. */
const nameless = ({ unnamed }: Filled, { names }: Settings) => names === 'hidden' || unnamed === true;

function expected(scene: Scene<Settings>): number {
	const { who } = scene.settings;
	return Object.values(scene.people).filter(({ role }) => who.length === 0 || who.includes(role)).length;
}

/** What may be shown of the entries to somebody who sees them at all. */
function shown(state: FormState, scene: Scene<Settings>): Shown[] {
	if (scene.settings.show === 'counts') return [];
	const pooled = Object.values(state.pooled);
	const named = common(state, scene).filter((one) => !nameless(one, scene.settings));
	return [
		...pooled,
		...named.map(({ id, person, entry, at }): Shown => {
			const name = scene.people[person]?.name;
			return { id, entry, author: person, at, ...(name !== undefined && { name }) };
		})
	];
}

/** What its author gave to whoever runs the programme, or makes the next room; null: it stays here. */
function given({ entry }: Filled, { audience, names, show }: Settings): Entry | null {
	if (audience === null || names === 'hidden' || show !== 'room') return null;
	const { [audience]: to, ...words } = entry;
	// what went to the whole workspace is for them as well
	return to === 'programme' || to === 'org' ? words : null;
}

/** An entry is another now; null: it was not there, or is gone. Says whether it is still given to anybody. */
function pass(before: Filled | null, after: Filled | null, ctx: Ctx): void {
	const words = after && given(after, ctx.settings);
	if (after && words) ctx.emit('handed', { ...words, id: after.id, person: after.person });
	else if (before && given(before, ctx.settings)) ctx.emit('tookBack', { id: before.id });
}

/** While a form is open figures would trickle, and two of them one after the other give one answer away. */
function figures(state: FormState, scene: Scene<Settings>) {
	if (statusOf(state).closed === null) return [];
	const entries = common(state, scene).map((one) => one.entry);
	return figuresOf(scene.settings.fields, entries, scene.settings.least);
}

function tooEarly({ settings: { after }, facts }: Ctx): Refusal | null {
	if (after === null) return null;
	const [instance, fact] = after.fact.split('.') as [string, string];
	const value = facts[instance]?.[fact];
	return typeof value === 'number' && value >= after.atLeast
		? null
		: refuse('too_early', '{because}', undefined, { because: after.because });
}

/** What each role has said, by the choice field `says`. */
function sayings(state: FormState, { settings: { says }, people }: Scene<Settings>): Facts {
	if (says === null) return {};
	return Object.fromEntries(
		Object.values(state.entries).flatMap(({ person, entry }) => {
			const role = people[person]?.role;
			return role === undefined || entry[says] === undefined ? [] : [[`says/${role}`, entry[says]]];
		})
	);
}

/** Whose names belong under an entry. */
const signers = (scene: Scene<Settings>): string[] =>
	Object.values(scene.people)
		.filter(({ role }) => scene.settings.signers.includes(role))
		.map(({ id }) => id);

/** There is an entry, somebody to sign for each of the roles, and everybody has. */
function isSigned(state: FormState, scene: Scene<Settings>): boolean {
	const entries = Object.keys(state.entries);
	const people = signers(scene);
	const held = new Set(people.map((person) => scene.people[person]?.role));
	return (
		entries.length > 0 &&
		scene.settings.signers.every((role) => held.has(role)) &&
		entries.every((entry) => people.every((person) => state.signed[signature(entry, person)] !== undefined))
	);
}

/** Other words were not signed by anybody. */
function unsign(state: FormState, entry: string): void {
	for (const key of Object.keys(state.signed)) if (key.startsWith(`${entry}/`)) delete state.signed[key];
}

const seesAll = (state: FormState, scene: Scene<Settings>) =>
	scene.settings.show !== 'role' || statusOf(state).shared;

/** What the room sees, and no more: under hidden names nothing before the close, and then nobody's. */
function takeaways(state: FormState, scene: Scene<Settings>): LedgerRow[] {
	if (!seesAll(state, scene)) return [];
	const { audience, fields } = scene.settings;
	return shown(state, scene).flatMap(({ id, entry, author }): LedgerRow[] => {
		const text = gist(fields, entry);
		if (text === '') return [];
		const isShared = author !== null && audience !== null && entry[audience] === 'org';
		const by = author === null ? undefined : scene.people[author]?.name;
		return [
			{
				...{ id, kind: 'takeaway', person: author, state: isShared ? 'shared' : 'room', due: null, text },
				data: by === undefined ? {} : { by }
			}
		];
	});
}

/** Tells those whose own view has grown. */
function tell(ctx: Ctx): void {
	if (ctx.settings.show !== 'role') return;
	for (const { id, role } of Object.values(ctx.people)) if (ctx.settings.to.includes(role)) ctx.touch(id);
}

export const form = defineBlock<FormState, Settings>({
	name: 'form',
	settings,
	finds: {
		published: { entries: { texts: ['entry.*'] } },
		own: { mine: ['entry.*'], entries: ['entry.*'] }
	},
	initial: () => ({ entries: {}, status: {}, pooled: {}, signed: {} }),
	commands: {
		/** Fills it in, or with `id` (and where each has one entry, always) changes one's own. */
		submit: command(
			v.object({ entry: entrySchema, id: v.optional(id) }),
			(state: FormState, payload, ctx: Ctx) => {
				if (statusOf(state).closed !== null)
					return refuse('closed', 'This is closed; nothing can be added any more.');
				const early = tooEarly(ctx);
				if (early) return early;
				const entry = checkEntry(ctx.settings.fields, payload.entry);
				if (isRefusal(entry)) return entry;
				const own = Object.values(state.entries).filter((one) => one.person === ctx.by.id);
				const which = payload.id ?? (ctx.settings.per === 'one' ? own[0]?.id : undefined);
				if (which !== undefined) {
					const filled = state.entries[which];
					if (!filled || filled.person !== ctx.by.id)
						return refuse('gone', 'This is no entry of yours.', 'id');
					const before = { ...filled };
					filled.entry = entry;
					if (ctx.settings.names === 'hidden') filled.unnamed = true;
					unsign(state, which);
					tell(ctx);
					ctx.emit('edited', { id: which, person: ctx.by.id, ...entry });
					pass(before, filled, ctx);
					return { id: which };
				}
				if (own.length >= ctx.settings.most) return noMore(ctx.settings.most);
				const filled: Filled = {
					id: ctx.id(),
					person: ctx.by.id,
					entry,
					at: ctx.now,
					...(ctx.settings.names === 'hidden' ? { unnamed: true } : {})
				};
				state.entries[filled.id] = filled;
				tell(ctx);
				ctx.emit('submitted', {
					...entry,
					id: filled.id,
					person: ctx.by.id,
					gist: gist(ctx.settings.fields, entry)
				});
				pass(null, filled, ctx);
				return { id: filled.id };
			},
			{ storm: true }
		),
		withdraw: command(v.object({ id }), (state: FormState, payload, ctx: Ctx) => {
			if (statusOf(state).closed !== null)
				return refuse('closed', 'This is closed; nothing can be taken back any more.');
			const filled = state.entries[payload.id];
			if (filled?.person !== ctx.by.id) return refuse('gone', 'This is no entry of yours.', 'id');
			delete state.entries[payload.id];
			unsign(state, payload.id);
			tell(ctx);
			pass(filled, null, ctx);
		}),
		/** Puts one's name under an entry as it stands, or takes it away. `entry` is what the signer has read. */
		sign: command(
			v.object({ id, entry: entrySchema, signed: v.optional(v.boolean(), true) }),
			(state: FormState, payload, ctx: Ctx) => {
				const filled = state.entries[payload.id];
				if (!filled) return refuse('gone', 'This entry is not there any more.', 'id');
				if (!ctx.settings.signers.includes(ctx.by.role))
					return refuse('no_signer', 'Your name does not belong under this.');
				const key = signature(payload.id, ctx.by.id);
				if (!payload.signed) {
					delete state.signed[key];
					return;
				}
				if (!sameEntry(filled.entry, payload.entry))
					return refuse('changed', 'This was changed while you read it. Read it again, then sign.', 'entry');
				state.signed[key] ??= ctx.now;
				if (isSigned(state, ctx)) ctx.emit('signed', { id: payload.id });
			}
		),
		/** For good: opened again, the difference between two figures would give the late answers away. */
		close: command(v.object({}), (state: FormState, _, ctx: Ctx) => {
			const status = statusOf(state);
			if (status.closed !== null)
				return ctx.by.role === 'server' ? undefined : refuse('closed', 'This is closed already.');
			state.status.now = { ...status, closed: ctx.now };
			const pool = common(state, ctx);
			const unnamed = pool.filter((one) => nameless(one, ctx.settings));
			if (unnamed.length >= ctx.settings.least)
				for (const { entry } of ctx.shuffle(unnamed)) {
					const key = ctx.id();
					state.pooled[key] = { id: key, entry, author: null, at: null };
				}
			ctx.touch('all');
			ctx.emit('closed', { submitted: pool.length });
		}),
		/** Shows the room what only a role has seen so far. */
		share: command(v.object({}), (state: FormState, _, ctx: Ctx) => {
			const status = statusOf(state);
			if (ctx.settings.show !== 'role')
				return refuse('shown', 'There is nothing here that only a few can see.');
			if (status.shared) return refuse('shown', 'The room sees this already.');
			state.status.now = { ...status, shared: true };
			ctx.touch('all');
		})
	},
	publish(state, scene) {
		const { closed, shared } = statusOf(state);
		const { names, least, show } = scene.settings;
		const submitted = Object.keys(state.entries).length;
		const withheld = closed !== null && (names === 'hidden' || show === 'counts') && submitted < least;
		const open = seesAll(state, scene);
		return {
			record: {
				progress: { now: { submitted, of: expected(scene), closed, shared, withheld } },
				entries: open ? Object.fromEntries(shown(state, scene).map((one) => [one.id, one])) : {},
				figures: open ? Object.fromEntries(figures(state, scene).map((one) => [one.field, one])) : {},
				signed: state.signed
			}
		};
	},
	own(state, person, scene): FormOwn {
		const mine = Object.values(state.entries).filter((one) => one.person === person);
		const role = scene.people[person]?.role ?? '';
		const more = !seesAll(state, scene) && scene.settings.to.includes(role);
		return {
			mine,
			entries: more ? shown(state, scene) : [],
			figures: more ? figures(state, scene) : []
		};
	},
	facts(state, scene) {
		return {
			submitted: Object.keys(state.entries).length,
			of: expected(scene),
			closed: statusOf(state).closed !== null,
			signed: isSigned(state, scene),
			...sayings(state, scene)
		};
	},
	ledger(state, scene) {
		const { ledger: kind, audience, names, fields, show } = scene.settings;
		if (kind === 'takeaway') return takeaways(state, scene);
		// nothing goes to the whole workspace but by its author's own choice, so a form that does not ask has none
		if (kind === null || audience === null || names === 'hidden' || show !== 'room') return [];
		return Object.values(state.entries)
			.filter((one) => reach(one, scene.settings) === 'org' && !nameless(one, scene.settings))
			.map((one) => ({
				id: one.id,
				kind,
				person: one.person,
				state: 'shared',
				due: null,
				text: gist(fields, one.entry),
				data: { ...one.entry }
			}));
	},
	hands: (state, settings) =>
		Object.fromEntries(
			Object.values(state.entries).flatMap((one) => {
				const words = given(one, settings);
				return words ? [[one.id, words]] : [];
			})
		),
	matters,
	forget(state, person) {
		for (const one of Object.values(state.entries)) {
			if (one.person !== person) continue;
			delete state.entries[one.id];
			unsign(state, one.id);
		}
		for (const key of Object.keys(state.signed)) if (key.endsWith(`/${person}`)) delete state.signed[key];
	}
});

function sameEntry(a: Entry, b: Entry): boolean {
	const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
	return [...keys].every((key) => a[key] === b[key]);
}
