import type { Holds } from '../testing.ts';
import { ballotKey, type PollRecord, type PollState, type Totals } from './model.ts';
import type { Settings } from './settings.ts';

const sum = (totals: Totals) => Object.values(totals).reduce((all, one) => all + one, 0);

export const holds: Holds<PollState, PollRecord> = (state, { record, own, scene }) => {
	const wrong: string[] = [];
	const settings = scene.settings as Settings;
	const open = Object.values(state.polls).filter(({ stage }) => stage.is === 'open');
	if (open.length > 1) wrong.push(`${open.length} votes are open at once`);
	for (const [key, choice] of Object.entries(state.ballots)) {
		const [id = '', , person = ''] = key.split('/');
		const poll = state.polls[id];
		if (!poll) wrong.push(`a ballot of ${person} belongs to no vote`);
		else if (!poll.options.some((option) => option.id === choice)) wrong.push(`${choice} is no option`);
		else if (poll.stage.is === 'revealed') wrong.push('a ballot outlives the result');
	}
	for (const { id, stage, sealed, paired, options } of open) {
		if (stage.is !== 'open') continue;
		const prefix = `${id}/${stage.round}/`;
		const ballots = Object.entries(state.ballots).filter(([key]) => key.startsWith(prefix));
		const turnout = record.turnout[id];
		const here = ballots.filter(([key]) => scene.people[key.slice(prefix.length)]);
		if (!turnout || turnout.voted < here.length || turnout.voted > ballots.length)
			wrong.push(`${ballots.length} ballots, and ${turnout?.voted} are said to have voted`);
		const live = record.live[id];
		if (live && (sealed || paired)) wrong.push('totals of a sealed vote are published');
		if (live && sum(live) !== ballots.length) wrong.push('the totals are not the ballots');
		if (live && ballots.length < settings.least) wrong.push('too few ballots are published');
		if (live && Object.keys(live).some((option) => !options.some((one) => one.id === option)))
			wrong.push('a total of no option');
		for (const person of Object.keys(scene.people)) {
			const mine = own(person) as { choice: string } | null;
			if (mine?.choice !== state.ballots[ballotKey(id, stage.round, person)])
				wrong.push(`${person} is shown another ballot than their own`);
		}
	}
	for (const id of Object.keys(record.results))
		if (state.polls[id]?.stage.is !== 'revealed') wrong.push(`the result of ${id} is out before its reveal`);
	for (const result of Object.values(state.results)) {
		if (result.is === 'single' && sum(result.totals) !== result.ballots) wrong.push('tally ≠ ballots');
		if (result.is === 'paired')
			for (const totals of [result.before, result.after])
				if (sum(totals) !== result.pairs) wrong.push('tally ≠ pairs');
	}
	return wrong;
};
