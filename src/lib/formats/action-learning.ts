import { field } from './fields.ts';
import {
	allow,
	everyRoom,
	facilitation,
	text,
	type Format,
	type Gate,
	type Permissions,
	type Phase,
	type Preset,
	type Sealed
} from './format.ts';
import { meetings, planningMeetings } from './meetings.ts';
import { keeping, leadingTurns, sitting, submitting, talking } from './verbs.ts';

const group = ['coach', 'presenter', 'member'];
/** Whoever works on the problem; the coach only asks. */
const workers = ['presenter', 'member'];

const ownActions: Permissions = { ...allow('actions', keeping, group), 'actions.share': ['presenter'] };

/** What the coach does with turns, whenever people talk. */
const leading: Permissions = { 'floor.tag': group, ...allow('floor', leadingTurns, ['coach']) };

const turns: Permissions = { ...allow('floor', talking, group), ...leading };

/** The sponsor hears of it once there is something to release. */
const releasing = allow('brief', [...submitting, 'give'], ['presenter']);

const asking: Permissions = { ...turns, ...allow('floor', ['say', 'answer'], group) };
const jotting = allow('floor', ['jot', 'discard'], group);
const listeners = ['coach', 'member'];
const listening: Permissions = { 'floor.jot': listeners, 'floor.discard': group };

/** Everybody in the room sees it, and the sponsor, who stands outside, once it is shared. */
const promised: Sealed = { what: 'actions.add', sees: '*', opens: 'actions.share', then: ['sponsor'] };
/**
 * Nobody explores or commits before the presenter has said which problem it is. A meeting in which nobody presents, or
 * which runs out of time, goes on to what was learned.
 */
const agreed: Gate = {
	fact: 'problem.accepted',
	is: true,
	skippable: true,
	because: text(
		'The presenter accepts one sentence first, in P4. If none fits, write another round.',
		'Erst wird in P4 ein Satz angenommen. Passt keiner, folgt noch eine Runde.'
	)
};

const learned: Sealed = { what: 'learning.submit', if: { 'entry.for': 'self' } };

/** The quick variant: whoever brings the issue only listens while the others consult. */
const troika: Preset = {
	text: text('Troika', 'Troika'),
	about: text(
		'Eleven minutes for one issue: two consult, and whoever brought it only listens.',
		'Elf Minuten für ein Anliegen: Zwei beraten, und wer es mitbringt, hört nur zu.'
	),
	least: 3,
	most: 3,
	blocks: {
		floor: {
			block: 'floor',
			scope: 'meeting',
			name: text('Turns', 'Beiträge'),
			settings: { tag: 'question', counted: ['member'], answers: ['presenter'] }
		}
	},
	phases: [
		{
			id: 'T0',
			name: text('Issue', 'Anliegen'),
			about: text('Write down what you bring.', 'Vorab aufschreiben, was mitkommt.'),
			when: 'ahead',
			minutes: null,
			stage: ['issue'],
			may: allow('issue', submitting, workers)
		},
		{
			id: 'T1',
			name: text('Share', 'Schildern'),
			about: text('One shares an issue, two listen.', 'Jemand schildert ein Anliegen, die anderen hören zu.'),
			when: 'live',
			minutes: 2,
			stage: ['issue'],
			projector: 'issue',
			may: { 'issue.submit': ['presenter'], 'issue.release': ['presenter'] },
			enter: [{ run: 'issue.reveal', payload: { role: 'presenter' } }]
		},
		{
			id: 'T2',
			name: text('Clarify', 'Klären'),
			about: text('Questions to understand, no advice yet.', 'Fragen zum Verstehen, noch kein Rat.'),
			when: 'live',
			minutes: 2,
			stage: ['issue', 'floor'],
			projector: 'issue',
			may: turns
		},
		{
			id: 'T3',
			name: text('Consult', 'Beraten'),
			about: text(
				'The consultants talk to each other; whoever brought the issue turns round and listens.',
				'Die anderen beraten sich untereinander; wer das Anliegen mitbringt, dreht sich um und hört zu.'
			),
			when: 'live',
			minutes: 5,
			stage: ['issue', 'floor'],
			projector: 'issue',
			may: {
				...leading,
				...allow('floor', ['start', 'stop', 'raise', 'lower'], listeners)
			}
		},
		{
			id: 'T4',
			name: text('Reflect', 'Nachdenken'),
			about: text(
				'Whoever brought the issue says what helped, and commits to one step.',
				'Wer das Anliegen mitgebracht hat, sagt, was geholfen hat, und nimmt sich einen Schritt vor.'
			),
			when: 'live',
			minutes: 2,
			stage: ['issue', 'actions'],
			projector: 'actions',
			enter: [{ run: 'roster.served' }],
			may: { 'actions.add': ['presenter'], 'floor.start': ['presenter'], 'floor.stop': ['presenter'] }
		}
	],
	wires: [{ on: 'roster.rotated', run: 'agenda.repeat', set: { from: 'T1' } }],
	sealed: [{ what: 'issue.submit', opens: 'T1', of: ['presenter'] }, promised],
	shared: []
};

const seated: Permissions = allow('groups', sitting, group);

/** One has the turn in each three: shares, is asked, listens, reflects. */
const turnOfOne: readonly (Pick<Phase, 'minutes' | 'name' | 'about'> &
	Partial<Phase> & { listens?: true })[] = [
	{
		minutes: 2,
		name: text('Share', 'Schildern'),
		about: text(
			'In each three one shares what they bring; two listen.',
			'In jeder Dreiergruppe schildert jemand ein Anliegen, zwei hören zu.'
		)
	},
	{
		minutes: 2,
		name: text('Clarify', 'Klären'),
		about: text('Questions to understand, no advice yet.', 'Fragen zum Verstehen, noch kein Rat.')
	},
	{
		minutes: 5,
		name: text('Consult', 'Beraten'),
		about: text(
			'The two consult each other; whoever shared turns round and only listens.',
			'Die zwei beraten sich; wer geschildert hat, dreht sich um und hört nur zu.'
		),
		listens: true
	},
	{
		minutes: 2,
		name: text('Reflect', 'Nachdenken'),
		about: text(
			'Whoever shared says what helped, and commits to one step.',
			'Wer geschildert hat, sagt, was geholfen hat, und nimmt sich einen Schritt vor.'
		),
		stage: ['groups', 'actions'],
		may: { ...seated, 'actions.add': group }
	}
];

const round = (n: number): Phase[] =>
	turnOfOne.map(({ listens = false, ...part }, at) => ({
		id: `R${turnOfOne.length * (n - 1) + at + 1}`,
		when: 'live',
		stage: ['groups'],
		panel: ['groups', 'actions', 'roster'],
		projector: 'groups',
		may: seated,
		enter: [
			{ run: 'groups.form', payload: { size: 3 } },
			{ run: 'groups.turn', payload: { n, listens } }
		],
		...part
	}));

/** The set splits in threes, and everybody brings something. */
const troikas: Preset = {
	text: text('Troika in threes', 'Troika zu dritt'),
	about: text(
		'The set splits in threes: each in turn brings an issue, eleven minutes a person.',
		'Die Gruppe teilt sich zu dritt auf: Reihum bringt jede Person ein Anliegen ein, elf Minuten lang.'
	),
	blocks: {
		// Each has a turn in their three, and nobody presents to all.
		roster: { ...everyRoom.roster, settings: { warns: { alike: group } } },
		groups: {
			block: 'groups',
			scope: 'meeting',
			name: text('Threes', 'Dreiergruppen'),
			settings: { who: group }
		}
	},
	phases: [
		{
			id: 'R0',
			name: text('Issue', 'Anliegen'),
			about: text(
				'Write down what you bring. Nobody else sees it: you tell it to your three.',
				'Vorab aufschreiben, was mitkommt. Sonst sieht es niemand: Erzählt wird es zu dritt.'
			),
			when: 'ahead',
			minutes: null,
			stage: ['issue'],
			may: allow('issue', submitting, workers)
		},
		...round(1),
		...round(2),
		...round(3),
		{
			id: 'R13',
			name: text('Learning', 'Lernen'),
			about: text('What each takes along.', 'Was alle mitnehmen.'),
			when: 'live',
			minutes: 6,
			stage: ['learning'],
			panel: ['roster', 'dates', 'actions'],
			projector: 'learning',
			may: { ...allow('learning', submitting, group), 'actions.add': group }
		}
	],
	sealed: [
		{ what: 'issue.submit' },
		// of those who sit together; nobody is told which of them wrote it
		{ what: 'groups.write', sees: group, unnamed: true },
		{ what: 'groups.reword', sees: group, unnamed: true },
		{ what: 'actions.add', sees: '*' },
		learned
	]
};

export const actionLearning: Format = {
	name: 'action-learning',
	text: text('Action learning', 'Action Learning'),
	about: text(
		'A small group works on one member’s real problem, mostly by asking.',
		'Eine kleine Gruppe arbeitet am echten Problem eines Mitglieds, vor allem durch Fragen.'
	),
	people: text('4 to 8 people', '4 bis 8 Personen'),
	least: 4,
	most: 8,
	length: text('75 min', '75 Min.'),
	roles: {
		coach: {
			name: text('Coach', 'Coach'),
			about: text('Runs the phases, only asks.', 'Führt durch die Phasen und fragt nur.'),
			facilitates: true,
			moderates: true,
			most: 1
		},
		presenter: {
			name: text('Presenter', 'Problemgeber*in'),
			about: text(
				'Brings the problem, accepts how it is put, commits to act.',
				'Bringt das Problem mit, nimmt seine Formulierung an, handelt danach.'
			),
			most: 1
		},
		member: {
			name: text('Member', 'Mitglied'),
			about: text('Asks, answers, commits.', 'Fragt, antwortet, nimmt sich etwas vor.'),
			open: true
		},
		sponsor: {
			name: text('Sponsor', 'Auftraggeber*in'),
			about: text(
				'Sees only what the presenter releases.',
				'Sieht nur, was die Person mit dem Problem freigibt.'
			),
			// Comes in by this very role: whoever was a member first, even for a minute, would have read the room.
			open: true,
			outside: ['brief', 'actions']
		}
	},
	host: 'coach',
	guest: 'member',
	blocks: {
		dates: meetings(group, 75),
		...everyRoom,
		roster: {
			...everyRoom.roster,
			settings: { warns: { alike: group }, rotation: { role: 'presenter', among: ['member'] } }
		},
		issue: {
			block: 'seal',
			scope: 'meeting',
			name: text('Issue', 'Anliegen'),
			settings: {
				who: workers,
				editable: true,
				keep: ['sealed'],
				fields: [
					field.line('title', text('My issue', 'Mein Anliegen'), {
						most: 140,
						required: true,
						help: text(
							'One sentence: what is going on, and for whom it hurts.',
							'Ein Satz: was los ist, und wem es weh tut.'
						)
					}),
					field.text('why', text('Why it is mine', 'Warum es meines ist'), { most: 500 }),
					field.text('tried', text('What I have tried', 'Was ich schon versucht habe'), { most: 500 }),
					field.text('help', text('What would help me', 'Was mir helfen würde'), { most: 500 })
				]
			}
		},
		problem: {
			block: 'seal',
			scope: 'meeting',
			name: text('The problem', 'Das Problem'),
			settings: {
				who: workers,
				reveal: 'all',
				keep: ['accepted'],
				fields: [
					field.line('text', text('The problem, in one sentence', 'Das Problem, in einem Satz'), {
						most: 140,
						required: true,
						help: text(
							'What is the problem behind the issue, as you see it now?',
							'Was ist das Problem hinter dem Anliegen, so wie es jetzt aussieht?'
						)
					})
				]
			}
		},
		floor: {
			block: 'floor',
			scope: 'meeting',
			name: text('Questions', 'Fragen'),
			settings: {
				mode: 'questions',
				kinds: ['question'],
				policy: 'not-yet-spoken',
				tag: 'question',
				tags: true,
				counted: ['member'],
				answers: ['presenter']
			}
		},
		board: {
			block: 'board',
			scope: 'meeting',
			name: text('Problem board', 'Problemtafel'),
			document: 'board',
			settings: { kinds: ['question', 'idea', 'finding', 'experiment'], checks: ['question', 'advice'] }
		},
		actions: {
			block: 'actions',
			scope: 'room',
			name: text('Actions', 'Vorhaben'),
			settings: { reviewers: ['coach'], to: 'sponsor', dated: true }
		},
		learning: {
			block: 'form',
			scope: 'meeting',
			name: text('Learning', 'Gelerntes'),
			settings: {
				per: 'many',
				audience: 'for',
				ledger: 'learning',
				who: group,
				fields: [
					field.text('text', text('What I take with me', 'Was ich mitnehme'), {
						most: 280,
						required: true,
						help: text(
							'About the problem, about asking, or about working together.',
							'Über das Problem, über das Fragen oder über die Zusammenarbeit.'
						)
					}),
					field.choice(
						'for',
						text('For whom', 'Für wen'),
						{
							self: text('For me: only I see it', 'Für mich: sonst sieht es niemand'),
							team: text('For this group', 'Für diese Gruppe'),
							org: text('For everybody at work', 'Für alle im Haus')
						},
						{ required: true }
					)
				]
			}
		},
		brief: {
			block: 'seal',
			scope: 'meeting',
			name: text('Released', 'Freigabe'),
			settings: {
				per: 'many',
				who: ['presenter'],
				to: 'sponsor',
				keep: ['given', 'sealed'],
				fields: [
					field.text('text', text('For the sponsor', 'Für Auftraggeber*in'), { most: 500, required: true })
				]
			}
		}
	},
	documents: {
		board: {
			scope: 'meeting',
			read: group,
			write: group,
			seed: { block: 'board', template: 'action-learning' }
		}
	},
	phases: [
		{
			id: 'P0',
			name: text('Issue', 'Anliegen'),
			about: text(
				'Write down what you bring, ahead of time. It opens with your turn to present.',
				'Vorab aufschreiben, was mitkommt. Es öffnet sich, wenn es vorgestellt wird.'
			),
			when: 'ahead',
			minutes: null,
			stage: ['issue'],
			may: allow('issue', submitting, workers)
		},
		{
			id: 'P1',
			name: text('Review', 'Rückblick'),
			about: text(
				'Each action: done, partly, not; and what was learned.',
				'Jedes Vorhaben: erledigt, teils, nicht; und was daran zu lernen war.'
			),
			when: 'live',
			minutes: 10,
			stage: ['actions'],
			panel: ['roster', 'floor'],
			projector: 'actions',
			may: { 'actions.review': group, ...turns },
			enter: [{ run: 'actions.startReview' }]
		},
		{
			id: 'P2',
			name: text('Present', 'Vorstellen'),
			about: text(
				'One presents, the others listen and write down questions for themselves.',
				'Jemand stellt vor, die anderen hören zu und notieren Fragen für sich.'
			),
			when: 'live',
			minutes: 3,
			stage: ['issue', 'floor'],
			projector: 'issue',
			may: {
				'issue.submit': ['presenter'],
				'issue.release': ['presenter'],
				'issue.withdraw': ['presenter'],
				...listening
			},
			enter: [{ run: 'problem.again' }, { run: 'issue.reveal', payload: { role: 'presenter' } }]
		},
		{
			id: 'P3',
			name: text('Questions', 'Fragen'),
			about: text(
				'Statements only in answer to questions. Anyone may ask anyone.',
				'Aussagen nur als Antwort auf Fragen. Alle dürfen alle fragen.'
			),
			when: 'live',
			minutes: 25,
			stage: ['problem', 'floor'],
			projector: 'floor',
			may: { ...asking, ...jotting },
			gate: [
				{
					fact: 'actions.unreviewed',
					is: 0,
					because: text(
						'P3 is locked until P1 is done: each action of the review needs its answer.',
						'P3 bleibt zu, bis P1 fertig ist: Zu jedem Vorhaben gehört eine Antwort.'
					)
				}
			]
		},
		{
			id: 'P4',
			name: text('Problem', 'Problem'),
			about: text(
				'Everyone writes one sentence, sealed; they open together. Repeat until the presenter accepts one.',
				'Alle schreiben einen Satz, versiegelt; dann öffnen sich alle. So lange, bis einer angenommen ist.'
			),
			when: 'live',
			minutes: 8,
			stage: ['problem'],
			panel: ['roster', 'floor', 'actions'],
			projector: 'problem',
			may: {
				...allow('problem', submitting, workers),
				'problem.reveal': ['coach'],
				'problem.again': ['coach', 'presenter'],
				'problem.accept': ['presenter'],
				...turns
			}
		},
		{
			id: 'P5',
			name: text('Explore', 'Erkunden'),
			about: text('On the problem board, by questions.', 'An der Problemtafel, mit Fragen.'),
			when: 'live',
			minutes: 12,
			stage: ['problem', 'board'],
			panel: ['roster', 'floor', 'actions'],
			projector: 'problem',
			may: turns,
			gate: [agreed]
		},
		{
			id: 'P6',
			name: text('Commit', 'Vornehmen'),
			about: text(
				'The presenter commits to a first step, by a day; others may, too.',
				'Ein erster Schritt bis zu einem Tag; auch die anderen dürfen sich etwas vornehmen.'
			),
			when: 'live',
			minutes: 7,
			stage: ['problem', 'actions'],
			panel: ['roster', 'floor', 'brief'],
			projector: 'actions',
			may: { 'actions.add': group, ...releasing },
			gate: [agreed]
		},
		{
			id: 'P7',
			name: text('Learning', 'Lernen'),
			about: text(
				'What each takes along. It runs its full time.',
				'Was alle mitnehmen. Diese Phase läuft ihre volle Zeit.'
			),
			when: 'live',
			minutes: 10,
			fixed: true,
			stage: ['problem', 'learning'],
			panel: ['roster', 'floor', 'actions', 'dates', 'brief'],
			projector: 'learning',
			may: { ...allow('learning', submitting, group), ...releasing },
			enter: [{ run: 'floor.release' }]
		}
	],
	always: {
		...facilitation(['coach']),
		...planningMeetings(['coach'], group),
		...ownActions,
		// What was left open is answered whenever whoever it was meant for comes to it.
		...allow('floor', ['answer', 'discard'], group),
		// A sponsor stays outside, and takes nobody's place.
		'agenda.ready': group,
		'roster.next': ['coach'],
		'roster.take': group,
		'roster.takeOver': group
	},
	panel: ['roster', 'dates', 'actions'],
	sealed: [
		{ what: 'issue.submit', opens: 'P2', of: ['presenter'] },
		{ what: 'floor.jot', opens: 'P7' },
		{ what: 'problem.submit', opens: 'problem.revealed' },
		promised,
		{ what: 'brief.submit', opens: 'brief.give', then: ['sponsor'] },
		learned
	],
	shared: [{ what: 'learning.submit', if: { 'entry.for': 'org' } }],
	wires: [
		{ on: 'issue.presented', run: 'problem.beside', take: { text: 'text', by: 'author' } },
		{ on: 'issue.released', run: 'problem.beside', take: { text: 'text', by: 'person' } },
		// Whoever has accepted a sentence has had their turn; the next one begins where they began.
		{ on: 'problem.accepted', run: 'roster.served' },
		{ on: 'roster.rotated', run: 'agenda.repeat', set: { from: 'P2' } },
		{ on: 'issue.revised', run: 'problem.beside', take: { text: 'text', by: 'author' } }
	],
	presets: { troika, troikas }
};
