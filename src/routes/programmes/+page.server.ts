import { accountOf } from '#lib/workspace/guard.ts';
import { programmeKinds, programmesOf } from '#lib/workspace/programmes.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const person = accountOf(event);
	const { app } = event.locals;
	return {
		person,
		kinds: programmeKinds(Object.values(app.registry.formats)),
		programmes: await programmesOf(app, person),
		demos: app.demos.names
	};
};
