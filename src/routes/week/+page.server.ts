import { redirect } from '@sveltejs/kit';
import { dayIn, isDay, mondayOf, zoneOf } from '#lib/week/days.ts';
import { takenLately } from '#lib/week/digest.ts';
import { itemsOf, published, remindersOf } from '#lib/week/load.ts';
import { weekOf } from '#lib/week/week.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, cookies }) => {
	const { person, app } = locals;
	if (!person) redirect(303, `/sign-in?next=${encodeURIComponent('/week')}`);
	// What somebody said in their profile goes before where their browser is.
	const zone = zoneOf(app.workspace.profile(person.id)?.timeZone, cookies.get('zone'));
	const today = dayIn(zone, Date.now());
	const asked = url.searchParams.get('from');
	const items = await itemsOf(app, person, zone);
	return {
		person,
		zone,
		week: weekOf(items, today, isDay(asked) ? mondayOf(asked) : mondayOf(today)),
		/** All that is there, whatever the week. */
		any: items.length > 0,
		reminders: await remindersOf(app, person, items, zone),
		taken: await takenLately(app, person, zone),
		published: await published(app, person)
	};
};
