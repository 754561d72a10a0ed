/** The day of the next meeting, and who is asked to see to it that it is not quiet for longer. */
import { told, type Matter, type MatterScene } from '../matter.ts';
import { dateOf, meets } from './appointed.ts';
import type { MeetingsSettings, MeetingsState } from './model.ts';

export function matters(state: MeetingsState, scene: MatterScene<MeetingsSettings>): Matter[] {
	const { keeper } = scene.settings;
	const people = Object.values(scene.people);
	const coming = state.coming.now;
	const nothing = { said: null, item: null };
	// one with an hour is an appointment, and says so itself
	const next: Matter[] =
		coming && !dateOf(state)
			? people
					.filter(({ id, role }) => meets(scene.settings, role) && scene.may(id, 'add'))
					.map(({ id }) => ({
						...nothing,
						id: `coming/${coming.day}`,
						person: id,
						kind: 'coming',
						text: { en: 'Our next meeting', de: 'Unser nächstes Treffen' },
						when: { day: coming.day }
					}))
			: [];
	const quiet = Object.values(state.nudges).flatMap(({ role, since, days }) =>
		people
			.filter((one) => one.role === role)
			.map(({ id }): Matter => ({
				...nothing,
				// with its beginning: the next silence is another one, of which to remind anew
				id: `quiet/${role}/${since}`,
				person: id,
				kind: 'answer',
				text: told(
					role === keeper
						? {
								en: 'Quiet for {days} days: ask how it goes, and set the next meeting',
								de: 'Seit {days} Tagen still: nachfragen und das nächste Treffen festlegen'
							}
						: {
								en: 'Quiet for {days} days, and a reminder did not help: have a word with both',
								de: 'Seit {days} Tagen still, trotz Erinnerung: mit beiden sprechen'
							},
					{ days }
				),
				when: null
			}))
	);
	return [...next, ...quiet];
}
