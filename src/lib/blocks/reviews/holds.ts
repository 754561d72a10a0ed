import type { Tables } from '../block.ts';
import type { Holds } from '../testing.ts';
import type { ReviewsOwn, ReviewsSettings, ReviewsState } from './model.ts';

/** Nobody's words, names or numbers before their time, and nothing after the release that was not in it. */
export const holds: Holds<ReviewsState, Tables, Tables, ReviewsOwn> = (
	state,
	{ record, desk, own, scene }
) => {
	const wrong: string[] = [];
	const { roles, verbatim, scores, most } = scene.settings as ReviewsSettings;
	const batch = state.batch.now;
	const published = JSON.stringify([record, desk]);
	for (const { id, person, situation, is, returned } of Object.values(state.comments)) {
		if (published.includes(JSON.stringify(situation))) wrong.push(`the record has the words of ${id}`);
		if (published.includes(JSON.stringify(person))) wrong.push(`the record names ${person}, who writes`);
		if (is === 'back' && returned === null) wrong.push(`${id} came back without a reason`);
	}
	const writers = Map.groupBy(Object.values(state.comments), ({ person }) => person);
	for (const [person, all] of writers) if (all.length > most) wrong.push(`${person} has too many comments`);
	if (!batch && Object.keys(state.pooled).length > 0) wrong.push('something is pooled before the release');
	for (const { id, pool, signed } of Object.values(state.pooled)) {
		const of = batch?.pools.find((one) => one.id === pool);
		if (!of || of.shows === 'none') wrong.push(`${id} is shown in a pool that shows nothing`);
		if (of?.shows === 'all' && (of.people < verbatim || signed !== null))
			wrong.push(`${id} is shown among too few, or with a name`);
		if (state.comments[id]) wrong.push(`${id} kept its id at the release`);
	}
	for (const { rating, count } of batch?.means ?? [])
		if (count < scores) wrong.push(`the mean of ${rating} is one of too few`);
	for (const { id, role } of Object.values(scene.people)) {
		const { as, batch: got, nominations = [], moderation = [], review } = own(id);
		const may = as === 'reviewee' ? batch !== undefined : as === 'manager' && Boolean(batch?.manager);
		if (got && !may) wrong.push(`${id} (${role}) has the batch before their time`);
		if (as === 'reviewee' && nominations.some(({ is }) => is !== 'nominated'))
			wrong.push('the reviewee is told what became of a nomination');
		if (moderation.length > 0 && role !== roles.moderator) wrong.push(`${id} moderates`);
		const all = JSON.stringify(moderation);
		if ([...writers.keys()].some((one) => all.includes(JSON.stringify(one))))
			wrong.push('the moderator is told who wrote');
		if (review?.comments.some((one) => state.comments[one.id]?.person !== id))
			wrong.push(`${id} sees what others write`);
	}
	return wrong;
};
