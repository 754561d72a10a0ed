import { field } from './fields.ts';
import { allow, everyRoom, facilitation, text, type Format, type Permissions, type Use } from './format.ts';
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
	name: text('Did you use it?', 'Hat es etwas gebracht?'),
	settings: {
		names: 'hidden',
		least: 3,
		who: ['attendee', 'helper', 'host'],
		fields: [
			field.choice(
				'used',
				text('I used it', 'Ich habe es genutzt'),
				{ yes: text('Yes', 'Ja'), 'not-yet': text('Not yet', 'Noch nicht'), no: text('No', 'Nein') },
				{ required: true }
			),
			field.line('what', text('What came of it', 'Was daraus wurde'), { most: 200 })
		]
	}
};

export const lunchAndLearn: Format = {
	name: 'lunch-and-learn',
	text: text('Lunch and learn', 'Lunch and Learn'),
	about: text(
		'A colleague presents over lunch, the room asks, and everybody takes one thing to try.',
		'Jemand aus dem Haus stellt mittags etwas vor, der Raum fragt, und alle nehmen sich eine Sache vor.'
	),
	people: text('8 to 2,000 people', '8 bis 2.000 Personen'),
	least: 8,
	most: 2000,
	length: text('45 min', '45 Min.'),
	roles: {
		host: {
			name: text('Host', 'Leitung'),
			about: text('Invites, keeps the time, moderates.', 'Lädt ein, achtet auf die Zeit, moderiert.'),
			facilitates: true,
			moderates: true
		},
		speaker: {
			name: text('Speaker', 'Vortrag'),
			about: text(
				'Presents and answers; reads the ratings first.',
				'Trägt vor und antwortet; liest die Bewertungen zuerst.'
			),
			moderates: true
		},
		helper: {
			name: text('Helper', 'Unterstützung'),
			about: text('Looks after the questions.', 'Kümmert sich um die Fragen.'),
			moderates: true
		},
		attendee: {
			name: text('Attendee', 'Publikum'),
			about: text(
				'Listens, asks, votes, tries one thing.',
				'Hört zu, fragt, stimmt ab, probiert eine Sache aus.'
			),
			crowd: true,
			open: true
		}
	},
	host: 'host',
	guest: 'attendee',
	blocks: {
		...everyRoom,
		topics: {
			block: 'list',
			scope: 'room',
			name: text('Topics', 'Themen'),
			settings: { kind: 'topic', replies: false }
		},
		slots: {
			block: 'slots',
			scope: 'room',
			name: text('Dates', 'Termine'),
			settings: { capacity: 40, speaker: 'speaker', helper: 'helper' }
		},
		questions: {
			block: 'list',
			scope: 'meeting',
			name: text('Questions', 'Fragen'),
			settings: { answers: 'speaker', length: 140 }
		},
		answers: {
			block: 'answers',
			scope: 'room',
			name: text('Asked and answered', 'Gefragt und beantwortet')
		},
		try: {
			block: 'form',
			scope: 'meeting',
			name: text('One thing I’ll try', 'Eine Sache, die ich ausprobiere'),
			settings: {
				fields: [
					field.line('text', text('I will', 'Ich werde'), {
						most: 200,
						required: true,
						help: text(
							'The room sees it with your name. In two weeks you are asked whether you used it.',
							'Der Raum sieht es mit Namen. In zwei Wochen folgt die Frage, was daraus wurde.'
						)
					})
				]
			}
		},
		actions: { block: 'actions', scope: 'room', name: text('Things to try', 'Vorhaben') },
		feedback: {
			block: 'form',
			scope: 'meeting',
			name: text('Feedback', 'Rückmeldung'),
			settings: {
				show: 'role',
				to: ['speaker'],
				names: 'hidden',
				least: 3,
				who: ['attendee', 'helper', 'host'],
				fields: [
					field.scale('useful', text('Useful for my work', 'Nützlich für meine Arbeit'), { required: true }),
					field.scale('clear', text('Clear', 'Verständlich'), { required: true }),
					field.text('more', text('I would like more of', 'Davon gern mehr'), { most: 300 })
				]
			}
		},
		notes: {
			block: 'board',
			scope: 'meeting',
			name: text('Notes', 'Notizen'),
			document: 'notes',
			settings: { shape: 'page' }
		},
		applied: { block: 'followup', scope: 'room', name: text('Two weeks later', 'Zwei Wochen danach') },
		used
	},
	documents: {
		notes: { scope: 'meeting', read: '*', write: desk }
	},
	phases: [
		{
			id: 'P0',
			name: text('Topics', 'Themen'),
			about: text(
				'Say what you want, and what you could teach.',
				'Was interessiert, und wer könnte es zeigen?'
			),
			when: 'ahead',
			minutes: null,
			stage: ['topics', 'answers'],
			panel: ['applied', 'slots', 'roster'],
			projector: 'topics',
			may: {}
		},
		{
			id: 'P1',
			name: text('Dates', 'Termine'),
			about: text(
				'Speak on one of the dates, or sign up for a seat.',
				'Einen Termin für einen Vortrag übernehmen oder sich anmelden.'
			),
			when: 'ahead',
			minutes: null,
			stage: ['slots', 'topics'],
			panel: ['applied', 'answers', 'roster'],
			projector: 'slots',
			may: {}
		},
		{
			id: 'P2',
			name: text('Prepare', 'Vorbereiten'),
			about: text(
				'Three takeaways and one exercise. Questions may come already.',
				'Drei Gedanken zum Mitnehmen und eine Übung. Fragen dürfen schon kommen.'
			),
			when: 'ahead',
			minutes: null,
			stage: ['slots', 'questions'],
			panel: ['applied', 'answers', 'roster'],
			projector: 'slots',
			may: asking
		},
		{
			id: 'P3',
			name: text('Settle', 'Ankommen'),
			about: text('Find a seat, join with the code.', 'Platz nehmen, mit dem Code beitreten.'),
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
			name: text('Talk', 'Vortrag'),
			about: text('Questions queue quietly.', 'Fragen sammeln sich leise.'),
			when: 'live',
			minutes: 20,
			stage: ['questions'],
			panel: ['questions', 'slots', 'applied', 'roster'],
			projector: 'questions',
			may: { ...asking, ...replying, ...coming, 'questions.answer': desk }
		},
		{
			id: 'P5',
			name: text('Questions', 'Fragen'),
			about: text('Answered by votes.', 'Beantwortet nach Stimmen.'),
			when: 'live',
			minutes: 15,
			stage: ['questions'],
			panel: ['questions', 'slots', 'applied', 'roster'],
			projector: 'questions',
			may: { ...asking, ...replying, ...coming, ...onStage }
		},
		{
			id: 'P6',
			name: text('One thing I’ll try', 'Eine Sache ausprobieren'),
			about: text('Each takes one thing.', 'Alle nehmen sich eine Sache vor.'),
			when: 'live',
			minutes: 4,
			stage: ['try'],
			panel: ['actions', 'slots', 'applied', 'roster'],
			projector: 'try',
			may: { 'try.submit': '*', ...replying, ...coming }
		},
		{
			id: 'P7',
			name: text('Feedback', 'Rückmeldung'),
			about: text('Without names, to the speaker first.', 'Ohne Namen, zuerst an die Vortragenden.'),
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
			name: text('Next day', 'Tags darauf'),
			about: text(
				'Notes, and written answers to what was left.',
				'Notizen, und schriftliche Antworten auf das, was offen blieb.'
			),
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
		text: text('Lunch-and-learn calendar', 'Lunch-and-Learn-Kalender'),
		about: text(
			'One room for the whole series: people vote on topics and take dates; what was asked and promised goes on to the next one.',
			'Ein Raum für die ganze Reihe: Themen werden gewählt, Termine übernommen; was gefragt und vorgenommen wurde, geht beim nächsten weiter.'
		)
	},
	reports: [
		{
			fact: 'slots.came',
			of: 'slots.signed',
			name: text('Came, of those signed up', 'Gekommen, von den Angemeldeten')
		},
		{
			fact: 'slots.first',
			of: 'slots.talks',
			name: text('First-time speakers', 'Zum ersten Mal vorgetragen')
		},
		{
			fact: 'questions.answered',
			of: 'questions.standing',
			name: text('Questions answered, this date', 'Fragen beantwortet, dieser Termin')
		},
		{
			fact: 'applied.used',
			of: 'applied.replies',
			name: text('Used it two weeks on, of those who replied', 'Nach zwei Wochen genutzt, von den Antworten')
		},
		{ fact: 'topics.standing', name: text('Topics wanted', 'Gewünschte Themen') }
	],
	options: [
		{
			name: 'moderation',
			text: text('Approve questions first', 'Fragen erst freigeben'),
			about: text(
				'They wait until the host, the speaker or a helper lets them through; whoever asked sees what becomes of them.',
				'Sie warten, bis Leitung, Vortrag oder Unterstützung sie freigibt; wer fragt, sieht, was daraus wird.'
			),
			sets: ['questions.moderation'],
			default: true
		},
		{
			name: 'anonymity',
			text: text('Questions without a name', 'Fragen ohne Namen'),
			about: text(
				'Nobody in the room can see who asked, not even those who moderate.',
				'Niemand im Raum kann sehen, wer gefragt hat, auch nicht die Moderation.'
			),
			sets: ['questions.anonymity'],
			values: [
				{ value: 'allowed', text: text('Allowed', 'Erlaubt') },
				{ value: 'required', text: text('Always', 'Immer') },
				{ value: 'off', text: text('Never', 'Nie') }
			],
			default: 'allowed'
		}
	]
};
