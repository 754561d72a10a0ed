import { facilitation, type Format } from './format.ts';

const everybody = ['coach', 'presenter', 'member'];

export const actionLearning: Format = {
	name: 'action-learning',
	text: { en: 'Action learning', de: 'Action Learning' },
	about: {
		en: 'A small group works on one member’s real problem, mostly by asking.',
		de: 'Eine kleine Gruppe arbeitet am echten Problem eines Mitglieds, vor allem durch Fragen.'
	},
	people: { en: '4 to 8 people', de: '4 bis 8 Personen' },
	least: 4,
	most: 8,
	length: { en: '75 min', de: '75 Min.' },
	roles: {
		coach: { name: { en: 'Coach' }, about: { en: 'Runs the phases, only asks.' }, facilitates: true, moderates: true, most: 1 },
		presenter: { name: { en: 'Presenter' }, about: { en: 'Brings the problem.' }, most: 1 },
		member: { name: { en: 'Member', de: 'Mitglied' }, about: { en: 'Asks, answers, commits.' }, open: true }
	},
	host: 'coach',
	guest: 'member',
	blocks: {
		agenda: { block: 'agenda', scope: 'meeting', name: { en: 'Phases', de: 'Phasen' } },
		roster: { block: 'roster', scope: 'room', name: { en: 'People', de: 'Personen' } }
	},
	documents: {
		board: { scope: 'meeting', read: '*', write: everybody }
	},
	phases: [
		{ id: 'P0', name: { en: 'Issue' }, about: { en: 'Write down your issue.' }, when: 'ahead', minutes: null, stage: [], may: {} },
		{ id: 'P1', name: { en: 'Review' }, about: { en: 'What became of it.' }, when: 'live', minutes: 10, stage: [], may: {} },
		{ id: 'P2', name: { en: 'Present' }, about: { en: 'The issue.' }, when: 'live', minutes: 3, stage: [], may: {} }
	],
	always: facilitation(['coach']),
	panel: ['roster']
};
