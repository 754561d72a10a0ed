import { redirect } from '@sveltejs/kit';
import { dayIn, zoneOf } from '#lib/week/days.ts';
import { digestOf } from '#lib/week/digest.ts';
import type { PageServerLoad } from './$types';

/** In what an address says, as a moment; null: it says none. */
function momentOf(text: string | null): number | null {
	return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

export const load: PageServerLoad = async ({ locals, url, cookies }) => {
	const { person, app } = locals;
	if (!person) redirect(303, `/sign-in?next=${encodeURIComponent('/digest')}`);
	const zone = zoneOf(app.workspace.profile(person.id)?.timeZone, cookies.get('zone'));
	const now = Date.now();
	const before = momentOf(url.searchParams.get('before'));
	return {
		person,
		today: dayIn(zone, now),
		latest: before === null,
		...(await digestOf(app, person, zone, before ?? now + 1))
	};
};
