/** Dates that somebody has a seat on, speaks or helps on; and what hosts and speakers still have to see to. */
import type { Text } from '../block.ts';
import type { Matter, MatterScene } from '../matter.ts';
import type { Notice, Slot, SlotsState } from './model.ts';
import { concerned } from './seats.ts';
import type { Settings } from './settings.ts';

const SEATS: Record<'seat' | 'waiting', Text> = {
	seat: { en: 'You have a seat', de: 'Platz sicher' },
	waiting: { en: 'You are on the waiting list', de: 'Auf der Warteliste' }
};

const NEWS: Record<Notice['what'], Text> = {
	up: { en: 'A seat became free for you', de: 'Ein Platz ist frei geworden' },
	moved: { en: 'A date of yours has moved', de: 'Ein eigener Termin wurde verlegt' },
	off: { en: 'A date of yours was called off', de: 'Ein eigener Termin wurde abgesagt' },
	on: { en: 'A date of yours takes place after all', de: 'Ein eigener Termin findet doch statt' }
};

export function matters(state: SlotsState, scene: MatterScene<Settings>): Matter[] {
	const all: Matter[] = [];
	const add = (
		slot: Slot,
		person: string,
		id: string,
		what: Pick<Matter, 'kind' | 'text'> & Partial<Matter>
	) => {
		if (!scene.people[person]) return;
		const when = { at: slot.starts, until: slot.ends };
		all.push({ id, person, said: slot.talk?.title ?? null, when, item: slot.id, ...what });
	};
	const coming = Object.values(state.slots).filter(({ is }) => is === 'open' || is === 'closed');
	const { expects, talks } = scene.settings;
	for (const slot of coming) {
		if (expects !== null)
			for (const person of concerned(state, slot, scene))
				add(slot, person, `meet/${slot.id}/${slot.starts}`, {
					kind: 'coming',
					text: { en: 'You meet', de: 'Treffen' }
				});
		// with the time: of a date that was moved people are reminded anew
		const named = `${slot.id}/${slot.starts}`;
		const { speaker, helper } = slot.talk ?? {};
		if (speaker) {
			const text = { en: 'You speak', de: 'Eigener Vortrag' };
			add(slot, speaker.id, `speak/${named}`, { kind: 'promised', text, own: true });
			if (slot.talk?.takeaways.length === 0)
				add(slot, speaker.id, `prepare/${named}`, {
					kind: 'answer',
					text: {
						en: 'Three takeaways and one exercise for your talk are missing',
						de: 'Für den Vortrag fehlen drei Gedanken zum Mitnehmen und eine Übung'
					},
					own: true
				});
		}
		if (helper)
			add(slot, helper.id, `help/${named}`, {
				kind: 'promised',
				text: { en: 'You help with the questions', de: 'Unterstützung bei den Fragen' }
			});
	}
	const byId = new Map(coming.map((slot) => [slot.id, slot]));
	for (const { slot: id, person, is } of Object.values(state.seats)) {
		const slot = byId.get(id);
		if (!slot || is === 'guest') continue;
		const quick = {
			verb: 'giveUp',
			payload: { slot: id },
			text: { en: 'Give up my seat', de: 'Platz abgeben' }
		};
		add(slot, person, `${is}/${id}/${slot.starts}`, {
			kind: 'coming',
			text: SEATS[is],
			...(slot.is === 'open' ? { quick: [quick] } : {})
		});
	}
	for (const { slot: id, person, what, at, seen } of Object.values(state.notices)) {
		const slot = state.slots[id];
		if (!slot || seen) continue;
		const quick = { verb: 'seen', payload: { slots: [id] }, text: { en: 'OK', de: 'Verstanden' } };
		add(slot, person, `${what}/${id}/${at}`, { kind: 'answer', text: NEWS[what], quick: [quick] });
	}
	const free = coming.filter(({ talk }) => talk === null).sort((a, b) => a.starts - b.starts)[0];
	for (const { id } of free && talks ? scene.whoMay('open') : [])
		add(free!, id, `free/${free!.id}/${free!.starts}`, {
			kind: 'answer',
			text: {
				en: 'Nobody speaks on the next free date yet',
				de: 'Der nächste freie Termin ist noch ohne Vortrag'
			}
		});
	return all;
}
