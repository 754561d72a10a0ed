import type { Text } from '#lib/blocks/block.ts';
import { field } from './fields.ts';
import {
	allow,
	everyRoom,
	facilitation,
	text,
	type DocumentUse,
	type Format,
	type Permissions,
	type Phase,
	type Preset,
	type Role,
	type Use
} from './format.ts';
import { meetings, planningMeetings } from './meetings.ts';
import { keeping, moderating, submitting, tidying } from './verbs.ts';

const chair = ['chair'];
const speakersFor = ['speaker-for'];
const speakersAgainst = ['speaker-against'];
const speakers = [...speakersFor, ...speakersAgainst];
const judges = ['chair', 'fact-checker'];
const table = [...judges, ...speakers];

/* ── Permissions that several phases share ────────────────────────────────────────────────────── */

/** While evidence is on the table. */
const arguing: Permissions = {
	...allow('evidence', ['lay', 'rate'], speakers),
	...allow('evidence', ['challenge', 'withdraw'], [...speakers, 'fact-checker']),
	...allow('evidence', ['rule', 'reopen'], judges),
	'evidence.unblind': chair
};

const speaking: Permissions = {
	...allow('floor', ['begin', 'finish', 'grant', 'hold', 'resume'], chair),
	...allow('floor', ['consult', 'ready'], [...chair, ...speakers])
};

const askingFloor: Permissions = { 'floorq.submit': '*', 'floorq.vote': '*' };

const ballot: Permissions = { 'poll.vote': ['audience'], 'poll.open': chair, 'poll.close': chair };

/* ── Speeches ─────────────────────────────────────────────────────────────────────────────────── */

type Speech = { role: string; seat: number; seconds: number; label: { [language: string]: string } };

const speech = (side: 'for' | 'against', seat: number, minutes: number, en: string, de: string): Speech => ({
	role: `speaker-${side}`,
	seat,
	seconds: minutes * 60,
	label: { en, de }
});

const minutesOf = (speeches: Speech[]): number =>
	speeches.reduce((sum, { seconds }) => sum + seconds, 0) / 60;

/** Both sides in turn, two speakers a side. */
const openings = (minutes: number): Speech[] => [
	speech('for', 0, minutes, '1st opening', '1. Eröffnung'),
	speech('against', 0, minutes, '1st opening', '1. Eröffnung'),
	speech('for', 1, minutes, '2nd opening', '2. Eröffnung'),
	speech('against', 1, minutes, '2nd opening', '2. Eröffnung')
];

const closings = (minutes: number): Speech[] => [
	speech('against', 0, minutes, 'Closing', 'Schlusswort'),
	speech('for', 0, minutes, 'Closing', 'Schlusswort')
];

const cross = ['Cross-examination', 'Kreuzverhör'] as const;

/** 6-3-7-3-4-6-3: one speaker a side. */
const lincolnDouglas: Speech[] = [
	speech('for', 0, 6, 'Constructive', 'Aufbau'),
	speech('against', 0, 3, ...cross),
	speech('against', 0, 7, 'Constructive and rebuttal', 'Aufbau und Erwiderung'),
	speech('for', 0, 3, ...cross),
	speech('for', 0, 4, '1st rebuttal', '1. Erwiderung'),
	speech('against', 0, 6, 'Rebuttal', 'Erwiderung'),
	speech('for', 0, 3, '2nd rebuttal', '2. Erwiderung')
];

/** 6-3-6-3-5-3-5-3-5-5: three speakers a side. */
const karlPopper: Speech[] = [
	speech('for', 0, 6, 'Constructive', 'Aufbau'),
	speech('against', 2, 3, ...cross),
	speech('against', 0, 6, 'Constructive', 'Aufbau'),
	speech('for', 2, 3, ...cross),
	speech('for', 1, 5, '1st rebuttal', '1. Erwiderung'),
	speech('against', 0, 3, ...cross),
	speech('against', 1, 5, '1st rebuttal', '1. Erwiderung'),
	speech('for', 0, 3, ...cross),
	speech('for', 2, 5, '2nd rebuttal', '2. Erwiderung'),
	speech('against', 2, 5, '2nd rebuttal', '2. Erwiderung')
];

/* ── Phases, as every variant has them ────────────────────────────────────────────────────────── */

const prepare: Phase = {
	id: 'P0',
	name: text('Prepare', 'Vorbereiten'),
	about: text(
		'The motion, the sides, and each side’s evidence, for its own eyes.',
		'Die These, die Seiten und die Belege jeder Seite, nur für sie selbst.'
	),
	when: 'ahead',
	minutes: null,
	stage: ['evidence'],
	panel: ['roster', 'dates', 'openq', 'actions'],
	projector: 'evidence',
	may: { 'evidence.motion': chair, 'evidence.drop': chair, 'roster.lots': chair }
};

const voteBefore = (minutes: number): Phase => ({
	id: 'P1',
	name: text('Vote before', 'Erste Abstimmung'),
	about: text('Sealed until the second vote.', 'Verdeckt bis zur zweiten Abstimmung.'),
	when: 'live',
	minutes,
	stage: ['evidence', 'poll'],
	panel: ['roster'],
	projector: 'poll',
	may: { ...ballot, 'evidence.motion': chair },
	gate: [
		{
			fact: 'evidence.motion',
			is: true,
			because: text(
				'Write the motion first: that is what everybody votes on.',
				'Erst die These schreiben: über sie wird abgestimmt.'
			)
		}
	],
	enter: [{ run: 'poll.open', payload: { round: 'before' } }],
	leave: [{ run: 'poll.close' }]
});

function speeches(id: string, name: Text, about: Text, plan: Speech[], extra = 0): Phase {
	return {
		id,
		name,
		about,
		when: 'live',
		minutes: minutesOf(plan) + extra,
		stage: ['floor', 'evidence'],
		panel: ['floor', 'poll', 'floorq', 'roster'],
		projector: 'floor',
		may: { ...speaking, ...arguing, ...askingFloor },
		enter: [{ run: 'floor.schedule', payload: { set: id, speeches: plan } }]
	};
}

const openingPhase = (minutes: number): Phase =>
	speeches(
		'P2',
		text('Openings', 'Eröffnungen'),
		text(
			'Four speeches, hard stop; the chair may grant 30 seconds.',
			'Vier Reden mit festem Ende; der Vorsitz kann 30 Sekunden zugeben.'
		),
		openings(minutes)
	);

const crossQuestions = (minutes: number): Phase => ({
	id: 'P3',
	name: text('Cross-questions', 'Kreuzfragen'),
	about: text('Questions only, from side to side.', 'Nur Fragen, von Seite zu Seite.'),
	when: 'live',
	minutes,
	stage: ['cross', 'evidence'],
	panel: ['floorq', 'roster'],
	projector: 'cross',
	may: {
		...allow('cross', ['say', 'answer', 'raise', 'lower'], speakers),
		...allow('cross', ['start', 'stop', 'drop'], [...chair, ...speakers]),
		...allow('cross', ['call', 'dismiss'], chair),
		...arguing,
		...askingFloor
	}
});

const fromTheFloor = (minutes: number): Phase => ({
	id: 'P4',
	name: text('From the floor', 'Fragen aus dem Publikum'),
	about: text(
		'By votes; the chair alternates between the sides.',
		'Nach Stimmen; der Vorsitz wechselt zwischen den Seiten.'
	),
	when: 'live',
	minutes,
	stage: ['floorq', 'evidence'],
	panel: ['floorq', 'roster'],
	projector: 'floorq',
	may: {
		...allow('floorq', ['stage', 'next', 'back', 'answer'], chair),
		...arguing,
		...askingFloor
	}
});

const closingPhase = (minutes: number): Phase =>
	speeches(
		'P5',
		text('Closings', 'Schlussworte'),
		text('One a side. Nothing new.', 'Eines je Seite. Nichts Neues.'),
		closings(minutes)
	);

const switchSides = (minutes: number): Phase => ({
	id: 'P6',
	name: text('Switch', 'Rollentausch'),
	about: text(
		'Each side states the other’s best case until they click “Fair”.',
		'Jede Seite sagt das Beste der anderen, bis diese „Fair“ anklickt.'
	),
	when: 'live',
	minutes,
	stage: ['evidence'],
	panel: ['poll', 'roster'],
	projector: 'evidence',
	may: { 'evidence.state': speakers, 'evidence.fair': [...chair, ...speakers], ...arguing },
	enter: [{ run: 'evidence.unblind' }]
});

const voteAfter = (minutes: number): Phase => ({
	id: 'P7',
	name: text('Vote after', 'Zweite Abstimmung'),
	about: text(
		'The larger shift wins. Closing the vote shows it.',
		'Die größere Verschiebung gewinnt. Das Ende der Abstimmung zeigt sie.'
	),
	when: 'live',
	minutes,
	stage: ['evidence', 'poll'],
	panel: ['floorq', 'roster'],
	projector: 'poll',
	may: { ...ballot, 'poll.reveal': chair, 'evidence.rule': judges },
	gate: [
		{
			fact: 'evidence.switched',
			is: true,
			because: text(
				'Both sides’ cases have to be stated fairly first.',
				'Erst muss die Sache beider Seiten fair wiedergegeben sein.'
			)
		}
	],
	enter: [{ run: 'poll.open', payload: { round: 'after' } }],
	leave: [{ run: 'poll.reveal' }]
});

const debrief = (minutes: number): Phase => ({
	id: 'P8',
	name: text('Debrief', 'Nachlese'),
	about: text(
		'What we agree on, what stays open, what would change our mind.',
		'Was gilt, was offen bleibt, was uns umstimmen würde.'
	),
	when: 'live',
	minutes,
	stage: ['poll', 'synthesis', 'openq', 'actions', 'evidence'],
	panel: ['evidence', 'floorq', 'roster', 'dates'],
	projector: 'synthesis',
	may: {
		...allow('synthesis', submitting, table),
		...allow('openq', submitting, '*'),
		'actions.add': '*',
		'floorq.promote': chair,
		'floorq.answer': [...chair, ...speakers],
		'evidence.keep': chair,
		'evidence.drop': chair
	},
	enter: [{ run: 'floorq.close', payload: { what: 'both' } }]
});

/** How long what every debate has takes, in minutes. */
interface Pace {
	before: number;
	floor: number;
	switch: number;
	after: number;
	debrief: number;
}

/** Every method is this course; what is argued before the questions from the floor, and after them, is its own. */
function course(pace: Pace, argued: Phase[], closing: Phase[] = []): Phase[] {
	const table = [
		...argued,
		fromTheFloor(pace.floor),
		...closing,
		switchSides(pace.switch),
		voteAfter(pace.after)
	];
	return [
		prepare,
		voteBefore(pace.before),
		// Wherever a debate ends, what stands by then is kept; the debrief is the place to leave some out.
		...table.map((phase) => ({
			...phase,
			leave: [...(phase.leave ?? []), { run: 'evidence.keepStanding' }]
		})),
		debrief(pace.debrief)
	];
}

/* ── Variants ─────────────────────────────────────────────────────────────────────────────────── */

const roles = {
	chair: {
		name: text('Chair', 'Vorsitz'),
		about: text(
			'Leads, keeps the time, rules on challenges; speaks for no side.',
			'Leitet, achtet auf die Zeit, entscheidet über Anfechtungen; spricht für keine Seite.'
		),
		facilitates: true,
		moderates: true,
		most: 1
	},
	'speaker-for': {
		name: text('Speaker for', 'Spricht dafür'),
		about: text(
			'Argues for the motion: assigned, not a personal view.',
			'Spricht für die These: zugeteilt, keine persönliche Meinung.'
		),
		open: true,
		most: 2
	},
	'speaker-against': {
		name: text('Speaker against', 'Spricht dagegen'),
		about: text(
			'Argues against the motion: assigned, not a personal view.',
			'Spricht gegen die These: zugeteilt, keine persönliche Meinung.'
		),
		open: true,
		most: 2
	},
	'fact-checker': {
		name: text('Fact-checker', 'Faktencheck'),
		about: text(
			'Checks sources, challenges cards, rules on challenges.',
			'Prüft Quellen, ficht Belege an, entscheidet über Anfechtungen.'
		)
	},
	audience: {
		name: text('Audience', 'Publikum'),
		about: text('Votes before and after, asks from the floor.', 'Stimmt vorher und nachher ab, fragt.'),
		crowd: true,
		open: true
	}
} satisfies Record<string, Role>;

/** As many seats a side as the method has speakers. */
const seats = (most: number): Record<string, Role> => ({
	'speaker-for': { ...roles['speaker-for'], most },
	'speaker-against': { ...roles['speaker-against'], most }
});

const blocks = {
	// Those who prepare it have it in their calendars; the audience reads here when it is.
	dates: meetings(table, 60),
	...everyRoom,
	evidence: {
		block: 'evidence',
		scope: 'meeting',
		name: text('Evidence', 'Belege'),
		settings: {
			for: speakersFor,
			against: speakersAgainst,
			brief: ['P1', 'P7'],
			switch: ['P6']
		}
	},
	poll: {
		block: 'poll',
		scope: 'meeting',
		name: text('Vote', 'Abstimmung'),
		settings: {
			kind: 'choice',
			question: text('Where do you stand on the motion?', 'Für oder gegen die These?'),
			options: [
				{ id: 'for', text: text('For', 'Dafür') },
				{ id: 'against', text: text('Against', 'Dagegen') },
				{ id: 'undecided', text: text('Undecided', 'Unentschieden') }
			],
			paired: true,
			sides: ['for', 'against'],
			voters: ['audience'],
			// of one or two the totals are their ballots
			least: 3,
			revealAtClose: true,
			revealIn: 'P7'
		}
	},
	floor: {
		block: 'floor',
		scope: 'meeting',
		name: text('Speeches', 'Reden'),
		settings: { mode: 'speeches', sides: { for: speakersFor, against: speakersAgainst } }
	},
	cross: {
		block: 'floor',
		scope: 'meeting',
		name: text('Cross-questions', 'Kreuzfragen'),
		settings: {
			mode: 'questions',
			policy: 'alternate',
			kinds: ['question'],
			tag: 'question',
			sides: { for: speakersFor, against: speakersAgainst },
			counted: speakers,
			answers: speakers
		}
	},
	floorq: {
		block: 'list',
		scope: 'meeting',
		name: text('From the floor', 'Aus dem Publikum'),
		settings: {
			length: 140,
			anonymity: 'allowed',
			replies: false,
			offers: false,
			sorts: [
				{ value: 'both', text: text('Both sides', 'Beide Seiten') },
				{ value: 'for', text: text('For', 'Dafür') },
				{ value: 'against', text: text('Against', 'Dagegen') }
			],
			alternate: ['for', 'against']
		}
	},
	synthesis: {
		block: 'form',
		scope: 'meeting',
		name: text('Synthesis', 'Synthese'),
		settings: {
			who: table,
			fields: [
				field.text('agreed', text('What both sides agree on', 'Worin beide Seiten übereinstimmen'), {
					most: 300,
					required: true
				}),
				field.text('change', text('What would change our mind', 'Was uns umstimmen würde'), { most: 300 })
			]
		}
	},
	openq: {
		block: 'list',
		scope: 'room',
		name: text('Open questions', 'Offene Fragen'),
		settings: { replies: false }
	},
	actions: {
		block: 'actions',
		scope: 'room',
		name: text('Actions', 'Vorhaben'),
		settings: { assigners: chair }
	}
} satisfies Record<string, Use>;

/** Its own side's until the openings begin; written until the second vote. */
const preparation = (side: string[]): DocumentUse => ({
	scope: 'meeting',
	read: side,
	write: side,
	open: ['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'P6'],
	reveal: 'P2'
});

const presets: Record<string, Preset> = {
	'lincoln-douglas': {
		text: text('Lincoln–Douglas', 'Lincoln–Douglas'),
		about: text(
			'One against one, 6‑3‑7‑3‑4‑6‑3 minutes, and 4 minutes to prepare a side.',
			'Eins gegen eins, 6‑3‑7‑3‑4‑6‑3 Minuten, und 4 Minuten Vorbereitung je Seite.'
		),
		phases: course({ before: 3, floor: 8, switch: 6, after: 3, debrief: 8 }, [
			speeches(
				'P2',
				text('Speeches', 'Reden'),
				text(
					'Seven speeches; each side may take 4 minutes to prepare.',
					'Sieben Reden; jede Seite hat 4 Minuten zur Vorbereitung.'
				),
				lincolnDouglas,
				8
			)
		]),
		roles: seats(1),
		blocks: {
			floor: { ...blocks.floor, settings: { ...blocks.floor.settings, bank: 240 } }
		}
	},
	'karl-popper': {
		text: text('Karl Popper', 'Karl Popper'),
		about: text(
			'Three against three, 6‑3‑6‑3‑5‑3‑5‑3‑5‑5 minutes.',
			'Drei gegen drei, 6‑3‑6‑3‑5‑3‑5‑3‑5‑5 Minuten.'
		),
		phases: course({ before: 3, floor: 10, switch: 8, after: 3, debrief: 8 }, [
			speeches(
				'P2',
				text('Speeches', 'Reden'),
				text('Ten speeches, three speakers a side.', 'Zehn Reden, drei Redende je Seite.'),
				karlPopper
			)
		]),
		roles: seats(3)
	},
	quick: {
		text: text('Quick, 30 minutes', 'Kurz, 30 Minuten'),
		about: text(
			'All of the Oxford style, in half the time.',
			'Alles aus dem Oxford-Stil, in der halben Zeit.'
		),
		phases: course(
			{ before: 2, floor: 5, switch: 4, after: 2, debrief: 4 },
			[openingPhase(2), crossQuestions(3)],
			[closingPhase(1)]
		)
	}
};

export const debate: Format = {
	name: 'debate',
	text: text('Debate', 'Debatte'),
	about: text(
		'Two sides argue a motion with evidence; everyone votes before and after, and the larger shift wins.',
		'Zwei Seiten streiten mit Belegen über eine These; alle stimmen vorher und nachher ab, die größere Verschiebung gewinnt.'
	),
	people: text('6 to 2,000 people', '6 bis 2.000 Personen'),
	least: 6,
	most: 2000,
	length: text('60 min', '60 Min.'),
	roles,
	host: 'chair',
	guest: 'audience',
	blocks,
	documents: {
		'side/for': preparation(speakersFor),
		'side/against': preparation(speakersAgainst)
	},
	phases: course(
		{ before: 3, floor: 12, switch: 8, after: 3, debrief: 8 },
		[openingPhase(4), crossQuestions(6)],
		[closingPhase(2)]
	),
	always: {
		...facilitation(chair),
		...planningMeetings(chair, table),
		// Whoever speaks for one side cannot walk over to the other and read what it prepares.
		'roster.take': ['audience', 'fact-checker'],
		...allow('floorq', ['seen', 'reword', 'withdraw'], '*'),
		...allow('floorq', moderating, chair),
		...allow('openq', ['vote', 'seen', 'answer'], '*'),
		...allow('openq', ['assign', ...tidying], chair),
		...allow('actions', keeping, '*')
	},
	panel: ['roster'],
	headline: 'evidence.motion.current.text',
	sealed: [
		{ what: 'poll.vote', unnamed: true },
		{ what: 'evidence.rate', unnamed: true }
	],
	wires: [
		{ on: 'floorq.promoted', run: 'openq.submit', take: { text: 'text' } },
		{
			on: 'openq.assigned',
			run: 'actions.add',
			take: { text: 'text', owner: 'owner', due: 'due' },
			set: { from: 'openq' }
		}
	],
	options: [
		{
			name: 'sides',
			text: text('Sides', 'Seiten'),
			about: text(
				'Either way they are labelled “assigned, not a personal view”.',
				'In beiden Fällen steht dabei: „zugeteilt, keine persönliche Meinung“.'
			),
			sets: ['evidence.sides', { setting: 'roster.seats', as: { lot: 'drawn', 'sign-up': 'taken' } }],
			values: [
				{ value: 'lot', text: text('By lot', 'Nach Los') },
				{ value: 'sign-up', text: text('By sign-up', 'Nach Anmeldung') }
			],
			default: 'lot'
		},
		{
			name: 'fairness',
			text: text('No vote before both cases are fair', 'Erst fair, dann abstimmen'),
			about: text(
				'The second vote opens when each side has called the other’s statement of its case fair.',
				'Die zweite Abstimmung öffnet, wenn jede Seite die Wiedergabe ihrer Sache fair genannt hat.'
			),
			sets: ['evidence.mustBeFair'],
			default: true
		},
		{
			name: 'moderation',
			text: text('Approve questions first', 'Fragen erst freigeben'),
			about: text(
				'Questions from the floor wait until the chair lets them through.',
				'Fragen aus dem Publikum warten, bis der Vorsitz sie freigibt.'
			),
			sets: ['floorq.moderation'],
			default: false
		}
	],
	presets
};
