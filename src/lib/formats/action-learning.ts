import {
	allow,
	facilitation,
	type Format,
	type Gate,
	type Permissions,
	type Phase,
	type Preset,
	type Sealed
} from './format.ts';
import { meetings, planningMeetings } from './meetings.ts';
import { keeping } from './verbs.ts';

const group = ['coach', 'presenter', 'member'];
/** Whoever works on the problem; the coach only asks. */
const workers = ['presenter', 'member'];

const ownActions: Permissions = { ...allow('actions', keeping, group), 'actions.share': ['presenter'] };

/** What the coach does with turns, whenever people talk. */
const leadingTurns: Permissions = {
	'floor.tag': group,
	...allow('floor', ['invite', 'call', 'dismiss', 'place', 'unplace'], ['coach'])
};

const talking: Permissions = {
	...allow('floor', ['raise', 'lower', 'decline', 'start', 'stop', 'drop'], group),
	...leadingTurns
};

/** The sponsor hears of it once there is something to release. */
const releasing = allow('brief', ['submit', 'withdraw', 'give'], ['presenter']);

const asking: Permissions = { ...talking, ...allow('floor', ['say', 'answer'], group) };
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
	because: {
		en: 'The presenter accepts one sentence first, in P4. If none fits, write another round.',
		de: 'Erst wird in P4 ein Satz angenommen. Passt keiner, folgt noch eine Runde.'
	}
};

const learned: Sealed = { what: 'learning.submit', if: { 'entry.for': 'self' } };

/** The quick variant: whoever brings the issue only listens while the others consult. */
const troika: Preset = {
	text: { en: 'Troika', de: 'Troika' },
	about: {
		en: 'Eleven minutes for one issue: two consult, and whoever brought it only listens.',
		de: 'Elf Minuten für ein Anliegen: Zwei beraten, und wer es mitbringt, hört nur zu.'
	},
	least: 3,
	most: 3,
	blocks: {
		floor: {
			block: 'floor',
			scope: 'meeting',
			name: { en: 'Turns', de: 'Beiträge' },
			settings: { tag: 'question', counted: ['member'], answers: ['presenter'] }
		}
	},
	phases: [
		{
			id: 'T0',
			name: { en: 'Issue', de: 'Anliegen' },
			about: { en: 'Write down what you bring.', de: 'Vorab aufschreiben, was mitkommt.' },
			when: 'ahead',
			minutes: null,
			stage: ['issue'],
			may: { 'issue.submit': workers, 'issue.withdraw': workers }
		},
		{
			id: 'T1',
			name: { en: 'Share', de: 'Schildern' },
			about: {
				en: 'One shares an issue, two listen.',
				de: 'Jemand schildert ein Anliegen, die anderen hören zu.'
			},
			when: 'live',
			minutes: 2,
			stage: ['issue'],
			projector: 'issue',
			may: { 'issue.submit': ['presenter'], 'issue.release': ['presenter'] },
			enter: [{ run: 'issue.reveal', payload: { role: 'presenter' } }]
		},
		{
			id: 'T2',
			name: { en: 'Clarify', de: 'Klären' },
			about: { en: 'Questions to understand, no advice yet.', de: 'Fragen zum Verstehen, noch kein Rat.' },
			when: 'live',
			minutes: 2,
			stage: ['issue', 'floor'],
			projector: 'issue',
			may: talking
		},
		{
			id: 'T3',
			name: { en: 'Consult', de: 'Beraten' },
			about: {
				en: 'The consultants talk to each other; whoever brought the issue turns round and listens.',
				de: 'Die anderen beraten sich untereinander; wer das Anliegen mitbringt, dreht sich um und hört zu.'
			},
			when: 'live',
			minutes: 5,
			stage: ['issue', 'floor'],
			projector: 'issue',
			may: {
				...leadingTurns,
				...allow('floor', ['start', 'stop', 'raise', 'lower'], listeners)
			}
		},
		{
			id: 'T4',
			name: { en: 'Reflect', de: 'Nachdenken' },
			about: {
				en: 'Whoever brought the issue says what helped, and commits to one step.',
				de: 'Wer das Anliegen mitgebracht hat, sagt, was geholfen hat, und nimmt sich einen Schritt vor.'
			},
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

const seated: Permissions = allow('groups', ['join', 'write', 'reword', 'drop'], group);

/** One has the turn in each three: shares, is asked, listens, reflects. */
function round(n: number): Phase[] {
	const part = (
		step: number,
		minutes: number,
		name: Phase['name'],
		about: Phase['about'],
		more: Partial<Phase> = {},
		listens = false
	): Phase => ({
		id: `R${4 * (n - 1) + step}`,
		name,
		about,
		when: 'live',
		minutes,
		stage: ['groups'],
		panel: ['groups', 'actions', 'roster'],
		projector: 'groups',
		may: seated,
		enter: [
			{ run: 'groups.form', payload: { size: 3 } },
			{ run: 'groups.turn', payload: { n, listens } }
		],
		...more
	});
	return [
		part(
			1,
			2,
			{ en: 'Share', de: 'Schildern' },
			{
				en: 'In each three one shares what they bring; two listen.',
				de: 'In jeder Dreiergruppe schildert jemand ein Anliegen, zwei hören zu.'
			}
		),
		part(
			2,
			2,
			{ en: 'Clarify', de: 'Klären' },
			{ en: 'Questions to understand, no advice yet.', de: 'Fragen zum Verstehen, noch kein Rat.' }
		),
		part(
			3,
			5,
			{ en: 'Consult', de: 'Beraten' },
			{
				en: 'The two consult each other; whoever shared turns round and only listens.',
				de: 'Die zwei beraten sich; wer geschildert hat, dreht sich um und hört nur zu.'
			},
			{},
			true
		),
		part(
			4,
			2,
			{ en: 'Reflect', de: 'Nachdenken' },
			{
				en: 'Whoever shared says what helped, and commits to one step.',
				de: 'Wer geschildert hat, sagt, was geholfen hat, und nimmt sich einen Schritt vor.'
			},
			{ stage: ['groups', 'actions'], may: { ...seated, 'actions.add': group } }
		)
	];
}

/** The set splits in threes, and everybody brings something. */
const troikas: Preset = {
	text: { en: 'Troika in threes', de: 'Troika zu dritt' },
	about: {
		en: 'The set splits in threes: each in turn brings an issue, eleven minutes a person.',
		de: 'Die Gruppe teilt sich zu dritt auf: Reihum bringt jede Person ein Anliegen ein, elf Minuten lang.'
	},
	blocks: {
		// Each has a turn in their three, and nobody presents to all.
		roster: {
			block: 'roster',
			scope: 'room',
			name: { en: 'People', de: 'Personen' },
			settings: { warns: { alike: group } }
		},
		groups: {
			block: 'groups',
			scope: 'meeting',
			name: { en: 'Threes', de: 'Dreiergruppen' },
			settings: { who: group }
		}
	},
	phases: [
		{
			id: 'R0',
			name: { en: 'Issue', de: 'Anliegen' },
			about: {
				en: 'Write down what you bring. Nobody else sees it: you tell it to your three.',
				de: 'Vorab aufschreiben, was mitkommt. Sonst sieht es niemand: Erzählt wird es zu dritt.'
			},
			when: 'ahead',
			minutes: null,
			stage: ['issue'],
			may: { 'issue.submit': workers, 'issue.withdraw': workers }
		},
		...round(1),
		...round(2),
		...round(3),
		{
			id: 'R13',
			name: { en: 'Learning', de: 'Lernen' },
			about: { en: 'What each takes along.', de: 'Was alle mitnehmen.' },
			when: 'live',
			minutes: 6,
			stage: ['learning'],
			panel: ['roster', 'dates', 'actions'],
			projector: 'learning',
			may: { 'learning.submit': group, 'learning.withdraw': group, 'actions.add': group }
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
		coach: {
			name: { en: 'Coach', de: 'Coach' },
			about: { en: 'Runs the phases, only asks.', de: 'Führt durch die Phasen und fragt nur.' },
			facilitates: true,
			moderates: true,
			most: 1
		},
		presenter: {
			name: { en: 'Presenter', de: 'Problemgeber*in' },
			about: {
				en: 'Brings the problem, accepts how it is put, commits to act.',
				de: 'Bringt das Problem mit, nimmt seine Formulierung an, handelt danach.'
			},
			most: 1
		},
		member: {
			name: { en: 'Member', de: 'Mitglied' },
			about: { en: 'Asks, answers, commits.', de: 'Fragt, antwortet, nimmt sich etwas vor.' },
			open: true
		},
		sponsor: {
			name: { en: 'Sponsor', de: 'Auftraggeber*in' },
			about: {
				en: 'Sees only what the presenter releases.',
				de: 'Sieht nur, was die Person mit dem Problem freigibt.'
			},
			// Comes in by this very role: whoever was a member first, even for a minute, would have read the room.
			open: true,
			outside: ['brief', 'actions']
		}
	},
	host: 'coach',
	guest: 'member',
	blocks: {
		dates: meetings(group, 75),
		agenda: { block: 'agenda', scope: 'meeting', name: { en: 'Phases', de: 'Phasen' } },
		roster: {
			block: 'roster',
			scope: 'room',
			name: { en: 'People', de: 'Personen' },
			settings: { warns: { alike: group }, rotation: { role: 'presenter', among: ['member'] } }
		},
		issue: {
			block: 'seal',
			scope: 'meeting',
			name: { en: 'Issue', de: 'Anliegen' },
			settings: {
				who: workers,
				editable: true,
				keep: ['sealed'],
				fields: [
					{
						name: 'title',
						kind: 'line',
						most: 140,
						required: true,
						text: { en: 'My issue', de: 'Mein Anliegen' },
						help: {
							en: 'One sentence: what is going on, and for whom it hurts.',
							de: 'Ein Satz: was los ist, und wem es weh tut.'
						}
					},
					{
						name: 'why',
						kind: 'text',
						most: 500,
						text: { en: 'Why it is mine', de: 'Warum es meines ist' }
					},
					{
						name: 'tried',
						kind: 'text',
						most: 500,
						text: { en: 'What I have tried', de: 'Was ich schon versucht habe' }
					},
					{
						name: 'help',
						kind: 'text',
						most: 500,
						text: { en: 'What would help me', de: 'Was mir helfen würde' }
					}
				]
			}
		},
		problem: {
			block: 'seal',
			scope: 'meeting',
			name: { en: 'The problem', de: 'Das Problem' },
			settings: {
				who: workers,
				reveal: 'all',
				keep: ['accepted'],
				fields: [
					{
						name: 'text',
						kind: 'line',
						most: 140,
						required: true,
						text: { en: 'The problem, in one sentence', de: 'Das Problem, in einem Satz' },
						help: {
							en: 'What is the problem behind the issue, as you see it now?',
							de: 'Was ist das Problem hinter dem Anliegen, so wie es jetzt aussieht?'
						}
					}
				]
			}
		},
		floor: {
			block: 'floor',
			scope: 'meeting',
			name: { en: 'Questions', de: 'Fragen' },
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
			name: { en: 'Problem board', de: 'Problemtafel' },
			document: 'board',
			settings: { kinds: ['question', 'idea', 'finding', 'experiment'], checks: ['question', 'advice'] }
		},
		actions: {
			block: 'actions',
			scope: 'room',
			name: { en: 'Actions', de: 'Vorhaben' },
			settings: { reviewers: ['coach'], to: 'sponsor', dated: true }
		},
		learning: {
			block: 'form',
			scope: 'meeting',
			name: { en: 'Learning', de: 'Gelerntes' },
			settings: {
				per: 'many',
				audience: 'for',
				ledger: 'learning',
				who: group,
				fields: [
					{
						name: 'text',
						kind: 'text',
						most: 280,
						required: true,
						text: { en: 'What I take with me', de: 'Was ich mitnehme' },
						help: {
							en: 'About the problem, about asking, or about working together.',
							de: 'Über das Problem, über das Fragen oder über die Zusammenarbeit.'
						}
					},
					{
						name: 'for',
						kind: 'choice',
						required: true,
						text: { en: 'For whom', de: 'Für wen' },
						values: [
							{
								value: 'self',
								text: { en: 'For me: only I see it', de: 'Für mich: sonst sieht es niemand' }
							},
							{ value: 'team', text: { en: 'For this group', de: 'Für diese Gruppe' } },
							{ value: 'org', text: { en: 'For everybody at work', de: 'Für alle im Haus' } }
						]
					}
				]
			}
		},
		brief: {
			block: 'seal',
			scope: 'meeting',
			name: { en: 'Released', de: 'Freigabe' },
			settings: {
				per: 'many',
				who: ['presenter'],
				to: 'sponsor',
				keep: ['given', 'sealed'],
				fields: [
					{
						name: 'text',
						kind: 'text',
						most: 500,
						required: true,
						text: { en: 'For the sponsor', de: 'Für Auftraggeber*in' }
					}
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
			name: { en: 'Issue', de: 'Anliegen' },
			about: {
				en: 'Write down what you bring, ahead of time. It opens with your turn to present.',
				de: 'Vorab aufschreiben, was mitkommt. Es öffnet sich, wenn es vorgestellt wird.'
			},
			when: 'ahead',
			minutes: null,
			stage: ['issue'],
			may: { 'issue.submit': workers, 'issue.withdraw': workers }
		},
		{
			id: 'P1',
			name: { en: 'Review', de: 'Rückblick' },
			about: {
				en: 'Each action: done, partly, not; and what was learned.',
				de: 'Jedes Vorhaben: erledigt, teils, nicht; und was daran zu lernen war.'
			},
			when: 'live',
			minutes: 10,
			stage: ['actions'],
			panel: ['roster', 'floor'],
			projector: 'actions',
			may: { 'actions.review': group, ...talking },
			enter: [{ run: 'actions.startReview' }]
		},
		{
			id: 'P2',
			name: { en: 'Present', de: 'Vorstellen' },
			about: {
				en: 'One presents, the others listen and write down questions for themselves.',
				de: 'Jemand stellt vor, die anderen hören zu und notieren Fragen für sich.'
			},
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
			name: { en: 'Questions', de: 'Fragen' },
			about: {
				en: 'Statements only in answer to questions. Anyone may ask anyone.',
				de: 'Aussagen nur als Antwort auf Fragen. Alle dürfen alle fragen.'
			},
			when: 'live',
			minutes: 25,
			stage: ['problem', 'floor'],
			projector: 'floor',
			may: { ...asking, ...jotting },
			gate: [
				{
					fact: 'actions.unreviewed',
					is: 0,
					because: {
						en: 'P3 is locked until P1 is done: each action of the review needs its answer.',
						de: 'P3 bleibt zu, bis P1 fertig ist: Zu jedem Vorhaben gehört eine Antwort.'
					}
				}
			]
		},
		{
			id: 'P4',
			name: { en: 'Problem', de: 'Problem' },
			about: {
				en: 'Everyone writes one sentence, sealed; they open together. Repeat until the presenter accepts one.',
				de: 'Alle schreiben einen Satz, versiegelt; dann öffnen sich alle. So lange, bis einer angenommen ist.'
			},
			when: 'live',
			minutes: 8,
			stage: ['problem'],
			panel: ['roster', 'floor', 'actions'],
			projector: 'problem',
			may: {
				'problem.submit': workers,
				'problem.withdraw': workers,
				'problem.reveal': ['coach'],
				'problem.again': ['coach', 'presenter'],
				'problem.accept': ['presenter'],
				...talking
			}
		},
		{
			id: 'P5',
			name: { en: 'Explore', de: 'Erkunden' },
			about: {
				en: 'On the problem board, by questions.',
				de: 'An der Problemtafel, mit Fragen.'
			},
			when: 'live',
			minutes: 12,
			stage: ['problem', 'board'],
			panel: ['roster', 'floor', 'actions'],
			projector: 'problem',
			may: talking,
			gate: [agreed]
		},
		{
			id: 'P6',
			name: { en: 'Commit', de: 'Vornehmen' },
			about: {
				en: 'The presenter commits to a first step, by a day; others may, too.',
				de: 'Ein erster Schritt bis zu einem Tag; auch die anderen dürfen sich etwas vornehmen.'
			},
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
			name: { en: 'Learning', de: 'Lernen' },
			about: {
				en: 'What each takes along. It runs its full time.',
				de: 'Was alle mitnehmen. Diese Phase läuft ihre volle Zeit.'
			},
			when: 'live',
			minutes: 10,
			fixed: true,
			stage: ['problem', 'learning'],
			panel: ['roster', 'floor', 'actions', 'dates', 'brief'],
			projector: 'learning',
			may: { 'learning.submit': group, 'learning.withdraw': group, ...releasing },
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
