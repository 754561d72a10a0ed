import { allow, facilitation, type Format, type Permissions, type Use } from './format.ts';
import { keeping, moderating, planning, tidying } from './verbs.ts';

const desk = ['host', 'speaker', 'helper'];
const hosts = ['host', 'helper'];

/** What those who moderate do with questions, whenever they come. */
const onTheDesk: Permissions = {
	...allow('questions', moderating, desk),
	...allow('questions', ['admitReply', 'open', 'close', 'blank', 'tell', 'assign', 'promote'], desk)
};

const asking = allow('questions', ['submit', 'vote', 'offer'], '*');
const replying = allow('questions', ['reply', 'unreply'], '*');
const coming = allow('slots', ['arrive'], '*');
const onStage = allow('questions', ['stage', 'next', 'back', 'answer'], desk);

/**
 * What was asked in the last phase, when that was still a part of each meeting. Nobody fills it in any more; what was
 * said stands in the records of those meetings.
 */
const used: Use = {
	block: 'form',
	scope: 'meeting',
	name: { en: 'Did you use it?', de: 'Hat es etwas gebracht?' },
	settings: {
		names: 'hidden',
		least: 3,
		who: ['attendee', 'helper', 'host'],
		fields: [
			{
				name: 'used',
				kind: 'choice',
				required: true,
				text: { en: 'I used it', de: 'Ich habe es genutzt' },
				values: [
					{ value: 'yes', text: { en: 'Yes', de: 'Ja' } },
					{ value: 'not-yet', text: { en: 'Not yet', de: 'Noch nicht' } },
					{ value: 'no', text: { en: 'No', de: 'Nein' } }
				]
			},
			{ name: 'what', kind: 'line', most: 200, text: { en: 'What came of it', de: 'Was daraus wurde' } }
		]
	}
};

export const lunchAndLearn: Format = {
	name: 'lunch-and-learn',
	text: { en: 'Lunch and learn', de: 'Lunch and Learn' },
	about: {
		en: 'A colleague presents over lunch, the room asks, and everybody takes one thing to try.',
		de: 'Jemand aus dem Haus stellt mittags etwas vor, der Raum fragt, und alle nehmen sich eine Sache vor.'
	},
	people: { en: '8 to 2,000 people', de: '8 bis 2.000 Personen' },
	least: 8,
	most: 2000,
	length: { en: '45 min', de: '45 Min.' },
	roles: {
		host: {
			name: { en: 'Host', de: 'Leitung' },
			about: { en: 'Invites, keeps the time, moderates.', de: 'Lädt ein, achtet auf die Zeit, moderiert.' },
			facilitates: true,
			moderates: true
		},
		speaker: {
			name: { en: 'Speaker', de: 'Vortrag' },
			about: {
				en: 'Presents and answers; reads the ratings first.',
				de: 'Trägt vor und antwortet; liest die Bewertungen zuerst.'
			},
			moderates: true
		},
		helper: {
			name: { en: 'Helper', de: 'Unterstützung' },
			about: { en: 'Looks after the questions.', de: 'Kümmert sich um die Fragen.' },
			moderates: true
		},
		attendee: {
			name: { en: 'Attendee', de: 'Publikum' },
			about: {
				en: 'Listens, asks, votes, tries one thing.',
				de: 'Hört zu, fragt, stimmt ab, probiert eine Sache aus.'
			},
			crowd: true,
			open: true
		}
	},
	host: 'host',
	guest: 'attendee',
	blocks: {
		agenda: { block: 'agenda', scope: 'meeting', name: { en: 'Phases', de: 'Phasen' } },
		roster: { block: 'roster', scope: 'room', name: { en: 'People', de: 'Personen' } },
		topics: {
			block: 'list',
			scope: 'room',
			name: { en: 'Topics', de: 'Themen' },
			settings: { kind: 'topic', replies: false }
		},
		slots: {
			block: 'slots',
			scope: 'room',
			name: { en: 'Dates', de: 'Termine' },
			settings: { capacity: 40, speaker: 'speaker', helper: 'helper' }
		},
		questions: {
			block: 'list',
			scope: 'meeting',
			name: { en: 'Questions', de: 'Fragen' },
			settings: { answers: 'speaker', length: 140 }
		},
		answers: {
			block: 'answers',
			scope: 'room',
			name: { en: 'Asked and answered', de: 'Gefragt und beantwortet' }
		},
		try: {
			block: 'form',
			scope: 'meeting',
			name: { en: 'One thing I’ll try', de: 'Eine Sache, die ich ausprobiere' },
			settings: {
				fields: [
					{
						name: 'text',
						kind: 'line',
						most: 200,
						required: true,
						text: { en: 'I will', de: 'Ich werde' },
						help: {
							en: 'The room sees it with your name. In two weeks you are asked whether you used it.',
							de: 'Der Raum sieht es mit Namen. In zwei Wochen folgt die Frage, was daraus wurde.'
						}
					}
				]
			}
		},
		actions: { block: 'actions', scope: 'room', name: { en: 'Things to try', de: 'Vorhaben' } },
		feedback: {
			block: 'form',
			scope: 'meeting',
			name: { en: 'Feedback', de: 'Rückmeldung' },
			settings: {
				show: 'role',
				to: ['speaker'],
				names: 'hidden',
				least: 3,
				who: ['attendee', 'helper', 'host'],
				fields: [
					{
						name: 'useful',
						kind: 'scale',
						required: true,
						text: { en: 'Useful for my work', de: 'Nützlich für meine Arbeit' }
					},
					{ name: 'clear', kind: 'scale', required: true, text: { en: 'Clear', de: 'Verständlich' } },
					{
						name: 'more',
						kind: 'text',
						most: 300,
						text: { en: 'I would like more of', de: 'Davon gern mehr' }
					}
				]
			}
		},
		notes: {
			block: 'board',
			scope: 'meeting',
			name: { en: 'Notes', de: 'Notizen' },
			document: 'notes',
			settings: { shape: 'page' }
		},
		applied: { block: 'followup', scope: 'room', name: { en: 'Two weeks later', de: 'Zwei Wochen danach' } },
		used
	},
	documents: {
		notes: { scope: 'meeting', read: '*', write: desk }
	},
	phases: [
		{
			id: 'P0',
			name: { en: 'Topics', de: 'Themen' },
			about: {
				en: 'Say what you want, and what you could teach.',
				de: 'Was interessiert, und wer könnte es zeigen?'
			},
			when: 'ahead',
			minutes: null,
			stage: ['topics', 'answers'],
			panel: ['applied', 'slots', 'roster'],
			projector: 'topics',
			may: {}
		},
		{
			id: 'P1',
			name: { en: 'Dates', de: 'Termine' },
			about: {
				en: 'Speak on one of the dates, or sign up for a seat.',
				de: 'Einen Termin für einen Vortrag übernehmen oder sich anmelden.'
			},
			when: 'ahead',
			minutes: null,
			stage: ['slots', 'topics'],
			panel: ['applied', 'answers', 'roster'],
			projector: 'slots',
			may: {}
		},
		{
			id: 'P2',
			name: { en: 'Prepare', de: 'Vorbereiten' },
			about: {
				en: 'Three takeaways and one exercise. Questions may come already.',
				de: 'Drei Gedanken zum Mitnehmen und eine Übung. Fragen dürfen schon kommen.'
			},
			when: 'ahead',
			minutes: null,
			stage: ['slots', 'questions'],
			panel: ['applied', 'answers', 'roster'],
			projector: 'slots',
			may: { ...asking }
		},
		{
			id: 'P3',
			name: { en: 'Settle', de: 'Ankommen' },
			about: { en: 'Find a seat, join with the code.', de: 'Platz nehmen, mit dem Code beitreten.' },
			when: 'live',
			minutes: 3,
			stage: ['slots', 'questions'],
			panel: ['applied', 'roster'],
			projector: 'slots',
			may: { ...asking, ...coming },
			enter: [{ run: 'slots.begin' }]
		},
		{
			id: 'P4',
			name: { en: 'Talk', de: 'Vortrag' },
			about: { en: 'Questions queue quietly.', de: 'Fragen sammeln sich leise.' },
			when: 'live',
			minutes: 20,
			stage: ['questions'],
			panel: ['questions', 'slots', 'applied', 'roster'],
			projector: 'questions',
			may: { ...asking, ...replying, ...coming, 'questions.answer': desk }
		},
		{
			id: 'P5',
			name: { en: 'Questions', de: 'Fragen' },
			about: { en: 'Answered by votes.', de: 'Beantwortet nach Stimmen.' },
			when: 'live',
			minutes: 15,
			stage: ['questions'],
			panel: ['questions', 'slots', 'applied', 'roster'],
			projector: 'questions',
			may: { ...asking, ...replying, ...coming, ...onStage }
		},
		{
			id: 'P6',
			name: { en: 'One thing I’ll try', de: 'Eine Sache ausprobieren' },
			about: { en: 'Each takes one thing.', de: 'Alle nehmen sich eine Sache vor.' },
			when: 'live',
			minutes: 4,
			stage: ['try'],
			panel: ['actions', 'slots', 'applied', 'roster'],
			projector: 'try',
			may: { 'try.submit': '*', ...replying, ...coming }
		},
		{
			id: 'P7',
			name: { en: 'Feedback', de: 'Rückmeldung' },
			about: { en: 'Without names, to the speaker first.', de: 'Ohne Namen, zuerst an die Vortragenden.' },
			when: 'live',
			minutes: 3,
			stage: ['feedback'],
			panel: ['actions', 'slots', 'applied', 'roster'],
			projector: 'feedback',
			may: {
				'feedback.submit': ['attendee', 'helper', 'host'],
				'try.submit': '*',
				...coming
			}
		},
		{
			id: 'P8',
			name: { en: 'Next day', de: 'Tags darauf' },
			about: {
				en: 'Notes, and written answers to what was left.',
				de: 'Notizen, und schriftliche Antworten auf das, was offen blieb.'
			},
			when: 'after',
			minutes: null,
			stage: ['questions', 'notes'],
			panel: ['applied', 'slots', 'feedback', 'actions', 'roster'],
			projector: 'questions',
			may: {
				'questions.answer': '*',
				'questions.offer': '*',
				...replying,
				'feedback.share': ['speaker']
			},
			enter: [
				{ run: 'slots.finish' },
				{ run: 'feedback.close' },
				{ run: 'questions.close', payload: { what: 'both' } },
				{ run: 'questions.handOut', payload: { role: 'speaker', days: 1 } }
			]
		}
	],
	always: {
		...facilitation(['host']),
		...onTheDesk,
		...allow('questions', ['seen', 'reword', 'withdraw'], '*'),
		...allow('topics', ['submit', 'vote', 'offer', 'seen', 'withdraw'], '*'),
		...allow('slots', ['signUp', 'giveUp', 'claim', 'release', 'help', 'seen'], '*'),
		// Two weeks on the room is in another meeting, or between two.
		...allow('actions', keeping, '*'),
		'applied.submit': '*',
		'answers.remove': hosts,
		'applied.close': hosts,
		...allow('slots', planning, hosts),
		...allow('topics', [...tidying, 'answer', 'label', 'pin'], hosts)
	},
	panel: ['applied', 'answers', 'roster'],
	sealed: [
		{ what: 'questions.submit', sees: desk, opens: 'questions.approve' },
		{ what: 'questions.submit', if: { anonymous: true }, unnamed: true },
		{ what: 'questions.reword', sees: desk, opens: 'questions.approve' },
		{ what: 'questions.return', sees: desk, back: true },
		{ what: 'questions.tell', sees: desk },
		{ what: 'slots.signUp', unnamed: true },
		{ what: 'slots.giveUp', unnamed: true },
		{ what: 'slots.arrive', unnamed: true },
		{ what: 'feedback.submit', opens: 'P8', then: ['speaker'], unnamed: true },
		{ what: 'applied.submit', opens: 'applied.told', unnamed: true }
	],
	wires: [
		{
			on: 'try.submitted',
			run: 'applied.keep',
			take: { id: 'id', person: 'person', text: 'text' }
		},
		{ on: 'try.edited', run: 'applied.reword', take: { id: 'id', person: 'person', text: 'text' } },
		{
			on: 'applied.kept',
			run: 'actions.add',
			take: { owner: 'person', text: 'text', due: 'due' },
			set: { from: 'try' }
		},
		// What was answered in a meeting goes on standing on the room's page.
		{ on: 'agenda.ended', run: 'questions.handOn' },
		// A meeting that was left in that phase: its answers are not lost with the button that closed them.
		{ on: 'agenda.ended', run: 'used.close' },
		{ on: 'questions.handedOn', run: 'answers.keep', take: { entries: 'entries' } },
		{
			on: 'slots.held',
			run: 'answers.held',
			take: { meeting: 'meeting', title: 'title', starts: 'starts' }
		},
		{
			on: 'slots.held',
			run: 'applied.held',
			take: { meeting: 'meeting', title: 'title', starts: 'starts' }
		},
		{ on: 'questions.promoted', run: 'topics.submit', take: { text: 'text', before: 'votes' } },
		{ on: 'roster.left', run: 'slots.leave', take: { person: 'person' } },
		{ on: 'slots.speaks', run: 'roster.assign', take: { person: 'person' }, set: { role: 'speaker' } },
		{ on: 'slots.helps', run: 'roster.assign', take: { person: 'person' }, set: { role: 'helper' } },
		{ on: 'slots.relieved', run: 'roster.assign', take: { person: 'person' }, set: { role: 'attendee' } }
	],
	present: 'slots.present',
	// One room and not one for each date: topics, questions that were popular, and who has spoken go on from date to date.
	series: {
		text: { en: 'Lunch-and-learn calendar', de: 'Lunch-and-Learn-Kalender' },
		about: {
			en: 'One room for the whole series: people vote on topics and take dates; what was asked and promised goes on to the next one.',
			de: 'Ein Raum für die ganze Reihe: Themen werden gewählt, Termine übernommen; was gefragt und vorgenommen wurde, geht beim nächsten weiter.'
		}
	},
	reports: [
		{
			fact: 'slots.came',
			of: 'slots.signed',
			name: { en: 'Came, of those signed up', de: 'Gekommen, von den Angemeldeten' }
		},
		{
			fact: 'slots.first',
			of: 'slots.talks',
			name: { en: 'First-time speakers', de: 'Zum ersten Mal vorgetragen' }
		},
		{
			fact: 'questions.answered',
			of: 'questions.standing',
			name: { en: 'Questions answered, this date', de: 'Fragen beantwortet, dieser Termin' }
		},
		{
			fact: 'applied.used',
			of: 'applied.replies',
			name: {
				en: 'Used it two weeks on, of those who replied',
				de: 'Nach zwei Wochen genutzt, von den Antworten'
			}
		},
		{ fact: 'topics.standing', name: { en: 'Topics wanted', de: 'Gewünschte Themen' } }
	],
	options: [
		{
			name: 'moderation',
			text: { en: 'Approve questions first', de: 'Fragen erst freigeben' },
			about: {
				en: 'They wait until the host, the speaker or a helper lets them through; whoever asked sees what becomes of them.',
				de: 'Sie warten, bis Leitung, Vortrag oder Unterstützung sie freigibt; wer fragt, sieht, was daraus wird.'
			},
			sets: ['questions.moderation'],
			default: true
		},
		{
			name: 'anonymity',
			text: { en: 'Questions without a name', de: 'Fragen ohne Namen' },
			about: {
				en: 'Nobody in the room can see who asked, not even those who moderate.',
				de: 'Niemand im Raum kann sehen, wer gefragt hat, auch nicht die Moderation.'
			},
			sets: ['questions.anonymity'],
			values: [
				{ value: 'allowed', text: { en: 'Allowed', de: 'Erlaubt' } },
				{ value: 'required', text: { en: 'Always', de: 'Immer' } },
				{ value: 'off', text: { en: 'Never', de: 'Nie' } }
			],
			default: 'allowed'
		}
	]
};
