import type { Text } from '#lib/blocks/block.ts';
import {
	allow,
	facilitation,
	type DocumentUse,
	type Format,
	type Permissions,
	type Phase,
	type Preset,
	type Role,
	type Use
} from './format.ts';
import { meetings, planningMeetings } from './meetings.ts';
import { keeping, moderating, tidying } from './verbs.ts';

const chair = ['chair'];
const speakersFor = ['speaker-for'];
const speakersAgainst = ['speaker-against'];
const speakers = [...speakersFor, ...speakersAgainst];
const judges = ['chair', 'fact-checker'];
const table = [...judges, ...speakers];

/* ── Permissions that several phases share ────────────────────────────────────────────────────── */

/** While evidence is on the table. */
const arguing: Permissions = {
	'evidence.lay': speakers,
	'evidence.challenge': [...speakers, 'fact-checker'],
	'evidence.withdraw': [...speakers, 'fact-checker'],
	'evidence.rule': judges,
	'evidence.reopen': judges,
	'evidence.rate': speakers,
	'evidence.unblind': chair
};

const speaking: Permissions = {
	'floor.begin': chair,
	'floor.finish': chair,
	'floor.grant': chair,
	'floor.hold': chair,
	'floor.resume': chair,
	'floor.consult': [...chair, ...speakers],
	'floor.ready': [...chair, ...speakers]
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
	name: { en: 'Prepare', de: 'Vorbereiten' },
	about: {
		en: 'The motion, the sides, and each side’s evidence, for its own eyes.',
		de: 'Die These, die Seiten und die Belege jeder Seite, nur für sie selbst.'
	},
	when: 'ahead',
	minutes: null,
	stage: ['evidence'],
	panel: ['roster', 'dates', 'openq', 'actions'],
	projector: 'evidence',
	may: { 'evidence.motion': chair, 'evidence.drop': chair, 'roster.lots': chair }
};

const voteBefore = (minutes: number): Phase => ({
	id: 'P1',
	name: { en: 'Vote before', de: 'Erste Abstimmung' },
	about: { en: 'Sealed until the second vote.', de: 'Verdeckt bis zur zweiten Abstimmung.' },
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
			because: {
				en: 'Write the motion first: that is what everybody votes on.',
				de: 'Erst die These schreiben: über sie wird abgestimmt.'
			}
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
		{ en: 'Openings', de: 'Eröffnungen' },
		{
			en: 'Four speeches, hard stop; the chair may grant 30 seconds.',
			de: 'Vier Reden mit festem Ende; der Vorsitz kann 30 Sekunden zugeben.'
		},
		openings(minutes)
	);

const crossQuestions = (minutes: number): Phase => ({
	id: 'P3',
	name: { en: 'Cross-questions', de: 'Kreuzfragen' },
	about: { en: 'Questions only, from side to side.', de: 'Nur Fragen, von Seite zu Seite.' },
	when: 'live',
	minutes,
	stage: ['cross', 'evidence'],
	panel: ['floorq', 'roster'],
	projector: 'cross',
	may: {
		'cross.say': speakers,
		'cross.answer': speakers,
		'cross.raise': speakers,
		'cross.lower': speakers,
		'cross.start': [...chair, ...speakers],
		'cross.stop': [...chair, ...speakers],
		'cross.drop': [...chair, ...speakers],
		'cross.call': chair,
		'cross.dismiss': chair,
		...arguing,
		...askingFloor
	}
});

const fromTheFloor = (minutes: number): Phase => ({
	id: 'P4',
	name: { en: 'From the floor', de: 'Fragen aus dem Publikum' },
	about: {
		en: 'By votes; the chair alternates between the sides.',
		de: 'Nach Stimmen; der Vorsitz wechselt zwischen den Seiten.'
	},
	when: 'live',
	minutes,
	stage: ['floorq', 'evidence'],
	panel: ['floorq', 'roster'],
	projector: 'floorq',
	may: {
		'floorq.stage': chair,
		'floorq.next': chair,
		'floorq.back': chair,
		'floorq.answer': chair,
		...arguing,
		...askingFloor
	}
});

const closingPhase = (minutes: number): Phase =>
	speeches(
		'P5',
		{ en: 'Closings', de: 'Schlussworte' },
		{ en: 'One a side. Nothing new.', de: 'Eines je Seite. Nichts Neues.' },
		closings(minutes)
	);

const switchSides = (minutes: number): Phase => ({
	id: 'P6',
	name: { en: 'Switch', de: 'Rollentausch' },
	about: {
		en: 'Each side states the other’s best case until they click “Fair”.',
		de: 'Jede Seite sagt das Beste der anderen, bis diese „Fair“ anklickt.'
	},
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
	name: { en: 'Vote after', de: 'Zweite Abstimmung' },
	about: {
		en: 'The larger shift wins. Closing the vote shows it.',
		de: 'Die größere Verschiebung gewinnt. Das Ende der Abstimmung zeigt sie.'
	},
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
			because: {
				en: 'Both sides’ cases have to be stated fairly first.',
				de: 'Erst muss die Sache beider Seiten fair wiedergegeben sein.'
			}
		}
	],
	enter: [{ run: 'poll.open', payload: { round: 'after' } }],
	leave: [{ run: 'poll.reveal' }]
});

const debrief = (minutes: number): Phase => ({
	id: 'P8',
	name: { en: 'Debrief', de: 'Nachlese' },
	about: {
		en: 'What we agree on, what stays open, what would change our mind.',
		de: 'Was gilt, was offen bleibt, was uns umstimmen würde.'
	},
	when: 'live',
	minutes,
	stage: ['poll', 'synthesis', 'openq', 'actions', 'evidence'],
	panel: ['evidence', 'floorq', 'roster', 'dates'],
	projector: 'synthesis',
	may: {
		'synthesis.submit': table,
		'synthesis.withdraw': table,
		'openq.submit': '*',
		'openq.withdraw': '*',
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
		name: { en: 'Chair', de: 'Vorsitz' },
		about: {
			en: 'Leads, keeps the time, rules on challenges; speaks for no side.',
			de: 'Leitet, achtet auf die Zeit, entscheidet über Anfechtungen; spricht für keine Seite.'
		},
		facilitates: true,
		moderates: true,
		most: 1
	},
	'speaker-for': {
		name: { en: 'Speaker for', de: 'Spricht dafür' },
		about: {
			en: 'Argues for the motion: assigned, not a personal view.',
			de: 'Spricht für die These: zugeteilt, keine persönliche Meinung.'
		},
		open: true,
		most: 2
	},
	'speaker-against': {
		name: { en: 'Speaker against', de: 'Spricht dagegen' },
		about: {
			en: 'Argues against the motion: assigned, not a personal view.',
			de: 'Spricht gegen die These: zugeteilt, keine persönliche Meinung.'
		},
		open: true,
		most: 2
	},
	'fact-checker': {
		name: { en: 'Fact-checker', de: 'Faktencheck' },
		about: {
			en: 'Checks sources, challenges cards, rules on challenges.',
			de: 'Prüft Quellen, ficht Belege an, entscheidet über Anfechtungen.'
		}
	},
	audience: {
		name: { en: 'Audience', de: 'Publikum' },
		about: {
			en: 'Votes before and after, asks from the floor.',
			de: 'Stimmt vorher und nachher ab, fragt.'
		},
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
	agenda: { block: 'agenda', scope: 'meeting', name: { en: 'Phases', de: 'Phasen' } },
	roster: { block: 'roster', scope: 'room', name: { en: 'People', de: 'Personen' } },
	evidence: {
		block: 'evidence',
		scope: 'meeting',
		name: { en: 'Evidence', de: 'Belege' },
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
		name: { en: 'Vote', de: 'Abstimmung' },
		settings: {
			kind: 'choice',
			question: { en: 'Where do you stand on the motion?', de: 'Für oder gegen die These?' },
			options: [
				{ id: 'for', text: { en: 'For', de: 'Dafür' } },
				{ id: 'against', text: { en: 'Against', de: 'Dagegen' } },
				{ id: 'undecided', text: { en: 'Undecided', de: 'Unentschieden' } }
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
		name: { en: 'Speeches', de: 'Reden' },
		settings: { mode: 'speeches', sides: { for: speakersFor, against: speakersAgainst } }
	},
	cross: {
		block: 'floor',
		scope: 'meeting',
		name: { en: 'Cross-questions', de: 'Kreuzfragen' },
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
		name: { en: 'From the floor', de: 'Aus dem Publikum' },
		settings: {
			length: 140,
			anonymity: 'allowed',
			replies: false,
			offers: false,
			sorts: [
				{ value: 'both', text: { en: 'Both sides', de: 'Beide Seiten' } },
				{ value: 'for', text: { en: 'For', de: 'Dafür' } },
				{ value: 'against', text: { en: 'Against', de: 'Dagegen' } }
			],
			alternate: ['for', 'against']
		}
	},
	synthesis: {
		block: 'form',
		scope: 'meeting',
		name: { en: 'Synthesis', de: 'Synthese' },
		settings: {
			who: table,
			fields: [
				{
					name: 'agreed',
					kind: 'text',
					most: 300,
					required: true,
					text: { en: 'What both sides agree on', de: 'Worin beide Seiten übereinstimmen' }
				},
				{
					name: 'change',
					kind: 'text',
					most: 300,
					text: { en: 'What would change our mind', de: 'Was uns umstimmen würde' }
				}
			]
		}
	},
	openq: {
		block: 'list',
		scope: 'room',
		name: { en: 'Open questions', de: 'Offene Fragen' },
		settings: { replies: false }
	},
	actions: {
		block: 'actions',
		scope: 'room',
		name: { en: 'Actions', de: 'Vorhaben' },
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
		text: { en: 'Lincoln–Douglas', de: 'Lincoln–Douglas' },
		about: {
			en: 'One against one, 6‑3‑7‑3‑4‑6‑3 minutes, and 4 minutes to prepare a side.',
			de: 'Eins gegen eins, 6‑3‑7‑3‑4‑6‑3 Minuten, und 4 Minuten Vorbereitung je Seite.'
		},
		phases: course({ before: 3, floor: 8, switch: 6, after: 3, debrief: 8 }, [
			speeches(
				'P2',
				{ en: 'Speeches', de: 'Reden' },
				{
					en: 'Seven speeches; each side may take 4 minutes to prepare.',
					de: 'Sieben Reden; jede Seite hat 4 Minuten zur Vorbereitung.'
				},
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
		text: { en: 'Karl Popper', de: 'Karl Popper' },
		about: {
			en: 'Three against three, 6‑3‑6‑3‑5‑3‑5‑3‑5‑5 minutes.',
			de: 'Drei gegen drei, 6‑3‑6‑3‑5‑3‑5‑3‑5‑5 Minuten.'
		},
		phases: course({ before: 3, floor: 10, switch: 8, after: 3, debrief: 8 }, [
			speeches(
				'P2',
				{ en: 'Speeches', de: 'Reden' },
				{ en: 'Ten speeches, three speakers a side.', de: 'Zehn Reden, drei Redende je Seite.' },
				karlPopper
			)
		]),
		roles: seats(3)
	},
	quick: {
		text: { en: 'Quick, 30 minutes', de: 'Kurz, 30 Minuten' },
		about: {
			en: 'All of the Oxford style, in half the time.',
			de: 'Alles aus dem Oxford-Stil, in der halben Zeit.'
		},
		phases: course(
			{ before: 2, floor: 5, switch: 4, after: 2, debrief: 4 },
			[openingPhase(2), crossQuestions(3)],
			[closingPhase(1)]
		)
	}
};

export const debate: Format = {
	name: 'debate',
	text: { en: 'Debate', de: 'Debatte' },
	about: {
		en: 'Two sides argue a motion with evidence; everyone votes before and after, and the larger shift wins.',
		de: 'Zwei Seiten streiten mit Belegen über eine These; alle stimmen vorher und nachher ab, die größere Verschiebung gewinnt.'
	},
	people: { en: '6 to 2,000 people', de: '6 bis 2.000 Personen' },
	least: 6,
	most: 2000,
	length: { en: '60 min', de: '60 Min.' },
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
		'floorq.seen': '*',
		'floorq.reword': '*',
		'floorq.withdraw': '*',
		...allow('floorq', moderating, chair),
		'openq.vote': '*',
		'openq.seen': '*',
		'openq.assign': chair,
		'openq.answer': '*',
		...allow('openq', tidying, chair),
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
			text: { en: 'Sides', de: 'Seiten' },
			about: {
				en: 'Either way they are labelled “assigned, not a personal view”.',
				de: 'In beiden Fällen steht dabei: „zugeteilt, keine persönliche Meinung“.'
			},
			sets: ['evidence.sides', { setting: 'roster.seats', as: { lot: 'drawn', 'sign-up': 'taken' } }],
			values: [
				{ value: 'lot', text: { en: 'By lot', de: 'Nach Los' } },
				{ value: 'sign-up', text: { en: 'By sign-up', de: 'Nach Anmeldung' } }
			],
			default: 'lot'
		},
		{
			name: 'fairness',
			text: { en: 'No vote before both cases are fair', de: 'Erst fair, dann abstimmen' },
			about: {
				en: 'The second vote opens when each side has called the other’s statement of its case fair.',
				de: 'Die zweite Abstimmung öffnet, wenn jede Seite die Wiedergabe ihrer Sache fair genannt hat.'
			},
			sets: ['evidence.mustBeFair'],
			default: true
		},
		{
			name: 'moderation',
			text: { en: 'Approve questions first', de: 'Fragen erst freigeben' },
			about: {
				en: 'Questions from the floor wait until the chair lets them through.',
				de: 'Fragen aus dem Publikum warten, bis der Vorsitz sie freigibt.'
			},
			sets: ['floorq.moderation'],
			default: false
		}
	],
	presets
};
