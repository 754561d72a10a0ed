import type { Tables } from '../block.ts';
import type { Holds } from '../testing.ts';
import type { GroupsOwn, GroupsRecord, GroupsSettings, GroupsState } from './model.ts';

export const holds: Holds<GroupsState, GroupsRecord, Tables, GroupsOwn> = (
	state,
	{ record, desk, own, scene }
) => {
	const wrong: string[] = [];
	const { picks } = scene.settings as GroupsSettings;
	const seats = Object.values(state.groups).flatMap(({ members }) => members);
	if (new Set(seats).size !== seats.length) wrong.push('somebody sits in two groups');
	const together = state.now.size === 0;
	const notes = Object.values(state.notes);
	if (!together && Object.keys(record.notes).length > 0)
		wrong.push('notes are shown before all sit together');
	if (JSON.stringify([record.notes, desk]).includes('"person"')) wrong.push('a note says who wrote it');
	for (const { id } of Object.values(state.groups))
		if (!together && notes.filter((note) => note.group === id && note.picked).length > picks * 4)
			wrong.push('a group has picked more than it and those that it grew from may');
	for (const person of Object.keys(scene.people)) {
		const mine = own(person);
		for (const { id } of mine.notes)
			if (state.notes[id]?.group !== mine.group?.id) wrong.push(`${person} sees a note of another group`);
		if (mine.group && !mine.group.members.includes(person)) wrong.push(`${person} is in a group of others`);
	}
	return wrong;
};
