import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { foundRoom } from '#lib/api/found-room.ts';
import { formatCard } from '#lib/api/pages.ts';
import { statusOf } from '#lib/api/answer.ts';
import type { RosterState } from '#lib/blocks/roster/model.ts';
import { textOf } from '#lib/identity/form.ts';
import { deletionsOf } from '#lib/room/deletions.ts';
import { methodOf, readMethod, type MethodValues } from '#lib/pages/method.ts';
import { m } from '#lib/paraglide/messages.js';
import { refusedIn } from '#lib/room/refused.ts';
import type { Json } from '#lib/blocks/block.ts';
import type { Room } from '../../../../../server/rooms/room.ts';
import type { Actions, PageServerLoad } from './$types';

/** The room, for its owner only. */
async function owned(event: RequestEvent<{ code: string }>): Promise<Room> {
	const { params, locals } = event;
	const room = await foundRoom(params.code, event);
	if (!locals.person) redirect(303, `/sign-in?next=${encodeURIComponent(`/r/${params.code}/settings`)}`);
	if (!room.info(locals.person.id).member?.owner) error(403, m.pages_settings_forbidden());
	return room;
}

export const load: PageServerLoad = async (event) => {
	const room = await owned(event);
	const { app, person } = event.locals;
	const { row, settings, format, states } = room.world;
	const base = app.registry.formats[row.format] ?? format;
	const roster = states.get('roster') as RosterState;
	const status = (states.get('agenda')?.now?.current as { status: string } | undefined)?.status ?? 'ahead';
	const values: MethodValues = {
		preset: row.preset ?? '',
		joining: settings.joining,
		options: settings.options,
		minutes: settings.minutes
	};
	return {
		person: person!,
		room: { id: row.id, code: row.code, title: row.title, state: row.state, screen: row.screen },
		card: formatCard(format),
		method: methodOf(base, row.preset),
		values,
		deletions: await deletionsOf(app, room, Date.now()),
		begun: status !== 'ahead',
		roles: Object.entries(format.roles).map(([name, role]) => ({ name, text: role.name })),
		members: Object.values(roster.members).sort((a, b) => a.joined - b.joined),
		waiting: Object.values(roster.waiting).sort((a, b) => a.at - b.at),
		removed: Object.entries(roster.removed).map(([id, { name }]) => ({ id, name }))
	};
};

type About = 'title' | 'method' | 'people' | 'state' | 'delete';

/** Runs one command as the owner; the page says beside `about` how it went. */
async function run(event: RequestEvent<{ code: string }>, about: About, type: string, payload: Json) {
	const room = await owned(event);
	const answer = await event.locals.app.rooms.command(event.locals.person!, room.id, {
		id: crypto.randomUUID(),
		type,
		payload
	});
	if (answer.ok) return { about, done: true as const };
	const { code, field } = answer.error;
	return fail(statusOf(code), { about, message: refusedIn(answer.error), field: field ?? null });
}

async function aboutPerson(
	event: RequestEvent<{ code: string }>,
	verb: string,
	more: { [key: string]: Json } = {}
) {
	const person = textOf(await event.request.formData(), 'person');
	return run(event, 'people', `roster.${verb}`, { person, ...more });
}

export const actions: Actions = {
	async rename(event) {
		return run(event, 'title', 'room.rename', { title: textOf(await event.request.formData(), 'title') });
	},

	async configure(event) {
		const room = await owned(event);
		const { row, settings: before, format } = room.world;
		const base = event.locals.app.registry.formats[row.format] ?? format;
		const read = readMethod(await event.request.formData(), methodOf(base, row.preset));
		const { joining, options, minutes } = read;
		return run(event, 'method', 'room.configure', {
			settings: { ...before, joining, options, minutes },
			preset: read.preset || null
		});
	},

	async lock(event) {
		const locked = textOf(await event.request.formData(), 'on') === 'yes';
		return run(event, 'state', 'room.lock', { locked });
	},

	async archive(event) {
		const archived = textOf(await event.request.formData(), 'on') === 'yes';
		return run(event, 'state', 'room.archive', { archived });
	},

	async assign(event) {
		const form = await event.request.formData();
		const payload = { person: textOf(form, 'person'), role: textOf(form, 'role') };
		return run(event, 'people', 'roster.assign', payload);
	},

	admit: (event) => aboutPerson(event, 'admit'),
	turnAway: (event) => aboutPerson(event, 'admit', { ok: false }),
	pardon: (event) => aboutPerson(event, 'pardon'),
	remove: (event) => aboutPerson(event, 'remove'),

	async handOver(event) {
		const result = await aboutPerson(event, 'handOver');
		// Whoever has handed the room over may not see this page any more.
		if ('done' in result) redirect(303, `/r/${event.params.code}`);
		return result;
	},

	async delete(event) {
		const room = await owned(event);
		const title = textOf(await event.request.formData(), 'title').trim();
		const about: About = 'delete';
		if (title !== room.world.row.title)
			return fail(422, { about, message: m.pages_settings_delete_wrong(), field: null });
		const gone = await event.locals.app.rooms.remove(event.locals.person!, room.id);
		if (!gone.ok) return fail(gone.status, { about, message: refusedIn(gone.refusal), field: null });
		redirect(303, '/');
	}
};
