import { error, fail, redirect } from '@sveltejs/kit';
import { attempt } from '#lib/identity/attempt.ts';
import { comeIn } from '#lib/identity/come-in.ts';
import { textOf } from '#lib/identity/form.ts';
import { visitOf } from '#lib/identity/visit.ts';
import { formatCard } from '#lib/api/pages.ts';
import type { Actions, PageServerLoad } from './$types';

const unknown = 'There is no room with this code.';

export const load: PageServerLoad = async ({ params, locals, getClientAddress, depends }) => {
	depends('room:format');
	const room = await locals.app.find(params.code, getClientAddress());
	if (room === 'too_fast')
		error(429, 'Too many wrong codes from your network. Wait a minute, then try again.');
	if (!room) error(404, unknown);
	const { row, format, settings } = room.world;
	if (params.code !== row.code) redirect(307, `/r/${row.code}`);

	const info = locals.person && room.info(locals.person.id);
	if (info?.member) {
		const meetings = await locals.app.store.meetings(row.id);
		const snapshot = {
			meeting: row.meeting,
			record: room.published(info.member),
			own: room.own(info.member.id)
		};
		return { at: 'room' as const, info, format, meetings, snapshot, person: locals.person! };
	}
	const door = {
		title: row.title,
		code: row.code,
		card: formatCard(format),
		accountsOnly: settings.joining === 'accounts',
		locked: row.state !== 'open',
		roles: Object.entries(format.roles).flatMap(([name, role]) =>
			role.open ? [{ name, text: role.name, about: role.about }] : []
		),
		guest: format.guest
	};
	if (info?.waiting) return { at: 'waiting' as const, door, room: row.id, person: locals.person };
	return { at: 'door' as const, door, person: locals.person };
};

export const actions: Actions = {
	/** Comes in; somebody without an identity gives a name and becomes a guest. */
	async join(event) {
		const { locals, params, request, getClientAddress } = event;
		const form = await request.formData();
		const name = textOf(form, 'name');
		const role = textOf(form, 'role') || null;
		if (!locals.person) {
			const entered = await attempt(() => locals.app.identity.guest(name, visitOf(event)));
			if (!entered.ok) return fail(entered.problem.status, { name, problem: entered.problem });
			await comeIn(event, entered.value);
			locals.person = entered.value.person;
		}
		const joined = await locals.app.enter(locals.person, params.code, role, getClientAddress());
		if (!joined.ok) {
			if (joined.status === 404) error(404, unknown);
			const { code, message } = joined.refusal;
			return fail(joined.status, { name, problem: { code, message, field: null } });
		}
		redirect(303, `/r/${joined.value.room.code}`);
	}
};
