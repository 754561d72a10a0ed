import type { Holds } from '../testing.ts';
import { allBallots } from './ballots.ts';
import {
	rootOf,
	type ListDesk,
	type ListOwn,
	type ListRecord,
	type ListSettings,
	type ListState
} from './model.ts';

export const holds: Holds<ListState, ListRecord, ListDesk, ListOwn> = (
	state,
	{ record, desk, own, scene }
) => {
	const wrong: string[] = [];
	const settings = scene.settings as ListSettings;
	const said = JSON.stringify(record);
	const stage = Object.values(state.items).filter(({ status }) => status.is === 'stage');
	if (stage.length > 1) wrong.push(`${stage.length} are on stage at once`);
	const most = settings.budget === null ? 1 : settings.perItem;
	for (const ballot of allBallots(state)) {
		// who withdraws something gives everybody their votes for it back
		const given = Object.keys(ballot).flatMap((item) => (state.items[item] ? ballot[item]! : []));
		if (given.some((votes) => votes < 1 || votes > most))
			wrong.push('somebody has more votes on one than there are');
		if (settings.budget !== null && given.reduce((all, one) => all + one, 0) > settings.budget)
			wrong.push('somebody has spent more votes than there are');
	}
	const tally: Record<string, number> = {};
	for (const ballot of allBallots(state)) {
		// what stands merged counts once for the item that it is in
		const roots = new Map<string, number>();
		for (const [item, votes] of Object.entries(ballot)) {
			if (!state.items[item]) continue;
			const root = rootOf(state.items, item);
			roots.set(root, Math.max(roots.get(root) ?? 0, votes));
		}
		if (settings.budget === null) for (const [root, votes] of roots) tally[root] = (tally[root] ?? 0) + votes;
	}
	if (settings.budget === null)
		for (const [item, votes] of Object.entries(record.tally ?? {}))
			if ((tally[item] ?? 0) !== votes)
				wrong.push(`${item} has ${tally[item] ?? 0} votes and shows ${votes}`);
	const unapproved = Object.values(state.items).filter(
		({ shown, text }) => shown === null && text.length > 8
	);
	/** Somebody else may have said the same, and that was approved; or whoever moderates, of something else. */
	const elsewhere = JSON.stringify(state, (_, value: unknown) =>
		unapproved.some((one) => one === value) ? null : value
	);
	for (const { text } of unapproved) {
		const words = JSON.stringify(text);
		if (said.includes(words) && !elsewhere.includes(words))
			wrong.push(`${words} is shown and was never approved`);
	}
	for (const item of Object.values(state.items)) {
		if (item.into !== null && !state.items[item.into]) wrong.push('an entry stands in one that is not there');
		if (!item.anonymous || !item.author) continue;
		// labels are words of those who moderate
		const entries = [record.items?.[item.id], desk.items?.[item.id]].map((one) => ({ ...one, labels: [] }));
		const others = Object.values(state.items).some(
			(one) => !one.anonymous && rootOf(state.items, one.id) === item.id && one.author?.id === item.author?.id
		);
		const answers = item.owner?.id === item.author.id || item.answer?.by?.id === item.author.id;
		if (!others && !answers && JSON.stringify(entries).includes(item.author.id))
			wrong.push(`${item.id} is anonymous and names its author`);
	}
	for (const person of Object.keys(scene.people)) {
		const { left } = own(person);
		if (left !== null && left < 0) wrong.push(`${person} has ${left} votes left`);
	}
	return wrong;
};
