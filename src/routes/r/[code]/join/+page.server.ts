import { error, fail, redirect } from '@sveltejs/kit';
import { foundRoom } from '#lib/api/found-room.ts';
import { formatCard } from '#lib/api/pages.ts';
import { attempt } from '#lib/identity/attempt.ts';
import { comeIn } from '#lib/identity/come-in.ts';
import { textOf } from '#lib/identity/form.ts';
import { visitOf } from '#lib/identity/visit.ts';
import { wordsOf } from '#lib/identity/words.ts';
import { m } from '#lib/paraglide/messages.js';
import { refusedIn } from '#lib/room/refused.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { params, locals } = event;
	const room = await foundRoom(params.code, event);
	const { row, format, settings } = room.world;
	if (params.code !== row.code) redirect(307, `/r/${row.code}/join`);
	const info = locals.person && room.info(locals.person.id);
	if (info?.member) redirect(303, `/r/${row.code}`);
	const drawn = format.blocks.roster?.settings?.seats === 'drawn';
	const door = {
		title: row.title,
		code: row.code,
		card: formatCard(format),
		accountsOnly: settings.joining === 'accounts',
		locked: row.state !== 'open',
		// For seats that are drawn people put their names in once they are inside.
		roles: Object.entries(format.roles).flatMap(([name, role]) =>
			role.open && !(drawn && role.most) ? [{ name, text: role.name, about: role.about }] : []
		),
		guest: format.guest
	};
	return { door, person: locals.person, waiting: info?.waiting ? row.id : null };
};

export const actions: Actions = {
	/** Comes in; somebody without an identity gives a name and becomes a guest. */
	async default(event) {
		const { locals, params, request, getClientAddress } = event;
		const form = await request.formData();
		const name = textOf(form, 'name');
		const role = textOf(form, 'role') || null;
		if (!locals.person) {
			const entered = await attempt(() => locals.app.identity.guest(name, visitOf(event)));
			if (!entered.ok) return fail(entered.problem.status, { name, problem: wordsOf(entered.problem) });
			await comeIn(event, entered.value);
			locals.person = entered.value.person;
		}
		const joined = await locals.app.enter(locals.person, params.code, role, getClientAddress());
		if (!joined.ok) {
			if (joined.status === 404) error(404, m.pages_join_code_unknown());
			return fail(joined.status, { name, problem: refusedIn(joined.refusal) });
		}
		redirect(303, `/r/${joined.value.room.code}`);
	}
};
