import type { Holds } from '../testing.ts';
import type { Tables } from '../block.ts';
import type { FormOwn, FormRecord, FormSettings, FormState } from './model.ts';

export const holds: Holds<FormState, FormRecord, Tables, FormOwn> = (state, { record, desk, own, scene }) => {
	const wrong: string[] = [];
	const { per, names, audience, show } = scene.settings as FormSettings;
	const closed = (state.status.now?.closed ?? null) !== null;
	const shared = state.status.now?.shared ?? false;
	const said = JSON.stringify([record, desk]);
	const people = new Set<string>();
	for (const { id, person, entry, unnamed } of Object.values(state.entries)) {
		if (per === 'one' && people.has(person)) wrong.push(`${person} has two entries`);
		people.add(person);
		const alone = audience !== null && entry[audience] === 'self';
		const hidden = (names === 'hidden' || unnamed) && !closed;
		const role = show === 'counts' || (show === 'role' && !shared);
		for (const word of Object.values(entry)) {
			if (typeof word !== 'string' || word.length <= 8) continue;
			if ((alone || hidden || role) && said.includes(JSON.stringify(word)))
				wrong.push(`"${word}" is held back and published`);
		}
		if (names === 'hidden' && said.includes(person)) wrong.push(`${person} is named`);
		if (unnamed && record.entries[id]) wrong.push(`${id} was to stay without a name`);
		for (const other of Object.keys(scene.people))
			if (other !== person && own(other).mine.some((one) => one.id === id))
				wrong.push(`${other} has the entry of ${person}`);
	}
	for (const key of Object.keys(state.signed))
		if (!state.entries[key.slice(0, key.indexOf('/'))]) wrong.push(`${key} signs an entry that there is not`);
	return wrong;
};
