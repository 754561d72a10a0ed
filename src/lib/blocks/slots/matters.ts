/** What hosts and speakers still have to see to, and what has changed. That a date comes up, its appointment says. */
import type { Text } from '../block.ts';
import type { Matter, MatterScene } from '../matter.ts';
import type { Notice, Slot, SlotsState } from './model.ts';
import type { Settings } from './settings.ts';

const NEWS: Record<Notice['what'], Text> = {
	up: { en: 'A seat became free for you', de: 'Ein Platz ist frei geworden' },
	moved: { en: 'A date of yours has moved', de: 'Ein eigener Termin wurde verlegt' },
	off: { en: 'A date of yours was called off', de: 'Ein eigener Termin wurde abgesagt' },
	on: { en: 'A date of yours takes place after all', de: 'Ein eigener Termin findet doch statt' }
};

export function matters(state: SlotsState, scene: MatterScene<Settings>): Matter[] {
	const all: Matter[] = [];
	const answer = (slot: Slot, person: string, id: string, what: Pick<Matter, 'text'> & Partial<Matter>) => {
		if (!scene.people[person]) return;
		const when = { at: slot.starts, until: slot.ends };
		const said = slot.talk?.title ?? null;
		all.push({ id, person, kind: 'answer', said, when, item: slot.id, ...what });
	};
	const coming = Object.values(state.slots).filter(({ is }) => is === 'open' || is === 'closed');
	for (const slot of coming)
		if (slot.talk?.speaker && slot.talk.takeaways.length === 0)
			// with the time: of a date that was moved people are reminded anew
			answer(slot, slot.talk.speaker.id, `prepare/${slot.id}/${slot.starts}`, {
				text: {
					en: 'Three takeaways and one exercise for your talk are missing',
					de: 'Für den Vortrag fehlen drei Gedanken zum Mitnehmen und eine Übung'
				},
				own: true
			});
	for (const { slot: id, person, what, at, seen } of Object.values(state.notices)) {
		const slot = state.slots[id];
		if (!slot || seen) continue;
		const quick = { verb: 'seen', payload: { slots: [id] }, text: { en: 'OK', de: 'Verstanden' } };
		answer(slot, person, `${what}/${id}/${at}`, { text: NEWS[what], quick: [quick] });
	}
	const free = coming.filter(({ talk }) => talk === null).sort((a, b) => a.starts - b.starts)[0];
	if (free && scene.settings.talks)
		for (const { id } of scene.whoMay('open'))
			answer(free, id, `free/${free.id}/${free.starts}`, {
				text: {
					en: 'Nobody speaks on the next free date yet',
					de: 'Der nächste freie Termin ist noch ohne Vortrag'
				}
			});
	return all;
}
