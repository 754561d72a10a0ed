import type { Text } from '#lib/blocks/block.ts';
import { field } from './fields.ts';
import {
	allow,
	everyRoom,
	facilitation,
	text,
	type Format,
	type Permissions,
	type Phase,
	type Preset
} from './format.ts';
import { meetings, planningMeetings } from './meetings.ts';
import { owning, submitting } from './verbs.ts';

const pair = ['reviewee', 'manager'];
const reviewee = ['reviewee'];
const manager = ['manager'];
const moderator = ['moderator'];
const organiser = ['organiser'];
/** Whoever is asked to write, supports a goal, or has only come in by the link: nobody is told who they are. */
const reviewer = ['reviewer'];

/** Until the release one can always go back: on what one has written, and on having said yes. */
const writing: Permissions = {
	...allow('reviews', ['write', 'revise', 'drop', 'rate', 'submit', 'withdraw', 'decline'], reviewer),
	...allow('self', submitting, reviewee)
};

/** By date: each begins by itself when its day has come. */
function dated(
	id: string,
	step: string,
	name: Text,
	about: Text,
	may: Permissions,
	more: Partial<Phase> = {}
): Phase {
	return {
		...{ id, name, about, when: 'ahead', minutes: null, stage: ['reviews'] },
		enter: [{ run: 'reviews.enter', payload: { step } }],
		may,
		...more
	};
}

const phases: readonly Phase[] = [
	{
		id: 'P0',
		name: text('Set-up', 'Vorbereitung'),
		about: text(
			'What it is for, who has which part, the dates. Then it is locked.',
			'Wozu, wer welche Aufgabe hat, die Tage. Danach steht es fest.'
		),
		when: 'ahead',
		minutes: null,
		stage: ['reviews'],
		may: { 'reviews.brief': organiser, 'reviews.seat': organiser }
	},
	dated(
		'P1',
		'nominate',
		text('Nominate', 'Vorschlagen'),
		text(
			'Five people who have seen you at work, and why these.',
			'Fünf Personen, die dich bei der Arbeit erlebt haben, und warum gerade sie.'
		),
		allow('reviews', ['nominate', 'unnominate', 'question'], reviewee)
	),
	dated(
		'P2',
		'approve',
		text('Approve', 'Auswählen'),
		text(
			'The manager approves each, or asks somebody else with a reason. Who it is in the end stays hidden.',
			'Die Führungskraft bestätigt oder fragt mit Begründung jemand anderen. Wer es am Ende ist, bleibt verborgen.'
		),
		{
			...allow('reviews', ['approve', 'swap'], manager),
			'reviews.question': reviewee,
			'reviews.decline': reviewer
		}
	),
	dated(
		'P3',
		'write',
		text('Write', 'Schreiben'),
		text(
			'Situation, behaviour, impact: what to go on with, what to consider. Sealed until the release.',
			'Situation, Verhalten, Wirkung: was bleiben soll, was zu bedenken ist. Bis zur Übergabe versiegelt.'
		),
		{
			...writing,
			...allow('reviews', ['approve', 'swap'], manager),
			'reviews.question': reviewee,
			'reviews.giveBack': moderator
		},
		{
			enter: [{ run: 'reviews.settle' }, { run: 'reviews.enter', payload: { step: 'write' } }],
			stage: ['reviews', 'self']
		}
	),
	dated(
		'P4',
		'moderate',
		text('Moderate', 'Durchsehen'),
		text(
			'Somebody reads without names, and gives back once what lacks a situation or a behaviour.',
			'Jemand liest ohne Namen und gibt einmal zurück, wo Situation oder Verhalten fehlt.'
		),
		{ ...writing, 'reviews.giveBack': moderator },
		{ stage: ['reviews', 'self'] }
	),
	dated(
		'P5',
		'release',
		text('Read alone', 'Allein lesen'),
		text(
			'Everything at once, pooled. First for the one it is about; the manager reads it a day later.',
			'Alles auf einmal, zusammengelegt. Zuerst für die Person, um die es geht; die Führungskraft liest es einen Tag später.'
		),
		{ 'agenda.start': pair },
		{
			gate: [
				{
					fact: 'reviews.ready',
					is: true,
					because: text(
						'Nobody has submitted anything: put the dates off, and remind those who were asked.',
						'Noch hat niemand etwas eingereicht: die Tage verschieben und die Gefragten erinnern.'
					)
				}
			]
		}
	),
	{
		id: 'P6',
		name: text('Conversation', 'Gespräch'),
		about: text(
			'What runs through it: themes. Then two goals, each with a measure and somebody who supports it.',
			'Was sich durchzieht: Themen. Dann zwei Ziele, jedes mit einem Maß und jemandem, der unterstützt.'
		),
		when: 'live',
		minutes: 45,
		stage: ['reviews', 'self', 'themes', 'goals'],
		panel: ['page', 'dates', 'roster'],
		enter: [{ run: 'self.reveal' }, { run: 'reviews.enter', payload: { step: 'talk' } }],
		may: { 'agenda.advance': pair, ...allow('themes', submitting, pair) },
		gate: [
			{
				fact: 'reviews.manager',
				is: true,
				because: text(
					'Both have to have read it: the manager gets it 24 hours after the release.',
					'Erst wenn beide gelesen haben: Die Führungskraft bekommt es 24 Stunden nach der Übergabe.'
				)
			}
		]
	},
	{
		id: 'P7',
		name: text('Check-ins', 'Nachhalten'),
		about: text(
			'Once a month, three times: where does each goal stand?',
			'Einmal im Monat, dreimal: Wo steht jedes Ziel?'
		),
		when: 'after',
		minutes: null,
		stage: ['goals', 'themes'],
		panel: ['reviews', 'dates', 'page', 'roster'],
		enter: [{ run: 'reviews.enter', payload: { step: 'follow' } }],
		may: allow('agenda', ['end', 'back'], pair),
		gate: [
			{
				fact: 'goals.ready',
				atLeast: 1,
				because: text(
					'Set a goal first, better two: with a measure, a place on the scale and somebody who supports it.',
					'Erst ein Ziel, besser zwei: mit einem Maß, einem Platz auf der Skala und jemandem, der unterstützt.'
				)
			}
		]
	}
];

const ratings = [
	{ name: 'shares', text: text('Shares what others need to know', 'Teilt, was andere wissen müssen') },
	{ name: 'delivers', text: text('Does what was agreed', 'Tut, was vereinbart war') },
	{ name: 'room', text: text('Leaves room for others', 'Lässt anderen Raum') }
];

const rawText = text('The comments as they were written', 'Die Rückmeldungen im Wortlaut');

/** A round for many: its own room opens one for each of them, and is told counts and states alone. */
const cycle: Preset = {
	programme: true,
	text: text('Review cycle', 'Feedbackrunde'),
	about: text(
		'One room for each person, with the same purpose and the same dates. Whoever runs it sees how far each is, and nothing of what is written.',
		'Ein Raum für jede Person, mit demselben Zweck und denselben Tagen. Wer die Runde führt, sieht, wie weit jede ist, und nichts von dem, was geschrieben wird.'
	),
	roles: {
		organiser: {
			name: text('Organiser', 'Organisation'),
			about: text(
				'Sets the cycle up, starts it, sees how far each room is.',
				'Richtet die Runde ein, beginnt sie, sieht, wie weit jeder Raum ist.'
			),
			facilitates: true,
			moderates: true
		},
		// Given out by the cycle for each room, and no seat in its own.
		moderator: {
			name: text('Moderator', 'Moderation'),
			about: text('Reads without names.', 'Liest ohne Namen.'),
			outside: ['rooms']
		},
		reviewer: {
			name: text('Colleague', 'Kolleg*in'),
			about: text('Finds the way to their own room here.', 'Findet hier den Weg in den eigenen Raum.'),
			outside: ['rooms'],
			unseen: true
		}
	},
	phases: [
		{
			id: 'C0',
			name: text('Set-up', 'Vorbereitung'),
			about: text(
				'What it is for, who takes part, who moderates, the dates. Then it is locked.',
				'Wozu, wer dabei ist, wer durchsieht, die Tage. Danach steht es fest.'
			),
			when: 'ahead',
			minutes: null,
			stage: ['cycle'],
			may: allow('cycle', ['describe', 'enrol', 'withdraw', 'moderate', 'start'], organiser)
		},
		{
			id: 'C1',
			name: text('Running', 'Läuft'),
			about: text(
				'Each room goes by the dates. Here is how far they are.',
				'Jeder Raum geht nach den Tagen. Hier steht, wie weit sie sind.'
			),
			when: 'live',
			minutes: null,
			stage: ['rooms', 'cycle'],
			may: { 'cycle.postpone': organiser, 'rooms.send': organiser, 'rooms.again': organiser },
			gate: [
				{
					fact: 'cycle.started',
					is: true,
					because: text(
						'Start the cycle itself: then it is locked.',
						'Erst die Runde selbst beginnen: dann steht sie fest.'
					)
				}
			]
		}
	],
	blocks: {
		cycle: {
			block: 'cycle',
			scope: 'room',
			name: text('Cycle', 'Runde'),
			settings: {
				steps: [
					{ name: 'approve', days: 3, text: text('Nominate', 'Vorschlagen') },
					{ name: 'write', days: 3, text: text('Approve', 'Auswählen') },
					{ name: 'moderate', days: 10, text: text('Write', 'Schreiben') },
					{ name: 'release', days: 4, text: text('Moderate', 'Durchsehen') },
					{ name: 'talk', days: 1, text: text('Read alone', 'Allein lesen') }
				]
			}
		},
		rooms: {
			block: 'programme',
			scope: 'room',
			name: text('Rooms', 'Räume'),
			settings: {
				title: '{reviewee} · {programme}',
				roles: { reviewee: 'reviewee', manager: 'manager', moderator: 'moderator' },
				owner: null,
				// Who writes is let in when they are asked; with the code alone there is nothing to see.
				room: { joining: 'accounts' },
				orders: {
					brief: {
						text: text('Begin', 'Beginnen'),
						run: 'reviews.brief',
						payload: { begin: true },
						later: true
					},
					postpone: { text: text('Later dates', 'Spätere Tage'), run: 'reviews.postpone' }
				}
			}
		}
	},
	documents: {},
	always: {
		...facilitation(organiser),
		...allow('reviews', ['postpone', 'move'], []),
		...allow('goals', [...owning, 'checkIn'], []),
		...planningMeetings([], []),
		// Starting the cycle itself opens its next phase.
		...allow('agenda', ['start', 'advance', 'back', 'end'], [])
	},
	wires: [
		{ on: 'cycle.started', run: 'rooms.send', take: { with: 'brief' }, set: { order: 'brief' } },
		{
			on: 'cycle.enrolled',
			run: 'rooms.open',
			take: { key: 'person', reviewee: 'person', manager: 'manager', moderator: 'moderator' }
		},
		{ on: 'cycle.started', run: 'agenda.lead', set: { to: 'C1' } },
		{ on: 'cycle.postponed', run: 'rooms.send', take: { with: 'with' }, set: { order: 'postpone' } }
	],
	// What is held back is in each room; here is but what it is for.
	sealed: [],
	reports: []
};

export const peerReview: Format = {
	name: 'peer-review',
	text: text('Peer performance review', 'Kollegiales Feedback'),
	about: text(
		'Colleagues give specific, forward-looking feedback; it ends in shared goals and check-ins.',
		'Kolleg*innen geben konkrete Rückmeldungen, die nach vorn schauen; am Ende stehen Ziele und Nachhalten.'
	),
	people: text('5 to 8 people', '5 bis 8 Personen'),
	least: 1,
	most: 12,
	length: text('5 weeks', '5 Wochen'),
	roles: {
		organiser: {
			name: text('Organiser', 'Organisation'),
			about: text(
				'Sets it up and sees how far it is; never what is written.',
				'Richtet es ein und sieht, wie weit es ist; nie, was geschrieben wird.'
			),
			facilitates: true,
			outside: ['reviews'],
			most: 1
		},
		reviewee: {
			name: text('Reviewee', 'Beurteilte*r'),
			about: text(
				'Nominates, writes a self-review, reads everything first, sets the goals.',
				'Schlägt vor, schreibt die Selbsteinschätzung, liest alles zuerst, setzt die Ziele.'
			),
			facilitates: true,
			subject: true,
			most: 1
		},
		manager: {
			name: text('Manager', 'Führungskraft'),
			about: text(
				'Approves or swaps nominations; sees counts only until a day after the release.',
				'Bestätigt oder tauscht Vorschläge; sieht bis einen Tag nach der Übergabe nur Zahlen.'
			),
			facilitates: true,
			most: 1
		},
		moderator: {
			name: text('Moderator', 'Moderation'),
			about: text(
				'Reads without names, may return a comment once, never edits.',
				'Liest ohne Namen, darf einen Beitrag einmal zurückgeben, ändert nie etwas.'
			),
			outside: ['reviews'],
			most: 1
		},
		reviewer: {
			name: text('Colleague', 'Kolleg*in'),
			about: text(
				'Writes when asked; may decline. Nobody is told who it was.',
				'Schreibt auf Bitte, darf ablehnen. Wer es war, erfährt niemand.'
			),
			outside: ['reviews', 'goals'],
			unseen: true
		}
	},
	host: 'organiser',
	guest: 'reviewer',
	blocks: {
		...everyRoom,
		// Of the two who talk with each other. Who writes stands outside, and is expected nowhere.
		dates: meetings(pair, 45),
		reviews: {
			block: 'reviews',
			scope: 'meeting',
			name: text('Review', 'Rückmeldungen'),
			settings: {
				phases: {
					nominate: 'P1',
					approve: 'P2',
					write: 'P3',
					moderate: 'P4',
					release: 'P5'
				},
				ratings,
				groups: {
					peers: text('Colleagues', 'Kolleg*innen'),
					reports: text('Direct reports', 'Mitarbeitende'),
					others: text('Other teams', 'Andere Teams')
				}
			}
		},
		self: {
			block: 'seal',
			scope: 'meeting',
			name: text('Self-review', 'Selbsteinschätzung'),
			settings: {
				who: reviewee,
				reveal: 'phase',
				fields: [
					field.text(
						'well',
						text(
							'Continue: when it went well, what I did, what it led to',
							'Was gut ging: wann, was ich tat, wozu es führte'
						),
						{ most: 500, required: true }
					),
					field.text(
						'otherwise',
						text('Consider: what I would do otherwise next time', 'Was ich nächstes Mal anders machen würde'),
						{ most: 500, required: true }
					),
					field.line('ask', text('What should you ask me about?', 'Wonach solltest du mich fragen?'), {
						most: 140
					})
				]
			}
		},
		themes: {
			block: 'form',
			scope: 'room',
			name: text('Themes', 'Themen'),
			settings: {
				who: pair,
				per: 'many',
				fields: [
					field.line('text', text('What runs through it', 'Was sich durchzieht'), {
						most: 140,
						required: true
					})
				]
			}
		},
		goals: {
			block: 'goals',
			scope: 'room',
			name: text('Goals', 'Ziele'),
			settings: {
				asks: ['measure', 'supporter'],
				needs: ['scale', 'measure', 'supporter'],
				taps: 'scale',
				every: 30,
				planned: 3,
				supporters: 'workspace'
			}
		},
		page: {
			block: 'board',
			scope: 'meeting',
			name: text('Notes', 'Notizen'),
			document: 'page',
			settings: {
				shape: 'page',
				guide: text(
					'What should not get lost. Only the two of you read it.',
					'Was nicht verloren gehen soll. Nur ihr beide lest es.'
				)
			}
		}
	},
	documents: { page: { scope: 'meeting', read: pair, write: pair } },
	phases,
	always: {
		...facilitation(pair),
		...planningMeetings(pair, pair),
		// Parts here are given by whoever runs it, people come in as they are asked, and the dates move the phases.
		...allow(
			'roster',
			['assign', 'take', 'handOver', 'takeOver', 'remove', 'admit', 'pardon', 'answer', 'stand'],
			[]
		),
		'roster.leave': reviewer,
		...allow('agenda', ['start', 'advance', 'back', 'end'], []),
		'agenda.ready': pair,
		'reviews.postpone': organiser,
		'reviews.move': organiser,
		'goals.checkIn': [...reviewee, ...reviewer],
		...allow('goals', owning, reviewee)
	},
	panel: ['dates', 'roster'],
	wires: [
		{ on: 'reviews.reached', run: 'agenda.lead', take: { to: 'phase' } },
		{
			on: 'reviews.seated',
			run: 'roster.enter',
			take: { id: 'person', name: 'name', role: 'role', account: 'account' },
			set: { owner: false, admitted: true }
		},
		{ on: 'reviews.seated', run: 'roster.assign', take: { person: 'person', role: 'role' } },
		{
			on: 'reviews.asked',
			run: 'roster.enter',
			take: { id: 'person', name: 'name', role: 'role', account: 'account' },
			set: { owner: false, admitted: true }
		},
		{
			on: 'goals.supported',
			run: 'roster.enter',
			take: { id: 'person', name: 'name', account: 'account' },
			set: { owner: false, admitted: true, role: 'reviewer' }
		},
		{ on: 'roster.left', run: 'reviews.left', take: { person: 'person' } }
	],
	// The words are gone after a year; themes, goals and who supports them stay.
	presets: { cycle },
	retention: [
		{
			after: { fact: 'reviews.released' },
			days: 365,
			what: { instances: ['reviews', 'self'], documents: ['page'] },
			text: rawText
		},
		{
			after: 'ended',
			days: 365,
			what: { instances: ['reviews', 'self'], documents: ['page'] },
			text: rawText
		}
	],
	reports: [
		{ fact: 'reviews.reviewers', of: 'reviews.wanted', name: text('Reviewers', 'Rückmeldende') },
		{
			fact: 'reviews.short',
			name: text('Reviewers missing', 'Rückmeldende, die fehlen'),
			warn: text(
				'The manager can ask somebody besides; if there is no time left, put the dates off.',
				'Die Führungskraft kann noch jemanden fragen; reicht die Zeit nicht, die Tage verschieben.'
			)
		},
		{ fact: 'reviews.submitted', of: 'reviews.reviewers', name: text('Submitted', 'Eingereicht') },
		{
			fact: 'reviews.complete',
			of: 'reviews.comments',
			name: text('Complete at first', 'Gleich vollständig')
		},
		{ fact: 'reviews.delay', name: text('Days to the conversation', 'Tage bis zum Gespräch') },
		{ fact: 'goals.checkIns', of: 'goals.planned', name: text('Check-ins', 'Nachgehalten') },
		{ fact: 'goals.met', of: 'goals.all', name: text('Goals met', 'Ziele erreicht') }
	],
	sealed: [
		{ what: 'reviews.brief', sees: '*' },
		{ what: 'reviews.brief', sees: ['moderator', 'reviewer'] },
		{ what: 'reviews.question', sees: '*' },
		{ what: 'reviews.question', sees: ['reviewer'] },
		{ what: 'reviews.nominate', sees: ['manager', 'reviewer'] },
		{ what: 'reviews.swap' },
		{ what: 'reviews.decline', sees: ['manager'] },
		{ what: 'reviews.write', opens: 'reviews.submit', then: ['moderator'], unnamed: true },
		{ what: 'reviews.write', opens: 'P5', then: ['reviewee'], unnamed: true },
		{ what: 'reviews.write', opens: 'reviews.manager', then: ['manager'], unnamed: true },
		{ what: 'reviews.revise', sees: ['moderator'], unnamed: true },
		{ what: 'reviews.revise', opens: 'P5', then: ['reviewee'], unnamed: true },
		{ what: 'reviews.revise', opens: 'reviews.manager', then: ['manager'], unnamed: true },
		{ what: 'reviews.giveBack', back: true },
		{ what: 'self.submit', opens: 'P6' },
		{ what: 'goals.add', sees: '*' },
		{ what: 'goals.add', sees: ['reviewer'] },
		{ what: 'goals.checkIn', sees: '*' },
		{ what: 'goals.checkIn', sees: ['reviewer'] }
	]
};
