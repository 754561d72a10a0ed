import type { Holds } from '../testing.ts';
import type { PairingState } from './model.ts';

export const holds: Holds<PairingState> = (state, { record, own, scene }) => {
	const wrong: string[] = [];
	const standing = Object.values(state.pairs).filter(({ is }) => is !== 'ended');
	const seekers = standing.map(({ seeker }) => seeker);
	if (new Set(seekers).size !== seekers.length) wrong.push('somebody who seeks has two partners');
	for (const [person, { side, capacity }] of Object.entries(state.cards)) {
		const given = standing.filter(({ giver, is }) => giver === person && is === 'confirmed').length;
		if (side === 'gives' && given > Math.max(capacity, 0)) {
			// whoever takes fewer on later keeps those whom they have
			const settings = scene.settings as { most: number };
			if (given > settings.most) wrong.push(`${person} has ${given} at once`);
		}
	}
	for (const { seeker, giver } of standing)
		if (seeker === giver) wrong.push('somebody is paired with themselves');
	const text = JSON.stringify(record);
	for (const person of Object.keys(scene.people)) {
		if (text.includes(person)) wrong.push(`everybody is told of ${person}`);
		const { pairs } = own(person) as { pairs: { with: string }[] };
		if (
			pairs.length !==
			standing.filter((one) => one.is === 'confirmed' && (one.seeker === person || one.giver === person))
				.length
		)
			wrong.push(`${person} is not told of each partner`);
	}
	return wrong;
};
