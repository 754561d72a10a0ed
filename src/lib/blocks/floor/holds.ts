import type { Holds } from '../testing.ts';
import type { FloorRecord, FloorState } from './model.ts';

export const holds: Holds<FloorState, FloorRecord> = (state, { record, desk, scene }) => {
	const wrong: string[] = [];
	const places = Object.values(record.queue);
	const numbers = places.map(({ place }) => place).sort((a, b) => a - b);
	const first = numbers[0] ?? 0;
	if (numbers.some((place, index) => place !== first + index))
		wrong.push(`places ${numbers.join(', ')} in the queue`);
	if (new Set(places.map(({ person }) => person)).size !== places.length)
		wrong.push('somebody stands twice in the queue');
	const raised = Object.keys(state.hands).filter((person) => scene.people[person]);
	if (raised.length !== places.length) wrong.push(`${raised.length} hands and ${places.length} places`);
	const going = Object.values(state.turns).filter(({ ended }) => ended === null);
	if (going.length > 1) wrong.push(`${going.length} people speak at once`);
	if (going[0] && state.now.turn !== going[0].id) wrong.push('a turn goes on that nobody knows of');
	const running = Object.values(state.speeches).filter(({ delivery }) => delivery.is === 'running');
	if (running.length > 1) wrong.push(`${running.length} speeches run at once`);
	for (const { id, unnamed, ended } of Object.values(state.turns))
		if (unnamed && ended !== null && record.turns[id]?.person) wrong.push(`${id} was to carry no name`);
	const said = JSON.stringify([record, desk]);
	for (const { text, released } of Object.values(state.jotted))
		if (
			!released &&
			text.length > 8 &&
			said.includes(JSON.stringify(text)) &&
			!Object.values(state.turns).some((turn) => turn.text === text)
		)
			wrong.push(`"${text}" is its author's alone and published`);
	return wrong;
};
