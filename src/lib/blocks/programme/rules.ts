import * as v from 'valibot';
import { command, defineBlock, refuse, type Context, type Json } from '../block.ts';
import type { Handed, RoomNews, RoomReport } from '../wish.ts';
import { matters } from './matters.ts';
import type { Named, ProgrammeState, WishedRoom } from './model.ts';
import { countsOf, factsOf, lineOf, orderLines, ownOf, peopleOf, refusedBy, wishes } from './seen.ts';
import { settings, type Settings } from './settings.ts';

type Ctx = Context<Settings>;

const key = v.pipe(v.string(), v.minLength(1), v.maxLength(80));
const value = v.union([v.pipe(v.string(), v.maxLength(500)), v.number(), v.boolean(), v.null()]);

/** Written by the server from rows of its own. */
const news = v.custom<RoomNews>((input) => typeof input === 'object' && input !== null && 'key' in input);

function named(person: string, ctx: Ctx): Named {
	return { person, name: ctx.people[person]?.name ?? ctx.profile(person)?.name ?? '' };
}

/** A field names people where a role is filled from it. */
function sorted(event: { [field: string]: unknown }, ctx: Ctx): Pick<WishedRoom, 'people' | 'words'> {
	const fields = new Set(Object.values(ctx.settings.roles));
	const people: WishedRoom['people'] = {};
	const words: WishedRoom['words'] = {};
	for (const [field, given] of Object.entries(event)) {
		const list = Array.isArray(given) ? given : [given];
		const texts = list.filter((one): one is string => typeof one === 'string' && one !== '');
		if (fields.has(field)) people[field] = [...new Set(texts)].map((person) => named(person, ctx));
		else if (typeof given === 'string') words[field] = given.slice(0, 140);
	}
	return { people, words };
}

/** A room's facts as fields of an event: `fit.says/mentee`. */
const told = ({ held, facts }: RoomReport) => ({
	held,
	...Object.fromEntries(Object.entries(facts).map(([path, { value }]) => [path, value]))
});

/** What people in the room gave to whoever runs this, and what they took back, each once. */
function hear(before: Handed, { key, handed = {} }: RoomNews, ctx: Ctx): void {
	for (const [id, entry] of Object.entries(handed))
		if (JSON.stringify(before[id]) !== JSON.stringify(entry))
			ctx.emit('handed', { ...entry, key: `${key}/${id}` });
	for (const id of Object.keys(before))
		if (!Object.hasOwn(handed, id)) ctx.emit('tookBack', { key: `${key}/${id}` });
}

/** Everybody who was there stays: a wish lets people in, it shows nobody out. */
function joined(before: WishedRoom['people'], after: WishedRoom['people']): WishedRoom['people'] {
	const people = { ...before };
	for (const [field, list] of Object.entries(after)) {
		const known = before[field] ?? [];
		people[field] = [...known, ...list.filter(({ person }) => !known.some((one) => one.person === person))];
	}
	return people;
}

export const programme = defineBlock<ProgrammeState, Settings>({
	name: 'programme',
	settings,
	finds: { published: { rooms: { texts: ['title'] } } },
	initial: () => ({ rooms: {}, news: {}, orders: {} }),
	commands: {
		/** A room under this key; where there is one already, the people named are let in as well. */
		open: command(v.looseObject({ key }), (state: ProgrammeState, { key, ...event }, ctx: Ctx) => {
			const known = state.rooms[key];
			const { people, words } = sorted(event, ctx);
			const room: WishedRoom = {
				key,
				people: joined(known?.people ?? {}, people),
				words: { ...known?.words, ...words },
				asked: known?.asked ?? ctx.now
			};
			if (peopleOf(room, ctx.settings).length === 0)
				return refuse('nobody', 'A room needs somebody who is in it: name a person for one of its roles.');
			state.rooms[key] = room;
			if (!known)
				for (const order of Object.values(state.orders))
					if (ctx.settings.orders[order.name]?.later && order.repeats === undefined) order.to.push(key);
		}),
		/** Has the rooms do something that the format declares: all of them, or one. */
		send: command(
			v.object({
				order: v.pipe(v.string(), v.maxLength(40)),
				to: v.optional(key),
				with: v.optional(v.record(v.pipe(v.string(), v.maxLength(40)), value), {})
			}),
			(state: ProgrammeState, { order, to, with: payload }, ctx: Ctx) => {
				const orders = ctx.settings.orders;
				if (!Object.hasOwn(orders, order))
					return refuse('no_order', 'The rooms of this programme know no order "{order}".', 'order', {
						order
					});
				if (to !== undefined && !state.rooms[to])
					return refuse('gone', 'There is no such room in this programme.', 'to');
				const keys = to === undefined ? Object.keys(state.rooms) : [to];
				if (keys.length === 0 && !orders[order]!.later)
					return refuse('no_rooms', 'This programme has no rooms yet.');
				const id = ctx.id();
				const n = Object.keys(state.orders).length + 1;
				const by = ctx.by.id || null;
				state.orders[id] = { id, n, name: order, payload, to: keys, at: ctx.now, by };
				ctx.emit('sent', { order, rooms: keys.length });
				return { rooms: keys.length };
			}
		),
		/** Gives an order once more, to the rooms that refused it: what stood in the way may be out of it. */
		again: command(
			v.object({ order: v.pipe(v.string(), v.maxLength(64)) }),
			(state: ProgrammeState, { order: which }, ctx: Ctx) => {
				const order = Object.hasOwn(state.orders, which) ? state.orders[which] : undefined;
				if (!order) return refuse('gone', 'There is no such order.', 'order');
				const refused = refusedBy(order, state.news);
				const keys = Object.keys(refused).filter((key) => !state.news[key]?.gone);
				if (keys.length === 0)
					return refuse('nothing', 'No room refuses this any more: there is nothing to try again.', 'order');
				order.to = order.to.filter((key) => !keys.includes(key));
				const [id, n] = [ctx.id(), Object.keys(state.orders).length + 1];
				const by = ctx.by.id || null;
				const repeats = order.repeats ?? order.id;
				state.orders[id] = { ...order, id, n, to: keys, at: ctx.now, by, repeats };
				return { rooms: keys.length };
			}
		),
		/** Run by the server, which knows how far its rooms have come. */
		reported: command(
			v.object({ rooms: v.array(news) }),
			(state: ProgrammeState, { rooms }, ctx: Ctx) => {
				for (const one of rooms) {
					const before = state.news[one.key];
					if (before && JSON.stringify(before) === JSON.stringify(one)) continue;
					const wished = state.rooms[one.key];
					if (!wished) continue;
					state.news[one.key] = one;
					for (const { person } of peopleOf(wished, ctx.settings)) ctx.touch(person);
					if (one.room && !before?.room) ctx.emit('opened', { key: one.key, room: one.room.id });
					if (one.gone && !before?.gone) ctx.emit('gone', { key: one.key });
					if (one.report) ctx.emit('told', { key: one.key, ...told(one.report) });
					hear(before?.handed ?? {}, one, ctx);
				}
			},
			{ storm: true }
		)
	},
	publish: (state, scene) => ({
		record: { counts: { now: countsOf(state) } },
		desk: {
			rooms: Object.fromEntries(
				Object.values(state.rooms).map((room) => [room.key, lineOf(state, room, scene) as Json])
			),
			orders: orderLines(state)
		}
	}),
	own: ownOf,
	facts: factsOf,
	rooms: wishes,
	matters,
	forget(state, person) {
		for (const room of Object.values(state.rooms))
			for (const [field, people] of Object.entries(room.people))
				room.people[field] = people.filter((one) => one.person !== person);
		for (const one of Object.values(state.news)) delete one.turnedAway[person];
		for (const order of Object.values(state.orders)) if (order.by === person) order.by = null;
	}
});
