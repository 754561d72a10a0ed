import type { Holds } from '../testing.ts';
import type { FollowupOwn, FollowupRecord, FollowupSettings, FollowupState } from './model.ts';

export const holds: Holds<FollowupState, FollowupRecord, object, FollowupOwn> = (
	state,
	{ record, own, scene }
) => {
	const wrong: string[] = [];
	const { least } = scene.settings as FollowupSettings;
	const said = JSON.stringify(record);
	for (const { id, is, tally } of Object.values(state.rounds)) {
		if (tally && is !== 'closed') wrong.push(`${id} is counted and still open`);
		if (tally && tally.replies < least) wrong.push(`${id} is counted, and too few have replied`);
		if (tally && (tally.used > tally.replies || tally.replies > tally.asked))
			wrong.push(`${id} is counted wrongly`);
	}
	for (const { id, round: of, person, answer } of Object.values(state.tries)) {
		const round = state.rounds[of];
		if (!round) wrong.push(`${id} was taken on no date`);
		if (answer !== null && round?.is === 'ahead') wrong.push(`${id} is answered before anybody was asked`);
		if (said.includes(person)) wrong.push(`${person} is named`);
		const what = answer?.entry.what;
		if (typeof what === 'string' && what.length > 8 && !round?.tally && said.includes(JSON.stringify(what)))
			wrong.push(`"${what}" is held back and published`);
		for (const other of Object.keys(scene.people))
			if (other !== person && own(other).tries.some((one) => one.id === id))
				wrong.push(`${other} has what ${person} took away`);
	}
	for (const { id, try: of } of Object.values(state.words))
		if (!state.tries[of]) wrong.push(`nobody can say any more whose ${id} is, should they want it deleted`);
	return wrong;
};
