import type { Text } from '#lib/blocks/block.ts';
import { field } from './fields.ts';
import {
	allow,
	askedForRoles,
	everyRoom,
	facilitation,
	text,
	type Format,
	type Permissions,
	type Phase,
	type Preset,
	type Use
} from './format.ts';
import { offering, owning, submitting, upkeep } from './verbs.ts';

const pair = ['mentee', 'mentor'];
const mentee = ['mentee'];
const mentor = ['mentor'];
const runs = ['administrator'];

/** What every first 90 days have in common; the mentor changes it to what this job needs. */
const item = (phase: string, day: number, owner: string, en: string, de: string, more: object = {}) => ({
	...{ phase, day, owner, text: text(en, de) },
	...more
});
const access = { group: 'access' };
const pulse = (day: number) => ({ tag: `day${day}` });

const template = [
	item('P1', 1, 'mentee', 'Badge, laptop and phone', 'Ausweis, Laptop und Telefon', access),
	item('P1', 1, 'mentee', 'Mail, chat and calendar', 'Mail, Chat und Kalender', access),
	item('P1', 2, 'mentee', 'The tools of the job', 'Die Werkzeuge der Stelle', access),
	item('P1', 3, 'mentee', 'Shared folders and meeting series', 'Gemeinsame Ordner und Terminserien', access),
	item('P1', 3, 'mentor', 'Show how the day goes', 'Zeigen, wie der Tag läuft'),
	item('P1', 7, 'mentee', 'Pulse of day 7', 'Puls an Tag 7', pulse(7)),
	item(
		'P2',
		14,
		'mentor',
		'Introduce four people to learn from',
		'Vier Menschen vorstellen, von denen man lernt'
	),
	item(
		'P2',
		21,
		'mentee',
		'Sit in on a case from beginning to end',
		'Bei einem Fall von Anfang bis Ende dabei sein'
	),
	item('P2', 30, 'mentee', 'Pulse of day 30', 'Puls an Tag 30', pulse(30)),
	item('P3', 40, 'mentee', 'Set a goal for the next 30 days', 'Ein Ziel für die nächsten 30 Tage setzen'),
	item('P3', 45, 'mentor', 'Introduce people in other teams', 'Menschen in anderen Teams vorstellen'),
	item(
		'P3',
		55,
		'mentee',
		'Do a piece of work with somebody beside',
		'Ein Stück Arbeit machen, jemand sitzt daneben'
	),
	item('P3', 60, 'mentee', 'Pulse of day 60', 'Puls an Tag 60', pulse(60)),
	item('P4', 75, 'mentee', 'Own a piece of work alone', 'Ein Stück Arbeit allein verantworten'),
	item(
		'P4',
		85,
		'mentee',
		'Improve one thing that was hard to find out',
		'Etwas verbessern, das schwer zu finden war'
	),
	item('P4', 90, 'mentee', 'Pulse of day 90', 'Puls an Tag 90', pulse(90))
];

/** When something of the ninety days is to be done, and by whom. */
const placed = [
	field.choice(
		'phase',
		text('When', 'Wann'),
		{
			P1: text('Week 1', 'Woche 1'),
			P2: text('Days 8–30', 'Tage 8–30'),
			P3: text('Days 31–60', 'Tage 31–60'),
			P4: text('Days 61–90', 'Tage 61–90')
		},
		{ required: true }
	),
	field.choice(
		'owner',
		text('Whose task', 'Wessen Aufgabe'),
		{ mentee: text('Mentee', 'Mentee'), mentor: text('Mentor', 'Mentor*in') },
		{ required: true }
	)
];

/** What of the pairs may be read of whoever makes the next plans, and how it becomes one of their items. */
const suggestion = { text: 'text', phase: 'phase', owner: 'owner' };
const shaping = (who: readonly string[]): Permissions =>
	allow('template', [...upkeep, 'adopt', 'dismiss', 'reopen'], who);

/** `about`: which plans begin with it. */
const shaped = (about: Text, more: Partial<Use> = {}): Use => ({
	block: 'template',
	scope: 'room',
	name: text('The plan for the next ones', 'Der Plan für die Nächsten'),
	settings: {
		about,
		fields: [
			field.text('text', text('What is to be done', 'Was zu tun ist'), { most: 280, required: true }),
			...placed,
			field.number('day', text('Due on day', 'Fällig an Tag'), {
				from: 1,
				to: 90,
				help: text('The first day is 1.', 'Der erste Tag ist 1.')
			})
		],
		begin: template,
		sort: ['phase', 'day']
	},
	...more
});

const editing: Permissions = allow('plan', ['begin', ...upkeep], mentor);

const logging: Permissions = {
	...allow('meetings', [...upkeep, 'set'], pair),
	'plan.tick': pair
};

const meeting: Permissions = {
	...editing,
	...logging,
	...allow('contacts', upkeep, pair),
	'contacts.meet': mentee,
	'contacts.take': mentor,
	...allow('questions', [...submitting, 'reword'], mentee),
	...allow('questions', ['answer', 'assign'], mentor),
	...allow('questions', ['reply', 'unreply', 'seen'], pair),
	'questions.publish': mentee,
	...allow('fit', submitting, pair)
};

/** In all phases, so that nobody is asked for it: the plan says when, and the close. */
const saying = (mentee: readonly string[], pair: readonly string[]): Permissions => ({
	...allow('pulse', submitting, mentee),
	...allow('improvements', submitting, pair)
});

const growing: Permissions = allow('goals', [...owning, 'rate', 'checkIn'], mentee);

const beside: readonly string[] = ['roster', 'contacts'];

const ahead: Phase = {
	id: 'P0',
	name: text('Before day one', 'Vor dem ersten Tag'),
	about: text(
		'The mentor sets the first day and makes the plan this job needs. On that day it begins by itself.',
		'Die Mentorin oder der Mentor legt den ersten Tag fest und macht den Plan passend. An dem Tag beginnt es von selbst.'
	),
	when: 'ahead',
	minutes: null,
	stage: ['plan', 'roster'],
	panel: ['roster', 'meetings', 'contacts'],
	may: {
		...editing,
		...allow('contacts', upkeep, pair),
		'contacts.take': mentor,
		...allow('roster', offering, mentor)
	}
};

/** One of the phases of the ninety days; the plan opens it on its day. */
function stretch(id: string, name: Text, about: Text, more: Partial<Phase> = {}): Phase {
	return {
		id,
		name,
		about,
		when: 'live',
		minutes: null,
		stage: ['plan', 'meetings', 'pulse', 'questions'],
		panel: beside,
		may: { ...meeting, ...growing, 'roster.offer': mentor, 'roster.recall': mentor },
		...more
	};
}

const phases: readonly Phase[] = [
	ahead,
	stretch(
		'P1',
		text('Week 1: arrive', 'Woche 1: ankommen'),
		text('Two meetings, and everything that opens doors.', 'Zwei Treffen, und alles, was Türen öffnet.'),
		{
			stage: ['plan', 'meetings', 'fit', 'pulse', 'questions'],
			gate: [
				{
					fact: 'plan.begun',
					is: true,
					because: text('Set the first day first.', 'Zuerst den ersten Tag festlegen.')
				}
			]
		}
	),
	stretch(
		'P2',
		text('Days 8–30: learn', 'Tage 8–30: lernen'),
		text(
			'A meeting a week; whom to know, and what to ask.',
			'Ein Treffen in der Woche; wen man kennt, was man fragt.'
		),
		{ stage: ['plan', 'meetings', 'fit', 'pulse', 'questions'] }
	),
	stretch(
		'P3',
		text('Days 31–60: contribute', 'Tage 31–60: beitragen'),
		text(
			'Two meetings; a piece of work with somebody beside.',
			'Zwei Treffen; ein Stück Arbeit, jemand daneben.'
		),
		{ panel: ['roster', 'contacts', 'goals'] }
	),
	stretch(
		'P4',
		text('Days 61–90: own', 'Tage 61–90: verantworten'),
		text('Two meetings; a piece of work alone.', 'Zwei Treffen; ein Stück Arbeit allein.'),
		{ stage: ['plan', 'goals', 'meetings', 'pulse', 'questions'] }
	),
	{
		id: 'P5',
		name: text('Close', 'Abschluss'),
		about: text(
			'What came of the ninety days, what the next ones should find better, and: become a mentor?',
			'Was aus den neunzig Tagen wurde, was die Nächsten besser vorfinden sollen, und: selbst Mentor*in werden?'
		),
		when: 'after',
		minutes: null,
		stage: ['pulse', 'improvements', 'template', 'onward', 'contacts', 'questions'],
		panel: ['roster', 'meetings', 'plan', 'goals'],
		may: { ...meeting, ...growing, ...shaping(mentor), ...allow('onward', submitting, mentee) }
	}
];

const fits = {
	good: text('good', 'gut'),
	undecided: text('undecided', 'unentschieden'),
	bad: text('not good', 'nicht gut')
};

/** Many new hires, many mentors: who meets whom is decided here, and each pair has a room of its own. */
const cohort: Preset = {
	programme: true,
	text: text('Mentoring cohort', 'Mentoring-Jahrgang'),
	about: text(
		'New hires and mentors opt in and are matched; every pair gets a room for its first 90 days.',
		'Neue und Mentor*innen machen mit und werden zusammengebracht; jedes Paar bekommt einen Raum für 90 Tage.'
	),
	host: 'administrator',
	guest: 'mentee',
	least: 3,
	most: 600,
	roles: {
		administrator: {
			name: text('Administrator', 'Programmleitung'),
			about: text(
				'Matches, and sees of the pairs how far they are and how it fits; nothing that is said.',
				'Bringt zusammen; sieht von den Paaren, wie weit sie sind und ob es passt, nichts vom Inhalt.'
			),
			facilitates: true,
			moderates: true
		},
		mentee: {
			name: text('Mentee'),
			about: text('Is new, and looks for somebody.', 'Ist neu und sucht jemanden.'),
			open: true
		},
		mentor: {
			name: text('Mentor', 'Mentor*in'),
			about: text(
				'Knows the ropes, and takes on one or two.',
				'Kennt sich aus und übernimmt eine Person oder zwei.'
			),
			open: true
		},
		invited: {
			name: text('Guest', 'Gast'),
			about: text('Is not looked for, and reads nothing.', 'Wird nicht gesucht und liest nichts.'),
			outside: ['roster']
		}
	},
	blocks: {
		pairing: {
			block: 'pairing',
			scope: 'room',
			name: text('Who meets whom', 'Wer wen trifft'),
			settings: {
				seekers: 'mentee',
				givers: 'mentor',
				most: 2,
				least: 3,
				plenty: 5,
				weights: { role: 35, skills: 25, hours: 15, place: 10, interests: 10, network: 5 }
			}
		},
		template: shaped(
			text(
				'Pairs that are matched from now on begin with it. What is suggested, ended pairs chose to pass on, without their names.',
				'Paare, die ab jetzt zusammenkommen, beginnen damit. Vorschläge sind, was Paare nach ihrem Abschluss weitergeben wollten, ohne Namen.'
			)
		),
		rooms: {
			block: 'programme',
			scope: 'room',
			name: text('Pairs', 'Paare'),
			settings: {
				title: '{mentee} & {mentor}',
				roles: { mentee: 'mentee', mentor: 'mentor', manager: 'manager', administrator: 'administrator' },
				owner: 'mentor'
			}
		}
	},
	phases: [
		{
			id: 'P0',
			name: text('Match', 'Zusammenbringen'),
			about: text(
				'Ten days ahead: everybody opts in; then it is proposed, looked at and confirmed who meets whom.',
				'Zehn Tage vorher: Alle machen mit; dann wird vorgeschlagen, angesehen und bestätigt, wer wen trifft.'
			),
			when: 'ahead',
			minutes: null,
			stage: ['pairing', 'rooms', 'template'],
			panel: ['roster'],
			may: {}
		},
		{
			id: 'P1',
			name: text('Ninety days', 'Neunzig Tage'),
			about: text(
				'The pairs meet in their rooms. Who comes later is matched as well, and who does not fit again.',
				'Die Paare treffen sich in ihren Räumen. Wer später kommt oder nicht passt, wird neu zusammengebracht.'
			),
			when: 'live',
			minutes: null,
			stage: ['rooms', 'pairing', 'template'],
			panel: ['roster'],
			may: {}
		},
		{
			id: 'P2',
			name: text('Look back', 'Rückblick'),
			about: text(
				'How far the pairs have come, and what the plan of the next ones should have.',
				'Wie weit die Paare gekommen sind, und was der Plan der Nächsten haben sollte.'
			),
			when: 'after',
			minutes: null,
			stage: ['template', 'rooms'],
			panel: ['roster'],
			may: {}
		}
	],
	always: {
		...facilitation(runs),
		// of the pairs' rooms, and of this one nobody's
		...saying([], []),
		...shaping(runs),
		...allow('pairing', ['join', 'withdraw', 'rank'], pair),
		...allow('pairing', ['weigh', 'propose', 'pin', 'forbid', 'confirm', 'release'], runs)
	},
	panel: ['roster'],
	wires: [
		{
			on: 'pairing.paired',
			run: 'rooms.open',
			take: { key: 'key', mentee: 'seeker', mentor: 'giver', manager: 'manager', administrator: 'by' }
		},
		{
			on: 'rooms.told',
			run: 'pairing.heard',
			take: { key: 'key', seeker: 'fit.says/mentee', giver: 'fit.says/mentor' }
		},
		{ on: 'rooms.handed', run: 'template.suggest', take: { key: 'key', ...suggestion } },
		{ on: 'rooms.tookBack', run: 'template.retract', take: { key: 'key' } },
		{ on: 'roster.left', run: 'pairing.left', take: { person: 'person' } }
	],
	sealed: [
		// what somebody says of themselves is for those who match and for those whom they could meet
		{ what: 'pairing.join', sees: ['administrator', 'mentee', 'mentor'] }
	],
	shared: [],
	handed: [],
	reports: []
};

export const peerMentor: Format = {
	name: 'peer-mentor',
	text: text('Peer mentor', 'Mentoring'),
	about: text(
		'A new hire is paired with a colleague who guides the first 90 days.',
		'Wer neu ist, bekommt für die ersten 90 Tage jemanden aus dem Kollegium zur Seite.'
	),
	people: text('2 people', '2 Personen'),
	least: 1,
	most: 4,
	length: text('9 meetings in 90 days', '9 Treffen in 90 Tagen'),
	roles: {
		mentor: {
			name: text('Mentor', 'Mentor*in'),
			about: text(
				'Makes the plan fit, introduces people, answers; keeps it going.',
				'Macht den Plan passend, stellt Menschen vor, antwortet; hält es am Laufen.'
			),
			facilitates: true,
			moderates: true,
			most: 1
		},
		mentee: {
			name: text('Mentee'),
			about: text(
				'Ticks what is done, meets people, asks; decides whether a question may help others.',
				'Hakt ab, trifft Menschen, fragt; entscheidet, ob eine Frage anderen helfen darf.'
			),
			facilitates: true,
			offered: true,
			most: 1
		},
		invited: {
			name: text('Invited', 'Eingeladene*r'),
			about: text(
				'Has come in by the link, sees nothing yet, and is asked to take a role.',
				'Ist über den Link hereingekommen, sieht noch nichts und wird um eine Rolle gebeten.'
			),
			outside: ['roster']
		},
		manager: {
			name: text('Manager', 'Führungskraft'),
			about: text(
				'Is told how far the plan is and how many meetings were held.',
				'Erfährt, wie weit der Plan ist und wie viele Treffen es gab.'
			),
			offered: true,
			outside: ['plan', 'meetings']
		},
		administrator: {
			name: text('Administrator', 'Programmleitung'),
			about: text(
				'Is told the same, whether the two fit, and when it is quiet for too long.',
				'Erfährt dasselbe, ob die beiden zusammenpassen, und wenn es zu lange still ist.'
			),
			offered: true,
			outside: ['plan', 'meetings', 'fit', 'onward']
		}
	},
	host: 'mentor',
	guest: 'invited',
	blocks: {
		...everyRoom,
		plan: {
			block: 'plan',
			scope: 'room',
			name: text('Plan', 'Plan'),
			settings: {
				phases: [
					{ id: 'P1', from: 1 },
					{ id: 'P2', from: 8 },
					{ id: 'P3', from: 31 },
					{ id: 'P4', from: 61 },
					{ id: 'P5', from: 91 }
				],
				template,
				groups: { access: text('Access', 'Zugänge') },
				editors: mentor,
				helper: 'mentor',
				told: ['manager', 'administrator']
			}
		},
		meetings: {
			block: 'meetings',
			scope: 'room',
			name: text('Meetings', 'Treffen'),
			settings: {
				expects: pair,
				planned: 9,
				keeper: 'mentor',
				above: 'administrator',
				patience: 10,
				longer: 17,
				told: ['manager', 'administrator']
			}
		},
		contacts: {
			block: 'contacts',
			scope: 'room',
			name: text('Contacts', 'Kontakte'),
			settings: { wanted: 12, owners: mentee }
		},
		questions: {
			block: 'list',
			scope: 'room',
			name: text('Questions', 'Fragen'),
			settings: { votes: false, offers: false, faq: true, answers: 'mentor', order: 'newest' }
		},
		pulse: {
			block: 'form',
			scope: 'room',
			name: text('Pulse', 'Puls'),
			settings: {
				titled: true,
				per: 'many',
				most: 4,
				who: mentee,
				course: { by: 'day', mirror: { field: 'clarity', at: 'day30' } },
				fields: [
					{
						name: 'day',
						kind: 'choice',
						required: true,
						text: text('Which day', 'Welcher Tag'),
						values: [7, 30, 60, 90].map((day) => ({
							value: `day${day}`,
							text: text(`Day ${day}`, `Tag ${day}`)
						}))
					},
					field.scale(
						'clarity',
						text('I know what is expected of me', 'Ich weiß, was von mir erwartet wird'),
						{ required: true, low: text('not at all', 'gar nicht'), high: text('fully', 'völlig') }
					),
					field.scale('belonging', text('I belong here', 'Ich gehöre dazu'), {
						required: true,
						low: text('not at all', 'gar nicht'),
						high: text('fully', 'völlig')
					}),
					field.scale('productive', text('I get things done', 'Ich komme voran'), {
						required: true,
						low: text('not at all', 'gar nicht'),
						high: text('fully', 'völlig')
					}),
					field.line('stuck', text('Stuck on', 'Ich hänge fest an'), {
						most: 140,
						help: text(
							'It becomes an item of the plan, for your mentor.',
							'Daraus wird ein Punkt im Plan, für dein Gegenüber.'
						)
					})
				]
			}
		},
		fit: {
			block: 'form',
			scope: 'room',
			name: text('How it fits', 'Ob es passt'),
			settings: {
				titled: true,
				who: pair,
				show: 'role',
				to: runs,
				says: 'fit',
				after: {
					fact: 'meetings.held',
					atLeast: 1,
					because: text('Meet once first, and write it down.', 'Erst einmal treffen und es eintragen.')
				},
				fields: [
					{
						name: 'fit',
						kind: 'choice',
						required: true,
						text: text('After our first meeting: the two of us', 'Nach unserem ersten Treffen: wir beide'),
						help: text(
							'If it is not good, you are offered somebody else. Nobody has to say why.',
							'Passt es nicht, wird jemand anderes angeboten. Niemand muss sagen, warum.'
						),
						values: Object.entries(fits).map(([value, text]) => ({ value, text }))
					}
				]
			}
		},
		goals: {
			block: 'goals',
			scope: 'room',
			name: text('Goals', 'Ziele'),
			settings: { asks: ['why', 'sign'], needs: ['scale'] }
		},
		improvements: {
			block: 'form',
			scope: 'room',
			name: text('For the next ones', 'Für die Nächsten'),
			settings: {
				titled: true,
				per: 'many',
				who: pair,
				audience: 'for',
				ledger: 'learning',
				fields: [
					field.text(
						'text',
						text('What the plan should have from the beginning', 'Was der Plan von Anfang an haben sollte'),
						{ most: 280, required: true }
					),
					...placed,
					field.choice(
						'for',
						text('For whom', 'Für wen'),
						{
							team: text('For the two of us', 'Für uns beide'),
							programme: text('For the next pairs', 'Für die nächsten Paare'),
							org: text('For everybody at work', 'Für alle im Haus')
						},
						{
							required: true,
							help: text(
								'What is for the next pairs is read, once you have ended, by whoever runs the programme: this alone, without your names. Without a programme it is for your mentor’s next plan.',
								'Was für die nächsten Paare ist, liest nach eurem Abschluss die Programmleitung: nur das hier, ohne eure Namen. Ohne Programm ist es für den nächsten Plan eurer Mentorin oder eures Mentors.'
							)
						}
					)
				]
			}
		},
		template: shaped(
			text('Your next room of this kind begins with it.', 'Dein nächster Raum dieser Art beginnt damit.'),
			{ alone: true }
		),
		onward: {
			block: 'form',
			scope: 'room',
			name: text('Become a mentor?', 'Selbst Mentor*in werden?'),
			settings: {
				titled: true,
				who: mentee,
				show: 'role',
				to: runs,
				fields: [
					field.choice(
						'mentor',
						text('Would you do this for somebody new?', 'Würdest du das für jemand Neues tun?'),
						{ yes: text('Yes', 'Ja'), later: text('Later', 'Später'), no: text('No', 'Nein') },
						{ required: true }
					)
				]
			}
		}
	},
	documents: {},
	phases,
	always: {
		...facilitation(pair),
		...saying(mentee, pair),
		...askedForRoles(mentor),
		'agenda.ready': pair
	},
	panel: beside,
	wires: [
		{ on: 'plan.begun', run: 'meetings.begin', take: { day: 'day' } },
		{ on: 'plan.reached', run: 'agenda.lead', take: { to: 'phase' } },
		{ on: 'plan.changed', run: 'meetings.sign', take: { person: 'person' } },
		{ on: 'contacts.added', run: 'meetings.sign', take: { person: 'person' } },
		{ on: 'questions.answered', run: 'meetings.sign', take: { person: 'person' } },
		{ on: 'pulse.submitted', run: 'plan.raise', take: { text: 'stuck' }, set: { from: 'pulse' } },
		{ on: 'pulse.submitted', run: 'plan.settle', take: { tag: 'day' } },
		{
			on: 'improvements.handed',
			run: 'template.suggest',
			take: { key: 'id', person: 'person', ...suggestion }
		},
		{ on: 'improvements.tookBack', run: 'template.retract', take: { key: 'id' } },
		{ on: 'agenda.ended', run: 'plan.close' },
		{ on: 'agenda.ended', run: 'meetings.stop' }
	],
	sealed: [
		// answers by a tap; `tests` of the format look that no other role has them
		{ what: 'fit.submit', sees: runs },
		{ what: 'onward.submit', sees: runs }
	],
	shared: [
		// the answer goes with it; whoever asked decides
		{ what: 'questions.submit', by: 'questions.publish', unnamed: true },
		{ what: 'questions.answer', by: 'questions.publish', unnamed: true },
		{ what: 'improvements.submit', if: { 'entry.for': 'org' } }
	],
	handed: [
		{ what: 'improvements.submit', if: { 'entry.for': 'programme' } },
		{ what: 'improvements.submit', if: { 'entry.for': 'org' } }
	],
	begins: [
		{ setting: 'plan.template', from: 'template' },
		{ setting: 'template.begin', from: 'template' }
	],
	reports: [
		{ fact: 'plan.done', of: 'plan.items', name: text('Plan', 'Plan') },
		{ fact: 'meetings.held', of: 'meetings.planned', name: text('Meetings', 'Treffen') },
		{ fact: 'meetings.silent', name: text('Silent days', 'Tage Stille') },
		{ fact: 'fit.says/mentee', name: text('Fit, mentee', 'Passung, Mentee'), words: fits },
		{ fact: 'fit.says/mentor', name: text('Fit, mentor', 'Passung, Mentor*in'), words: fits }
	],
	presets: { cohort }
};
