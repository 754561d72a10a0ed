import { whoSees } from '#lib/pages/who-sees.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { app, person } }) => ({
	person,
	formats: Object.values(app.registry.formats).map(whoSees)
});
