import type { Tables } from '../block.ts';
import type { Holds } from '../testing.ts';
import type { BoardOwn, BoardRecord, BoardSettings, BoardState } from './model.ts';

const sum = (table: Record<string, number>) => Object.values(table).reduce((all, one) => all + one, 0);

export const holds: Holds<BoardState, BoardRecord, Tables, BoardOwn> = (state, { record, own, scene }) => {
	const wrong: string[] = [];
	const { budget, perNote, live } = scene.settings as BoardSettings;
	const counted = state.voting.now?.status === 'closed';
	if (!counted && !live && sum(record.tally) > 0) wrong.push('votes are shown before they are counted');
	if (counted && sum(record.tally) !== sum(state.votes)) wrong.push('tally ≠ votes');
	for (const votes of Object.values(state.votes))
		if (votes < 1 || votes > perNote) wrong.push(`${votes} votes of one person on one note`);
	for (const person of Object.keys(scene.people)) {
		const mine = own(person);
		if (sum(mine.votes) > budget) wrong.push(`${person} has given ${sum(mine.votes)} of ${budget} votes`);
	}
	return wrong;
};
