import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { RosterState } from '#lib/blocks/roster/model.ts';
import { foundRoom } from '#lib/api/found-room.ts';
import { textOf } from '#lib/identity/form.ts';
import { m } from '#lib/paraglide/messages.js';
import { accountOf, orError } from '#lib/workspace/guard.ts';
import { refusedIn, whyIn } from '#lib/room/refused.ts';
import { childLine, isProgramme, seriesLines, seriesOf } from '#lib/workspace/programmes.ts';
import type { Actions, PageServerLoad } from './$types';

const MOST_AT_ONCE = 2000;

/** Its page is for whoever runs it; others in it have its room, and nobody else anything. */
async function run(event: RequestEvent<{ code: string }>) {
	const person = accountOf(event);
	const room = await foundRoom(event.params.code, event);
	const { row, format, states } = room.world;
	const { app } = event.locals;
	if (!isProgramme(app, row) && !seriesOf(app, row)) error(404, m.workspace_programme_page_missing());
	const roster = states.get('roster') as RosterState;
	const member = roster.members[person.id];
	if (!member) error(403, m.workspace_admin_only());
	if (!format.roles[member.role]?.moderates) redirect(303, `/r/${row.code}`);
	return { person, room, row, format, roster };
}

export const load: PageServerLoad = async (event) => {
	const { person, room, row, format, roster } = await run(event);
	const { app } = event.locals;
	const series = seriesOf(app, row);
	const children = await app.store.children(row.id);
	const people = orError(await app.workspace.people(person));
	return {
		person,
		room: { code: row.code, title: row.title, format: row.format },
		members: Object.keys(roster.members).length,
		series: series ? seriesLines(room, person.id, room.now) : null,
		rooms: children.map(childLine).sort((a, b) => a.title.localeCompare(b.title)),
		roles: Object.entries(format.roles).map(([name, role]) => ({ name, text: role.name })),
		guest: format.guest,
		others: people
			.filter(({ id }) => !roster.members[id])
			.map(({ id, name, profile }) => ({
				id,
				name,
				about: [profile?.job, profile?.team].filter(Boolean).join(' · ')
			}))
	};
};

export const actions: Actions = {
	async bring(event) {
		const { person, row } = await run(event);
		const form = await event.request.formData();
		const chosen = form.getAll('person').filter((one): one is string => typeof one === 'string');
		if (chosen.length === 0) return fail(422, { message: m.workspace_programme_page_bring_missing() });
		const people = [...new Set(chosen)].slice(0, MOST_AT_ONCE);
		const answer = await event.locals.app.rooms.bring(person, row.id, people, textOf(form, 'role'));
		if (!answer.ok) return fail(answer.status, { message: refusedIn(answer.refusal) });
		const { count, refused } = answer.value;
		const names = refused.map(({ name }) => name).join(', ');
		return {
			brought: count,
			message:
				refused.length === 0
					? null
					: m.workspace_programme_page_not_brought({ names, why: whyIn(refused[0]!.why) })
		};
	}
};
