import type { Tables } from '../block.ts';
import type { Holds } from '../testing.ts';
import type { SealOwn, SealRecord, SealSettings, SealState } from './model.ts';

export const holds: Holds<SealState, SealRecord, Tables, SealOwn> = (state, { record, desk, own, scene }) => {
	const wrong: string[] = [];
	const settings = scene.settings as SealSettings;
	const said = JSON.stringify([record, desk]);
	const inRound = new Set<string>();
	const words = (entry: object) =>
		Object.values(entry).filter((value) => typeof value === 'string' && value.length > 8);
	const open = new Set(Object.values(state.revealed).flatMap(({ entry }) => words(entry)));
	for (const { id, person, round, entry, shown, given, unnamed } of Object.values(state.sealed)) {
		const key = `${person}/${round}`;
		if (settings.per === 'one' && !given && inRound.has(key))
			wrong.push(`${person} has two entries in one round`);
		inRound.add(key);
		if (shown !== null) {
			const author = record.revealed[shown]?.author ?? null;
			if ((settings.names === 'hidden' || unnamed) && author !== null)
				wrong.push(`${id} was to stay without a name`);
			continue;
		}
		for (const word of words(entry))
			if (!open.has(word) && said.includes(JSON.stringify(word)))
				wrong.push(`"${word}" is sealed and published`);
		for (const other of Object.values(scene.people)) {
			const { mine, given: handed } = own(other.id);
			if (other.id !== person && mine.some((one) => one.id === id))
				wrong.push(`${other.id} has the entry of ${person}`);
			if (handed.some((one) => one.id === id) && (!given || other.role !== settings.to))
				wrong.push(`${other.id} was handed what nobody gave`);
		}
	}
	return wrong;
};
