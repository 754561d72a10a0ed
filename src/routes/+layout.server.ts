import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals: { app, person } }) => ({
	/** Reminders that this person has not seen. */
	unseen: person ? await app.store.reminders.unseen(person.id) : 0
});
