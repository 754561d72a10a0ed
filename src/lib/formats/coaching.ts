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
	type Preset
} from './format.ts';
import { meetings, planningMeetings } from './meetings.ts';
import { keeping, offering, owning, submitting, upkeep } from './verbs.ts';

const pair = ['coachee', 'coach'];
const coachee = ['coachee'];

/** A goal is its owner's; what may be done with it when is the same in every phase. */
const ownGoals: Permissions = allow('goals', [...owning, 'show'], coachee);

const ownActions: Permissions = allow('actions', keeping, coachee);

/** The coach asks; only after "I'd like a suggestion" may there be one of theirs. */
const suggesting: Permissions = { 'options.wish': coachee, 'options.add': ['coach'] };

const exploring: Permissions = {
	...suggesting,
	...allow('options', upkeep, pair),
	'options.choose': coachee
};

const committing: Permissions = { ...exploring, 'actions.add': coachee };

/** Both have to want it: asked by the one, accepted by the other. */
const matching: Permissions = allow('roster', offering, coachee);

const contracting: Permissions = { 'contract.submit': coachee, 'contract.sign': pair };

const begun: readonly string[] = ['roster', 'goals', 'actions', 'dates', 'contract', 'journal', 'notes'];

const goal: Phase = {
	id: 'P0',
	name: text('Goal first', 'Erst das Ziel'),
	about: text(
		'Set at least one goal, with a scale and a sign of success. Between two meetings: how is it going?',
		'Mindestens ein Ziel setzen, mit Skala und Erfolgszeichen. Zwischen zwei Treffen: Wie läuft es?'
	),
	when: 'ahead',
	minutes: null,
	stage: ['goals'],
	panel: ['roster', 'dates', 'actions', 'contract', 'journal', 'notes'],
	projector: 'goals',
	may: { 'goals.checkIn': coachee }
};

const match: Phase = {
	id: 'P1',
	name: text('Match and contract', 'Vereinbarung'),
	about: text(
		'Ask somebody to be the coach, then take twenty minutes to agree how you work together.',
		'Jemanden um Coaching bitten; dann zwanzig Minuten für die Vereinbarung.'
	),
	when: 'ahead',
	minutes: null,
	stage: ['roster', 'contract'],
	panel: ['goals', 'roster', 'dates', 'journal', 'notes'],
	projector: 'goals',
	may: { ...matching, ...contracting, 'goals.checkIn': coachee },
	gate: [
		{
			fact: 'goals.ready',
			atLeast: 1,
			because: text(
				'First a goal, with a scale and a sign of success; then a coach is chosen.',
				'Erst ein Ziel mit Skala und Erfolgszeichen; dann kommt ein Coach dazu.'
			)
		}
	]
};

const review: Phase = {
	id: 'P2',
	name: text('Review', 'Rückblick'),
	about: text(
		'What’s better? Each step, and where it stands.',
		'Was ist besser? Jeder Schritt, und der Stand.'
	),
	when: 'live',
	minutes: 5,
	stage: ['actions', 'goals'],
	panel: ['roster', 'journal', 'notes', 'contract'],
	projector: 'goals',
	may: { 'actions.review': coachee, 'goals.rate': coachee },
	enter: [{ run: 'actions.startReview' }],
	gate: [
		{
			fact: 'goals.ready',
			atLeast: 1,
			because: text(
				'Coaching begins with a goal that has a scale and a sign of success.',
				'Coaching beginnt mit einem Ziel, das Skala und Erfolgszeichen hat.'
			)
		},
		{
			fact: 'roster.coach',
			is: 1,
			because: text(
				'There is no coach yet: ask somebody in P1.',
				'Noch gibt es keinen Coach: In P1 jemanden darum bitten.'
			)
		},
		{
			fact: 'contract.signed',
			is: true,
			because: text(
				'The contract comes first: write it in P1, and both sign it.',
				'Zuerst die Vereinbarung: in P1 aufschreiben, beide unterschreiben.'
			)
		}
	]
};

const reflect: Phase = {
	id: 'P7',
	name: text('Reflect', 'Nachdenken'),
	about: text('What each takes along, in a sentence.', 'Was jede Seite mitnimmt, in einem Satz.'),
	when: 'live',
	minutes: 4,
	stage: ['reflection'],
	panel: begun,
	projector: 'goals',
	may: allow('reflection', submitting, pair),
	gate: [
		{
			fact: 'actions.unsure',
			is: 0,
			because: text(
				'A confidence below 7 means the step is too large: shrink it first.',
				'Eine Zuversicht unter 7 heißt, der Schritt ist zu groß: erst verkleinern.'
			)
		}
	]
};

const close: Phase = {
	id: 'P8',
	name: text('Close', 'Abschluss'),
	about: text(
		'The scale before and after, and how well the two of you fitted. Take along what is yours.',
		'Die Skala vorher und nachher, und wie gut ihr zusammengepasst habt. Mitnehmen, was bleiben soll.'
	),
	when: 'after',
	minutes: null,
	closing: true,
	stage: ['goals', 'fit'],
	panel: ['roster', 'actions', 'journal', 'notes'],
	projector: 'goals',
	may: { 'goals.rate': coachee, ...allow('fit', submitting, pair) }
};

/** A phase that both write the page in. */
function writing(
	id: string,
	minutes: number,
	name: Text,
	about: Text,
	more: Pick<Phase, 'may'> & Partial<Phase>
): Phase {
	const panel = ['roster', 'options', 'goals', 'actions', 'journal', 'notes'];
	return { id, name, about, when: 'live', minutes, stage: ['page'], panel, projector: 'goals', ...more };
}

/** Where options are gathered and one is chosen. */
const choosing = {
	stage: ['options', 'page'],
	panel: ['roster', 'goals', 'actions', 'journal', 'notes'],
	projector: 'options',
	may: exploring
};

/** Where a step is taken on: one of three or more options was chosen before. */
const willing = {
	stage: ['actions', 'options'],
	panel: ['roster', 'goals', 'journal', 'notes'],
	projector: 'actions',
	may: committing,
	gate: [
		{
			fact: 'options.chosen',
			atLeast: 1,
			because: text(
				'Three or more options come first, and one of them is chosen.',
				'Erst drei Möglichkeiten oder mehr, dann die Wahl.'
			)
		}
	]
};

const page = (prompts: Readonly<Record<string, Text[]>>) => ({
	block: 'board',
	scope: 'meeting' as const,
	name: text('Meeting page', 'Seite des Treffens'),
	document: 'page',
	settings: {
		shape: 'page',
		mirror: { role: 'coach', most: 0.4, text: text('Written by the coach', 'Vom Coach geschrieben') },
		guide: text(
			'What is said that should not get lost. Only the two of you read it.',
			'Was nicht verloren gehen soll. Nur ihr beide lest es.'
		),
		prompts
	}
});

const grow: readonly Phase[] = [
	writing(
		'P3',
		8,
		text('Goal', 'Ziel'),
		text('What would make these 45 minutes worth it?', 'Wann haben sich diese 45 Minuten gelohnt?'),
		{ may: suggesting }
	),
	writing(
		'P4',
		10,
		text('Reality', 'Wirklichkeit'),
		text(
			'What happens now, who, when, and what was tried.',
			'Was jetzt geschieht, wer, wann, und was versucht wurde.'
		),
		{ may: suggesting }
	),
	writing(
		'P5',
		10,
		text('Options', 'Möglichkeiten'),
		text('Three or more before one is chosen.', 'Drei oder mehr, bevor eine gewählt wird.'),
		choosing
	),
	writing(
		'P6',
		8,
		text('Will', 'Wille'),
		text(
			'One step, by when, what could come in between, how sure.',
			'Ein Schritt, bis wann, was dazwischenkommen kann, wie sicher.'
		),
		willing
	)
];

const growPrompts = {
	P3: [
		text('What would you like to have at the end of today?', 'Was soll am Ende von heute da sein?'),
		text('How will you notice it?', 'Woran wirst du es merken?')
	],
	P4: [
		text('What happens now? And then?', 'Was geschieht jetzt? Und dann?'),
		text('What have you tried, and what did it do?', 'Was hast du versucht, und was hat es bewirkt?'),
		text('When is it a little less so?', 'Wann ist es ein wenig anders?')
	],
	P5: [
		text('What else?', 'Was noch?'),
		text('What would you do if nobody watched?', 'Was würdest du tun, wenn niemand zusähe?')
	]
};

const oskar: Preset = {
	text: text('OSKAR'),
	about: text(
		'Solution-focused: outcome, scale, know-how, affirm and act.',
		'Lösungsorientiert: Ergebnis, Skala, Können, bestärken und handeln.'
	),
	blocks: {
		page: page({
			P3: [
				text('What do you want from today?', 'Was willst du heute erreichen?'),
				text(
					'Suppose it is solved overnight: what do you notice first?',
					'Angenommen, es ist über Nacht gelöst: Was merkst du zuerst?'
				)
			],
			P4: [
				text(
					'What got you to where you stand, and not lower?',
					'Was hat dich bis hierher gebracht und nicht tiefer?'
				),
				text('What would be one point higher?', 'Was wäre einen Punkt höher?')
			],
			P5: [
				text(
					'When did it go better, and how did you do that?',
					'Wann ging es besser, und wie hast du das gemacht?'
				),
				text('Who could help?', 'Wer könnte helfen?')
			]
		})
	},
	phases: [
		goal,
		match,
		review,
		writing(
			'P3',
			8,
			text('Outcome', 'Ergebnis'),
			text('What is wanted instead of the problem.', 'Was an die Stelle des Problems treten soll.'),
			{
				may: suggesting
			}
		),
		writing(
			'P4',
			8,
			text('Scaling', 'Skala'),
			text(
				'Where it stands, why not lower, and one point up.',
				'Wo es steht, warum nicht tiefer, und ein Punkt mehr.'
			),
			{
				stage: ['goals', 'page'],
				panel: ['roster', 'actions', 'journal', 'notes'],
				may: { ...suggesting, 'goals.rate': coachee }
			}
		),
		writing(
			'P5',
			12,
			text('Know-how', 'Können'),
			text(
				'What works already, and three ways to use more of it.',
				'Was schon gelingt, und drei Wege zu mehr davon.'
			),
			choosing
		),
		writing(
			'P6',
			8,
			text('Affirm and act', 'Bestärken und handeln'),
			text(
				'What is already good, and the next small step.',
				'Was schon gut ist, und der nächste kleine Schritt.'
			),
			willing
		),
		reflect,
		close
	]
};

const clear: Preset = {
	text: text('CLEAR'),
	about: text(
		'Contract, listen, explore, act, review: more time to listen.',
		'Vereinbaren, zuhören, erkunden, handeln, rückblicken: mehr Zeit zum Zuhören.'
	),
	blocks: {
		page: page({
			P3: [
				text('What matters most today?', 'Was ist heute am wichtigsten?'),
				text('What else belongs to it?', 'Was gehört noch dazu?')
			],
			P4: [
				text(
					'How does it feel to you, and to the others?',
					'Wie fühlt es sich an, für dich und für die anderen?'
				),
				text('What changes if you look at it from their side?', 'Was ändert sich von der anderen Seite aus?')
			]
		})
	},
	phases: [
		goal,
		match,
		{
			...review,
			name: text('Contract', 'Vereinbaren'),
			about: text(
				'What became of each step, and what today is for.',
				'Was aus jedem Schritt wurde, und wozu heute da ist.'
			)
		},
		writing(
			'P3',
			12,
			text('Listen', 'Zuhören'),
			text(
				'The coach listens, and says back what was heard.',
				'Der Coach hört zu und gibt wieder, was gesagt wurde.'
			),
			{
				may: suggesting
			}
		),
		writing(
			'P4',
			8,
			text('Explore', 'Erkunden'),
			text(
				'What it does to whom, and how else it could be seen.',
				'Was es mit wem macht, und wie es sich noch sehen lässt.'
			),
			{
				may: suggesting
			}
		),
		writing(
			'P5',
			8,
			text('Options', 'Möglichkeiten'),
			text('Three or more before one is chosen.', 'Drei oder mehr, bevor eine gewählt wird.'),
			choosing
		),
		writing(
			'P6',
			8,
			text('Action', 'Handeln'),
			text('One step, by when, how sure.', 'Ein Schritt, bis wann, wie sicher.'),
			willing
		),
		{
			...reflect,
			name: text('Review', 'Rückschau'),
			about: text(
				'What helped today, and what to do otherwise next time.',
				'Was heute geholfen hat, und was nächstes Mal anders sein soll.'
			)
		},
		close
	]
};

export const coaching: Format = {
	name: 'coaching',
	text: text('Coaching', 'Coaching'),
	about: text(
		'A peer coaches a peer; whoever is coached sets the goals first.',
		'Unter Gleichen: Wer gecoacht wird, setzt zuerst die eigenen Ziele.'
	),
	people: text('2 people', '2 Personen'),
	least: 1,
	most: 4,
	length: text('6 × 45 min', '6 × 45 Min.'),
	roles: {
		coachee: {
			name: text('Coachee'),
			about: text(
				'Sets the goals, decides who sees them, chooses the coach, takes the steps.',
				'Setzt die Ziele und bestimmt, wer sie sieht; wählt den Coach, geht die Schritte.'
			),
			facilitates: true,
			subject: true,
			moderates: true,
			most: 1
		},
		coach: {
			name: text('Coach'),
			about: text(
				'Asks; gives a suggestion only when one is wished for.',
				'Fragt; gibt einen Rat nur, wenn einer gewünscht ist.'
			),
			facilitates: true,
			offered: true,
			sought: true,
			most: 1
		},
		invited: {
			name: text('Invited', 'Eingeladene*r'),
			about: text(
				'Has come in by the link, sees nothing yet, and is asked to be coach or sponsor.',
				'Ist über den Link hereingekommen, sieht noch nichts und wird um eine Rolle gebeten.'
			),
			outside: ['roster']
		},
		sponsor: {
			name: text('Sponsor', 'Auftraggeber*in'),
			about: text(
				'Is told dates and number of the meetings, and titles of goals that are shared.',
				'Erfährt Tage und Zahl der Treffen und die Titel freigegebener Ziele.'
			),
			offered: true,
			outside: ['agenda', 'goals']
		}
	},
	host: 'coachee',
	guest: 'invited',
	blocks: {
		dates: meetings(pair, 45),
		agenda: {
			block: 'agenda',
			scope: 'meeting',
			name: text('Meetings', 'Treffen'),
			settings: { planned: 6, told: ['sponsor'] }
		},
		roster: everyRoom.roster,
		goals: {
			block: 'goals',
			scope: 'room',
			name: text('Goals', 'Ziele'),
			settings: {
				asks: ['area', 'why', 'sign'],
				needs: ['scale', 'sign'],
				taps: 'progress',
				every: 7,
				to: 'sponsor'
			}
		},
		contract: {
			block: 'form',
			scope: 'room',
			name: text('Contract', 'Vereinbarung'),
			settings: {
				who: coachee,
				signers: pair,
				fields: [
					field.line('rhythm', text('How often, how long, where', 'Wie oft, wie lange, wo'), {
						most: 140,
						required: true,
						help: text(
							'Such as: every two weeks, 45 minutes, six times.',
							'Etwa: alle zwei Wochen, 45 Minuten, sechsmal.'
						)
					}),
					field.text('stays', text('What stays between us', 'Was unter uns bleibt'), {
						most: 500,
						required: true
					}),
					field.text(
						'exceptions',
						text(
							'The exceptions: what would have to be told, and to whom',
							'Die Ausnahmen: was gesagt werden müsste, und wem'
						),
						{ most: 500, required: true }
					),
					field.text('ending', text('How either of us can end it', 'Wie jede Seite aufhören kann'), {
						most: 280
					})
				]
			}
		},
		page: page(growPrompts),
		options: {
			block: 'options',
			scope: 'meeting',
			name: text('Options', 'Möglichkeiten'),
			settings: { advisers: ['coach'] }
		},
		actions: {
			block: 'actions',
			scope: 'room',
			name: text('Actions', 'Vorhaben'),
			settings: { dated: true, sure: 7 }
		},
		reflection: {
			block: 'form',
			scope: 'meeting',
			name: text('Reflection', 'Nachgedacht'),
			settings: {
				who: pair,
				fields: [
					field.text('text', text('What I take with me', 'Was ich mitnehme'), { most: 280, required: true })
				]
			}
		},
		fit: {
			block: 'seal',
			scope: 'meeting',
			name: text('How we fitted', 'Wie wir zusammenpassten'),
			settings: {
				who: pair,
				reveal: 'all',
				fields: [
					field.scale('fit', text('The two of us were a good match', 'Wir haben gut zusammengepasst'), {
						required: true,
						low: text('not at all', 'gar nicht'),
						high: text('very much', 'sehr')
					}),
					field.text(
						'helped',
						text(
							'What helped, and what I would do otherwise',
							'Was geholfen hat, und was ich anders machen würde'
						),
						{ most: 280 }
					)
				]
			}
		},
		journal: {
			block: 'board',
			scope: 'room',
			name: text('My journal', 'Mein Journal'),
			document: 'journal',
			settings: {
				shape: 'page',
				guide: text('What you want to remember for yourself.', 'Was du für dich behalten willst.')
			}
		},
		notes: {
			block: 'board',
			scope: 'room',
			name: text('My notes', 'Meine Notizen'),
			document: 'notes',
			settings: {
				shape: 'page',
				guide: text(
					'What you heard, and what you want to ask next time.',
					'Was du gehört hast, und was du nächstes Mal fragen willst.'
				)
			}
		}
	},
	documents: {
		page: { scope: 'meeting', read: pair, write: pair, credit: 'page.credit' },
		journal: { scope: 'person', read: [], write: coachee },
		notes: { scope: 'person', read: [], write: ['coach'] }
	},
	phases: [goal, match, review, ...grow, reflect, close],
	always: {
		...facilitation(pair),
		...planningMeetings(pair, pair),
		...ownGoals,
		...ownActions,
		...askedForRoles(coachee),
		'roster.keepInMind': coachee,
		'agenda.ready': pair
	},
	panel: begun,
	// What two people said to each other is nobody's archive: it can be exported until then, and is gone for good.
	// Who stops without closing it has put it away, or does not meet any more.
	retention: [
		{ after: { fact: 'agenda.closed' }, days: 90, what: 'room' },
		{ after: 'archived', days: 90, what: 'room' },
		{ after: 'ended', days: 365, what: 'room' }
	],
	sealed: [
		{ what: 'goals.add', if: { visibility: 'self' } },
		{ what: 'goals.add', if: { visibility: 'room' }, sees: '*', opens: 'goals.show', then: ['sponsor'] },
		{ what: 'fit.submit', opens: 'fit.revealed' }
	],
	presets: { oskar, clear }
};
