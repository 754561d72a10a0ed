import type { Holds } from '../testing.ts';
import { SIDES, type EvidenceRecord, type EvidenceState } from './model.ts';

export const holds: Holds<EvidenceState, EvidenceRecord & { ratings?: unknown; rated?: unknown }> = (
	state,
	{ record }
) => {
	const wrong: string[] = [];
	if (record.ratings !== undefined || record.rated !== undefined)
		wrong.push('ratings are published one by one');
	for (const side of SIDES) {
		const tries = Object.values(state.statements)
			.filter((one) => one.case === side)
			.sort((a, b) => a.try - b.try);
		if (tries.some((one, index) => one.try !== index + 1)) wrong.push(`the tries of ${side} do not follow`);
		if (tries.slice(0, -1).some(({ verdict }) => verdict === null || verdict.fair))
			wrong.push(`${side}: another try before the last was judged, or after it was fair`);
	}
	for (const { card, for: one, against: other } of Object.values(state.strengths))
		if (one.count < 1 || other.count < 1)
			wrong.push(`the strength of ${card.id} is out before both sides rated it`);
	return wrong;
};
