/** A retro of four: what they noticed opens together, and one of them takes something on. */
import { advance, type Demo, type DemoStep } from '#lib/formats/demo.ts';

const notice = (by: string, text: string): DemoStep => ({
	by,
	run: 'notes.submit',
	with: () => ({ entry: { text } })
});

export const retroDemo: Demo = {
	title: 'Release 4.2',
	people: [
		{ key: 'hana', name: 'Hana Sato', role: 'host' },
		{ key: 'jon', name: 'Jon Aske', role: 'member' },
		{ key: 'mia', name: 'Mia Lindholm', role: 'member' },
		{ key: 'sol', name: 'Sol Ortega', role: 'member' }
	],
	me: 'hana',
	steps: [
		{ by: 'hana', run: 'agenda.start', with: ({ run }) => ({ expects: run }) },
		notice('jon', 'Nobody knew who decides about the date'),
		notice('mia', 'The tests told us the truth every morning'),
		notice('sol', 'We waited two days for the sign-off'),
		{ wait: 7 },
		advance('hana'),
		{ wait: 9 },
		advance('hana'),
		{
			by: 'sol',
			run: 'actions.add',
			with: ({ now }) => ({
				text: 'Ask for the sign-off a week ahead',
				due: new Date(now + 14 * 86_400_000).toISOString().slice(0, 10)
			})
		},
		{ opens: true },
		{ by: 'hana', run: 'agenda.end', with: ({ run }) => ({ expects: run }) }
	]
};
