import { facilitation, type Format } from '#lib/formats/format.ts';

export const retro: Format = {
	name: 'retro',
	text: { en: 'Retrospective', de: 'Rückblick' },
	about: {
		en: 'A team looks back and changes one thing.',
		de: 'Ein Team blickt zurück und ändert eine Sache.'
	},
	people: { en: '3 to 12 people', de: '3 bis 12 Personen' },
	least: 3,
	most: 12,
	length: { en: '30 min', de: '30 Min.' },

	roles: {
		host: {
			name: { en: 'Host', de: 'Leitung' },
			about: { en: 'Runs the phases.', de: 'Führt durch die Phasen.' },
			facilitates: true,
			moderates: true,
			most: 1
		},
		member: {
			name: { en: 'Member', de: 'Mitglied' },
			about: { en: 'Writes and commits.', de: 'Schreibt und nimmt sich etwas vor.' },
			open: true
		}
	},
	host: 'host',
	guest: 'member',

	blocks: {
		agenda: { block: 'agenda', scope: 'meeting', name: { en: 'Phases', de: 'Phasen' } },
		roster: { block: 'roster', scope: 'room', name: { en: 'People', de: 'Personen' } },
		notes: {
			block: 'seal',
			scope: 'meeting',
			name: { en: 'What we noticed', de: 'Was uns aufgefallen ist' },
			settings: { reveal: 'phase', names: 'hidden', least: 3, per: 'many' }
		},
		actions: { block: 'actions', scope: 'room', name: { en: 'Actions', de: 'Vorhaben' } }
	},
	documents: {},

	phases: [
		{
			id: 'P1',
			name: { en: 'Write', de: 'Schreiben' },
			about: { en: 'Everyone for themselves.', de: 'Jede und jeder für sich.' },
			when: 'live',
			minutes: 8,
			stage: ['notes'],
			may: { 'notes.submit': '*', 'notes.withdraw': '*' }
		},
		{
			id: 'P2',
			name: { en: 'Read', de: 'Lesen' },
			about: {
				en: 'Everything opens at once, in no order.',
				de: 'Alles öffnet sich zugleich, ohne Reihenfolge.'
			},
			when: 'live',
			minutes: 12,
			stage: ['notes'],
			enter: [{ run: 'notes.reveal' }],
			may: {}
		},
		{
			id: 'P3',
			name: { en: 'Commit', de: 'Vornehmen' },
			about: { en: 'One thing, one owner, one date.', de: 'Eine Sache, eine Person, ein Datum.' },
			when: 'live',
			minutes: 10,
			stage: ['actions'],
			may: { 'actions.add': '*' }
		}
	],
	always: { ...facilitation(['host']), 'actions.done': '*' },
	panel: ['roster', 'actions'],
	sealed: [{ what: 'notes.submit', opens: 'P2', unnamed: true }]
};
