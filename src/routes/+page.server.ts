import { error, fail, redirect } from '@sveltejs/kit';
import { formatCard } from '#lib/api/pages.ts';
import { attempt } from '#lib/identity/attempt.ts';
import { comeIn } from '#lib/identity/come-in.ts';
import { textOf } from '#lib/identity/form.ts';
import { visitOf } from '#lib/identity/visit.ts';
import { wordsOf } from '#lib/identity/words.ts';
import { demosOf } from '#lib/pages/demos.ts';
import { myRooms } from '#lib/pages/my-rooms.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { app, person } }) => ({
	person,
	/** Whoever may not open rooms is told so before they try. */
	opens: person ? app.workspace.mayOpenRooms(person) : app.workspace.settings.opening === 'anyone',
	formats: Object.values(app.registry.formats).map(formatCard),
	rooms: person ? await myRooms(app, person) : [],
	demos: demosOf(app),
	today: new Date().toISOString().slice(0, 10)
});

export const actions: Actions = {
	/** Finds the room first, so that nobody becomes a guest by mistyping. */
	async join(event) {
		const { locals, request, getClientAddress } = event;
		const { app } = locals;
		const form = await request.formData();
		const [code, name] = [textOf(form, 'code').trim(), textOf(form, 'name')];
		const refused = (status: number, errors: { code?: string; name?: string }) =>
			fail(status, { join: { code, name, errors } });

		if (code === '') return refused(422, { code: m.pages_join_code_missing() });
		// Somebody may have pasted the whole link.
		const address = getClientAddress();
		const { room, wait } = await app.find(locals.person, code.split('/r/').at(-1)!, address);
		if (wait > 0) return refused(429, { code: m.pages_join_too_many() });
		if (!room) return refused(404, { code: m.pages_join_code_unknown() });
		if (!locals.person) {
			const entered = await attempt(() => app.identity.guest(name, visitOf(event)));
			if (!entered.ok) return refused(entered.problem.status, { name: wordsOf(entered.problem) });
			await comeIn(event, entered.value);
			locals.person = entered.value.person;
		}
		const roles = Object.values(room.world.format.roles).filter(({ open }) => open);
		// Where there is a role to choose, or a reason why not, the door says so.
		if (roles.length <= 1) await app.enter(locals.person, room.id, null, address);
		redirect(303, `/r/${room.world.row.code}`);
	},

	/** Whoever nobody knows yet takes the name of the person whose place they get. */
	async demo(event) {
		const { locals, request, getClientAddress } = event;
		const format = textOf(await request.formData(), 'format');
		const name = locals.app.demos.nameIn(format);
		if (name === null) error(404, m.pages_demo_missing());
		const opening = locals.app.workspace.settings.opening;
		if (opening === 'accounts' && !locals.person?.account) redirect(303, '/sign-in?next=/');
		if (!locals.person) {
			const entered = await attempt(() => locals.app.identity.guest(name, visitOf(event)));
			if (!entered.ok) return fail(entered.problem.status, { demo: wordsOf(entered.problem) });
			await comeIn(event, entered.value);
			locals.person = entered.value.person;
		}
		const wait = await locals.app.plays.take(locals.person.id, getClientAddress());
		if (wait > 0) return fail(429, { demo: m.pages_demo_too_many({ wait }) });
		const info = await locals.app.demos.open(format, locals.person);
		if (!info) error(404, m.pages_demo_missing());
		redirect(303, `/r/${info.room.code}`);
	}
};
