import * as v from 'valibot';
import { command, defineBlock, isRefusal, refuse, type Context, type Refusal } from '../block.ts';
import { dayAt, daysFrom } from '../days.ts';
import { day, id, words } from '../schemas.ts';
import { DEFAULTS, type Contact, type ContactsState } from './model.ts';

const settings = v.object({
	wanted: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))), DEFAULTS.wanted),
	owners: v.optional(v.array(v.string()), DEFAULTS.owners)
});

type Settings = v.InferOutput<typeof settings>;
type Ctx = Context<Settings>;

const MOST = 200;

const name = v.pipe(v.string('Say who it is.'), v.trim(), v.minLength(1, 'Say who it is.'), v.maxLength(80));

function held(state: ContactsState, which: string, ctx: Ctx): Contact | Refusal {
	const contact = state.contacts[which];
	if (!contact || contact.dropped) return refuse('gone', 'This contact is not on the list any more.', 'id');
	if (contact.by === ctx.by.id || ctx.settings.owners.includes(ctx.by.role)) return contact;
	return refuse('not_yours', 'Whose list it is can change this.');
}

const listed = ({ contacts }: ContactsState): Contact[] =>
	Object.values(contacts).filter(({ dropped }) => !dropped);

/** Names that differ in capitals alone are of one person. */
const plain = (name: string): string => name.toLocaleLowerCase('en');

function put(state: ContactsState, who: Pick<Contact, 'name' | 'why' | 'through'>, ctx: Ctx): string {
	const id = ctx.id();
	state.contacts[id] = {
		...{ id, ...who, met: null, learned: '' },
		...{ by: ctx.by.id, at: ctx.now, dropped: false }
	};
	return id;
}

export const contacts = defineBlock<ContactsState, Settings>({
	name: 'contacts',
	settings,
	finds: { published: { contacts: { texts: ['name', 'why', 'through', 'learned'] } } },
	initial: () => ({ contacts: {} }),
	commands: {
		add: command(
			v.object({ name, why: v.optional(words(280), ''), through: v.optional(words(80), '') }),
			(state: ContactsState, { name, why, through }, ctx: Ctx) => {
				if (listed(state).length >= MOST)
					return refuse('full', 'There are {most} people here; no more fit in.', undefined, { most: MOST });
				if (listed(state).some((one) => plain(one.name) === plain(name)))
					return refuse('twice', '{name} is on the list already.', 'name', { name });
				const key = put(state, { name, why, through }, ctx);
				ctx.emit('added', { id: key, person: ctx.by.id });
				return { id: key };
			}
		),
		/** What somebody knows from an earlier room: who and why, and never what another learned there. */
		take: command(
			v.object({
				contacts: v.pipe(
					v.array(v.object({ name, why: v.optional(words(280), '') })),
					v.minLength(1, 'Choose somebody first.'),
					v.maxLength(50)
				)
			}),
			(state: ContactsState, payload, ctx: Ctx) => {
				const known = new Set(listed(state).map(({ name }) => plain(name)));
				const added: string[] = [];
				for (const { name, why } of payload.contacts) {
					if (known.has(plain(name))) continue;
					if (known.size >= MOST)
						return refuse('full', 'There are {most} people here; no more fit in.', undefined, { most: MOST });
					known.add(plain(name));
					added.push(put(state, { name, why, through: ctx.by.name.slice(0, 80) }, ctx));
				}
				const [first] = added;
				if (first === undefined) return refuse('twice', 'All of them are on the list already.');
				ctx.emit('added', { id: first, person: ctx.by.id });
				return { added: added.length };
			}
		),
		edit: command(
			v.object({
				id,
				name: v.optional(name),
				why: v.optional(words(280)),
				through: v.optional(words(80)),
				learned: v.optional(words(500))
			}),
			(state: ContactsState, { id, ...what }, ctx: Ctx) => {
				const contact = held(state, id, ctx);
				if (isRefusal(contact)) return contact;
				for (const field of ['name', 'why', 'through', 'learned'] as const)
					if (what[field] !== undefined) contact[field] = what[field];
			}
		),
		/** They have met, on that day; null: they have not. */
		meet: command(
			v.object({ id, day: v.nullable(day), learned: v.optional(words(500)) }),
			(state: ContactsState, { id, day, learned }, ctx: Ctx) => {
				const contact = held(state, id, ctx);
				if (isRefusal(contact)) return contact;
				if (day !== null && daysFrom(dayAt(ctx.now), day) > 1)
					return refuse('ahead', 'That day is still to come.', 'day');
				const before = contact.met;
				contact.met = day;
				if (learned !== undefined) contact.learned = learned;
				if (day !== null && before === null) ctx.emit('met', { id, person: ctx.by.id });
			}
		),
		drop: command(v.object({ id }), (state: ContactsState, payload, ctx: Ctx) => {
			const contact = held(state, payload.id, ctx);
			if (isRefusal(contact)) return contact;
			contact.dropped = true;
		}),
		restore: command(v.object({ id }), (state: ContactsState, payload, ctx: Ctx) => {
			const contact = state.contacts[payload.id];
			const may = contact && (contact.by === ctx.by.id || ctx.settings.owners.includes(ctx.by.role));
			if (!contact?.dropped || !may) return refuse('gone', 'There is nothing to bring back.', 'id');
			contact.dropped = false;
		})
	},
	publish: (state) => ({
		record: { contacts: Object.fromEntries(listed(state).map((one) => [one.id, one])) }
	}),
	facts: (state, { settings: { wanted } }) => ({
		listed: listed(state).length,
		met: listed(state).filter(({ met }) => met !== null).length,
		wanted
	}),
	/** Whom somebody introduces is theirs to introduce again; whose list it is keeps their own here. */
	ledger: (state, { people, settings: { owners } }) =>
		listed(state)
			.filter(({ by }) => by !== '' && !owners.includes(people[by]?.role ?? ''))
			.map(({ id, by, name, why }) => ({
				id,
				kind: 'contact' as const,
				person: by,
				state: 'introduced',
				due: null,
				text: name,
				data: { why }
			})),
	forget(state, person) {
		for (const contact of Object.values(state.contacts)) if (contact.by === person) contact.by = '';
	}
});
