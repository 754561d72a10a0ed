import {
	allow,
	facilitation,
	type Format,
	type Permissions,
	type Phase,
	type Preset,
	type Role,
	type Sealed,
	type Use
} from './format.ts';
import { meetings, planningMeetings } from './meetings.ts';
import { keeping } from './verbs.ts';

const lead = ['facilitator'];
/** Whoever keeps the time may stop it and give more, and has nothing else to move. */
const clock = ['facilitator', 'timekeeper'];
/** An observer watches; everybody else takes part. */
const members = ['facilitator', 'timekeeper', 'scribe', 'participant'];

const talking: Permissions = {
	'floor.raise': members,
	'floor.lower': members,
	'floor.decline': members,
	'floor.start': members,
	'floor.stop': members,
	'floor.drop': members
};

/** The order is open, and whoever leads may change it. */
const leadingTurns: Permissions = {
	'floor.call': lead,
	'floor.dismiss': lead,
	'floor.place': lead,
	'floor.unplace': lead,
	'floor.round': lead,
	'floor.invite': lead
};

const noting: Permissions = { 'notes.submit': members, 'notes.withdraw': members, 'actions.add': members };

const suggesting: Permissions = { 'topics.submit': members, 'topics.withdraw': members };

const taking: Permissions = { 'takeaways.submit': members, 'takeaways.withdraw': members };

/** A round in which everybody says what they take along, or passes. */
const takeaways = (id: string, minutes: number, more: Partial<Phase> = {}): Phase => ({
	id,
	name: { en: 'Takeaways', de: 'Mitnehmen' },
	about: {
		en: 'A round: each says one thing they take along, or passes.',
		de: 'Eine Runde: Alle sagen, was sie mitnehmen, oder geben weiter.'
	},
	when: 'live',
	minutes,
	stage: ['takeaways'],
	panel: ['floor', 'notes', 'actions', 'roster', 'dates'],
	projector: 'takeaways',
	may: { ...taking, ...talking, ...leadingTurns, ...noting },
	enter: [{ run: 'floor.round' }],
	leave: [{ run: 'takeaways.close' }],
	...more
});

/** One question for the whole meeting, put on stage before it begins. */
const question = (id: string): Phase => ({
	id,
	name: { en: 'Question', de: 'Frage' },
	about: {
		en: 'What we talk about. Put one topic on stage.',
		de: 'Worüber wir sprechen. Ein Thema auf die Bühne stellen.'
	},
	when: 'live',
	minutes: 3,
	stage: ['topics'],
	projector: 'topics',
	may: { ...suggesting, 'topics.stage': lead, 'topics.next': lead, 'topics.back': lead }
});

/** Without boxes of time: there is one topic. */
const oneTopic: Use = {
	block: 'list',
	scope: 'meeting',
	name: { en: 'Topics', de: 'Themen' },
	settings: { kind: 'topic', replies: false, offers: false, votes: false, length: 140, passing: true }
};

/** A note may be given without a name. */
const unsigned: Sealed = { what: 'notes.submit', if: { anonymous: true }, sees: '*', unnamed: true };

const rounds: Preset = {
	text: { en: 'Rounds', de: 'Runden' },
	about: {
		en: 'Everybody speaks once or passes before anybody speaks twice.',
		de: 'Alle sprechen einmal oder geben weiter, bevor jemand zweimal spricht.'
	},
	blocks: { topics: oneTopic },
	wires: [],
	phases: [
		question('R1'),
		...(['R2', 'R3'] as const).map((id): Phase => ({
			id,
			name:
				id === 'R2' ? { en: 'First round', de: 'Erste Runde' } : { en: 'Second round', de: 'Zweite Runde' },
			about:
				id === 'R2'
					? { en: 'What each sees. Nobody answers yet.', de: 'Was alle sehen. Noch antwortet niemand.' }
					: { en: 'What each adds, having heard the others.', de: 'Was nach dem Zuhören dazukommt.' },
			when: 'live',
			minutes: 12,
			stage: ['topics', 'floor'],
			panel: ['notes', 'actions', 'roster'],
			projector: 'topics',
			may: { ...talking, ...leadingTurns, ...noting },
			enter: [{ run: 'floor.round' }]
		})),
		{
			id: 'R4',
			name: { en: 'Open', de: 'Offen' },
			about: { en: 'Answers, and what is still to be said.', de: 'Antworten, und was noch zu sagen ist.' },
			when: 'live',
			minutes: 10,
			stage: ['topics', 'floor'],
			panel: ['notes', 'actions', 'roster'],
			projector: 'topics',
			may: { ...talking, ...leadingTurns, ...noting }
		},
		takeaways('R5', 8)
	],
	sealed: [unsigned]
};

const fishbowl: Preset = {
	text: { en: 'Fishbowl', de: 'Fishbowl' },
	about: {
		en: 'A few talk in the circle, the others listen; one chair is always empty for whoever wants to join.',
		de: 'Wenige sprechen im Kreis, die anderen hören zu; ein Stuhl bleibt immer frei.'
	},
	blocks: {
		topics: oneTopic,
		floor: {
			block: 'floor',
			scope: 'meeting',
			name: { en: 'Circle', de: 'Kreis' },
			settings: { kinds: ['new'], counted: members, chairs: 5 }
		}
	},
	wires: [],
	phases: [
		question('F1'),
		{
			id: 'F2',
			name: { en: 'Circle', de: 'Kreis' },
			about: {
				en: 'Whoever wants to speak takes the empty chair; then somebody leaves theirs.',
				de: 'Wer sprechen will, nimmt den freien Stuhl; dann macht jemand einen frei.'
			},
			when: 'live',
			minutes: 30,
			stage: ['topics', 'floor'],
			panel: ['notes', 'actions', 'roster'],
			projector: 'topics',
			may: { ...talking, ...leadingTurns, ...noting, 'floor.sit': members, 'floor.stand': members }
		},
		takeaways('F3', 7, { enter: [] })
	],
	sealed: [unsigned]
};

const sitting = (
	id: string,
	size: 0 | 1 | 2 | 4,
	minutes: number,
	name: Phase['name'],
	about: Phase['about']
): Phase => ({
	id,
	name,
	about,
	when: 'live',
	minutes,
	stage: ['topics', 'groups'],
	panel: ['groups', 'notes', 'roster'],
	projector: 'groups',
	may: {
		'groups.join': members,
		'groups.write': members,
		'groups.reword': members,
		'groups.drop': members,
		'groups.pick': members
	},
	enter: [{ run: 'groups.form', payload: { size } }]
});

const oneTwoFourAll: Preset = {
	text: { en: '1-2-4-All', de: '1-2-4-Alle' },
	about: {
		en: 'Each alone, then in pairs, in fours, together; the notes come along from step to step.',
		de: 'Erst allein, dann zu zweit, zu viert, zusammen; die Notizen kommen von Schritt zu Schritt mit.'
	},
	blocks: {
		topics: oneTopic,
		groups: {
			block: 'groups',
			scope: 'meeting',
			name: { en: 'Groups', de: 'Gruppen' },
			settings: { who: members, picks: 2 }
		}
	},
	wires: [],
	phases: [
		question('A0'),
		sitting(
			'A1',
			1,
			1,
			{ en: 'One', de: 'Allein' },
			{ en: 'One minute, silent: your own thoughts.', de: 'Eine Minute, still: die eigenen Gedanken.' }
		),
		sitting(
			'A2',
			2,
			2,
			{ en: 'Two', de: 'Zu zweit' },
			{ en: 'In pairs: build on what you wrote.', de: 'Zu zweit: weiter mit dem, was schon dasteht.' }
		),
		sitting(
			'A4',
			4,
			4,
			{ en: 'Four', de: 'Zu viert' },
			{
				en: 'In fours: what is alike, what differs? Pick what everybody should hear.',
				de: 'Zu viert: Was ist gleich, was verschieden? Auswählen, was alle hören sollen.'
			}
		),
		{
			...sitting(
				'A5',
				0,
				5,
				{ en: 'All', de: 'Alle' },
				{ en: 'Each four says what stood out.', de: 'Jede Vierergruppe sagt, was auffiel.' }
			),
			panel: ['floor', 'notes', 'actions', 'roster'],
			may: { ...talking, ...leadingTurns, ...noting }
		},
		takeaways('A6', 5)
	],
	sealed: [
		// of those who sit together, until everybody does; who wrote it is never told
		{ what: 'groups.write', sees: members, opens: 'A5', unnamed: true },
		{ what: 'groups.reword', sees: members, opens: 'A5', unnamed: true },
		unsigned
	]
};

const circles = ['first', 'second'];
const seated = [...members, ...circles];

const circle = (id: string, speaks: string, name: Phase['name']): Phase => {
	const watch = [...circles.filter((role) => role !== speaks), 'observer'];
	const led = [...lead, speaks];
	return {
		id,
		name,
		about: {
			en: 'The inner circle talks about the text; the outer one watches and writes down what it sees.',
			de: 'Der innere Kreis spricht über den Text; der äußere schaut zu und schreibt auf, was er sieht.'
		},
		when: 'live',
		minutes: 15,
		stage: ['text', 'rubric'],
		panel: ['floor', 'roster'],
		projector: 'text',
		may: {
			...Object.fromEntries(Object.keys(talking).map((type) => [type, led])),
			...leadingTurns,
			'rubric.submit': watch,
			'rubric.withdraw': watch
		}
	};
};

const participant: Role = {
	name: { en: 'Participant', de: 'Teilnahme' },
	about: { en: 'Brings topics, talks, votes.', de: 'Bringt Themen mit, spricht, stimmt ab.' },
	open: true
};

const socratic: Preset = {
	text: { en: 'Socratic seminar', de: 'Sokratisches Seminar' },
	about: {
		en: 'One text; an inner circle asks what it means while an outer one observes; then they change places.',
		de: 'Ein Text; der innere Kreis fragt nach seinem Sinn, der äußere beobachtet; dann wird getauscht.'
	},
	// Whoever does not choose observes first; lots spread them.
	guest: 'second',
	roles: {
		// There is nothing to do here for somebody in neither circle.
		participant: { ...participant, open: false },
		first: {
			name: { en: 'First circle', de: 'Erster Kreis' },
			about: { en: 'Talks first, then observes.', de: 'Spricht zuerst, beobachtet dann.' },
			open: true
		},
		second: {
			name: { en: 'Second circle', de: 'Zweiter Kreis' },
			about: { en: 'Observes first, then talks.', de: 'Beobachtet zuerst, spricht dann.' },
			open: true
		}
	},
	blocks: {
		roster: {
			block: 'roster',
			scope: 'room',
			name: { en: 'People', de: 'Personen' },
			settings: { warns: { line: true }, split: { into: circles, of: ['participant'] } }
		},
		text: {
			block: 'board',
			scope: 'meeting',
			name: { en: 'Text', de: 'Text' },
			document: 'text',
			settings: { shape: 'page' }
		},
		floor: {
			block: 'floor',
			scope: 'meeting',
			name: { en: 'Turns', de: 'Beiträge' },
			settings: { kinds: ['clarify', 'reply', 'new'], policy: 'not-yet-spoken', counted: circles }
		},
		rubric: {
			block: 'form',
			scope: 'meeting',
			name: { en: 'What I observed', de: 'Was ich beobachtet habe' },
			settings: {
				per: 'many',
				who: [...circles, 'observer'],
				fields: [
					{
						name: 'text',
						kind: 'scale',
						required: true,
						text: { en: 'They came back to the text', de: 'Sie kamen auf den Text zurück' },
						low: { en: 'never', de: 'nie' },
						high: { en: 'again and again', de: 'immer wieder' }
					},
					{
						name: 'built',
						kind: 'scale',
						required: true,
						text: { en: 'They built on one another', de: 'Sie bauten aufeinander auf' },
						low: { en: 'never', de: 'nie' },
						high: { en: 'again and again', de: 'immer wieder' }
					},
					{
						name: 'opened',
						kind: 'line',
						most: 200,
						text: { en: 'A question that opened something', de: 'Eine Frage, die etwas öffnete' }
					}
				]
			}
		},
		takeaways: {
			block: 'form',
			scope: 'meeting',
			name: { en: 'Takeaways', de: 'Was ich mitnehme' },
			settings: { who: seated, ledger: 'takeaway' }
		}
	},
	documents: { text: { scope: 'meeting', read: '*', write: [...lead, 'scribe'] } },
	always: { 'agenda.ready': seated, ...allow('actions', keeping, seated) },
	wires: [],
	phases: [
		{
			id: 'S1',
			name: { en: 'Read', de: 'Lesen' },
			about: {
				en: 'Everybody reads the text, for themselves.',
				de: 'Alle lesen den Text, jede und jeder für sich.'
			},
			when: 'live',
			minutes: 8,
			stage: ['text'],
			projector: 'text',
			panel: ['roster', 'actions', 'dates'],
			may: { 'roster.split': lead }
		},
		circle('S2', 'first', { en: 'First circle', de: 'Erster Kreis' }),
		circle('S3', 'second', { en: 'Second circle', de: 'Zweiter Kreis' }),
		{
			...takeaways('S4', 10),
			stage: ['rubric', 'takeaways'],
			may: {
				...Object.fromEntries(
					Object.keys({ ...taking, ...talking, ...noting }).map((type) => [type, seated])
				),
				...leadingTurns
			}
		}
	],
	sealed: [unsigned]
};

export const discussion: Format = {
	name: 'discussion',
	text: { en: 'Discussion group', de: 'Diskussionsrunde' },
	about: {
		en: 'Colleagues bring the topics, the group votes, and each gets its box of time.',
		de: 'Die Themen kommen aus der Runde, sie stimmt ab, und jedes bekommt seine Zeit.'
	},
	people: { en: '4 to 12 people', de: '4 bis 12 Personen' },
	least: 4,
	most: 12,
	length: { en: '45 min', de: '45 Min.' },
	roles: {
		facilitator: {
			name: { en: 'Facilitator', de: 'Moderation' },
			about: {
				en: 'Leads the talk; nobody’s boss here.',
				de: 'Leitet das Gespräch; ist hier niemandes Vorgesetzte.'
			},
			facilitates: true,
			moderates: true
		},
		timekeeper: {
			name: { en: 'Timekeeper', de: 'Zeitwache' },
			about: { en: 'Watches the clock.', de: 'Achtet auf die Uhr.' },
			open: true,
			most: 1
		},
		scribe: {
			name: { en: 'Scribe', de: 'Protokoll' },
			about: { en: 'Writes down what matters.', de: 'Schreibt auf, was zählt.' },
			open: true,
			most: 1
		},
		participant,
		observer: {
			name: { en: 'Observer', de: 'Beobachtung' },
			about: { en: 'Listens and reads along.', de: 'Hört zu und liest mit.' },
			watches: true,
			open: true
		}
	},
	host: 'facilitator',
	guest: 'participant',
	blocks: {
		dates: meetings(seated, 45),
		agenda: { block: 'agenda', scope: 'meeting', name: { en: 'Phases', de: 'Phasen' } },
		roster: {
			block: 'roster',
			scope: 'room',
			name: { en: 'People', de: 'Personen' },
			settings: { warns: { line: true } }
		},
		ideas: {
			block: 'seal',
			scope: 'meeting',
			name: { en: 'New topics', de: 'Neue Themen' },
			settings: {
				who: members,
				per: 'many',
				most: 3,
				keep: ['sealed'],
				fields: [
					{
						name: 'text',
						kind: 'line',
						most: 140,
						required: true,
						text: { en: 'A topic', de: 'Ein Thema' },
						help: {
							en: 'What would you like to talk about? All topics open together.',
							de: 'Worum soll es gehen? Alle Themen öffnen sich zugleich.'
						}
					}
				]
			}
		},
		topics: {
			block: 'list',
			scope: 'meeting',
			name: { en: 'Topics', de: 'Themen' },
			settings: {
				kind: 'topic',
				replies: false,
				offers: false,
				length: 140,
				voting: false,
				passing: true,
				perItem: 2,
				hideVotes: true
			}
		},
		continue: {
			block: 'poll',
			scope: 'meeting',
			name: { en: 'Carry on?', de: 'Weiter damit?' },
			settings: {
				kind: 'roman',
				question: { en: 'Carry on with this topic?', de: 'Mit diesem Thema weitermachen?' },
				voters: members,
				revealAtClose: true,
				passing: true
			}
		},
		floor: {
			block: 'floor',
			scope: 'meeting',
			name: { en: 'Turns', de: 'Beiträge' },
			settings: {
				kinds: ['clarify', 'reply', 'new'],
				policy: 'not-yet-spoken',
				counted: members,
				strict: true
			}
		},
		// Notes are entries and not co-written: whoever writes in a shared document can be told by it, and a concern
		// needs somebody who owes the answer.
		notes: {
			block: 'list',
			scope: 'meeting',
			name: { en: 'Notes', de: 'Notizen' },
			settings: {
				kind: 'note',
				votes: false,
				offers: false,
				order: 'newest',
				passing: true,
				length: 280,
				owed: ['concern', 'question'],
				dueBy: 'dates.next',
				sorts: [
					{ value: 'point', text: { en: 'Point', de: 'Punkt' } },
					{ value: 'concern', text: { en: 'Concern', de: 'Bedenken' } },
					{ value: 'question', text: { en: 'Question', de: 'Frage' } },
					{ value: 'resource', text: { en: 'Resource', de: 'Quelle' } }
				]
			}
		},
		takeaways: {
			block: 'form',
			scope: 'meeting',
			name: { en: 'Takeaways', de: 'Was ich mitnehme' },
			settings: {
				who: members,
				ledger: 'takeaway',
				fields: [
					{
						name: 'text',
						kind: 'line',
						most: 200,
						required: true,
						text: { en: 'I take with me', de: 'Ich nehme mit' },
						help: {
							en: 'One thing. Whoever has none passes.',
							de: 'Eine Sache. Wer keine hat, gibt weiter.'
						}
					}
				]
			}
		},
		actions: { block: 'actions', scope: 'room', name: { en: 'Actions', de: 'Vorhaben' } }
	},
	documents: {},
	phases: [
		{
			id: 'P1',
			name: { en: 'Topics', de: 'Themen' },
			about: {
				en: 'Everyone writes topics, sealed. What was left last time is there already.',
				de: 'Alle schreiben Themen, versiegelt. Was beim letzten Mal übrig blieb, steht schon da.'
			},
			when: 'live',
			minutes: 5,
			stage: ['ideas', 'topics', 'notes'],
			panel: ['actions', 'roster', 'dates'],
			projector: 'ideas',
			may: { 'ideas.submit': members, 'ideas.withdraw': members }
		},
		{
			id: 'P2',
			name: { en: 'Pitch', de: 'Vorstellen' },
			about: {
				en: 'One sentence for each topic; what belongs together is merged.',
				de: 'Ein Satz zu jedem Thema; was zusammengehört, wird zusammengelegt.'
			},
			when: 'live',
			minutes: 4,
			stage: ['topics'],
			panel: ['floor', 'roster'],
			projector: 'topics',
			may: { ...suggesting, ...talking, ...leadingTurns },
			enter: [{ run: 'ideas.reveal' }]
		},
		{
			id: 'P3',
			name: { en: 'Vote', de: 'Abstimmen' },
			about: {
				en: 'Give your votes. Nobody sees the count before the vote closes.',
				de: 'Stimmen vergeben. Niemand sieht Zahlen, bevor die Abstimmung schließt.'
			},
			when: 'live',
			minutes: 3,
			stage: ['topics'],
			panel: ['roster'],
			projector: 'topics',
			may: { 'topics.vote': members },
			enter: [{ run: 'topics.open', payload: { what: 'voting' } }],
			leave: [{ run: 'topics.close', payload: { what: 'voting' } }]
		},
		{
			id: 'P4',
			name: { en: 'Discuss', de: 'Besprechen' },
			about: {
				en: 'One topic after the other, each in its box of time; thumbs decide whether to go on.',
				de: 'Ein Thema nach dem anderen, jedes mit seiner Zeit; Daumen entscheiden, ob es weitergeht.'
			},
			when: 'live',
			minutes: 28,
			stage: ['continue', 'topics', 'notes'],
			panel: ['floor', 'actions', 'roster'],
			projector: 'topics',
			may: {
				...talking,
				...leadingTurns,
				...noting,
				'topics.stage': lead,
				'topics.next': lead,
				'topics.back': lead,
				'topics.more': clock,
				'continue.open': clock,
				'continue.close': clock,
				'continue.cancel': clock,
				'continue.vote': members
			},
			leave: [{ run: 'continue.cancel' }]
		},
		takeaways('P5', 5)
	],
	always: {
		...facilitation(lead),
		...planningMeetings(lead, '*'),
		'agenda.pause': clock,
		'agenda.resume': clock,
		'agenda.extend': clock,
		'topics.merge': lead,
		'topics.unmerge': lead,
		'topics.label': lead,
		'topics.dismiss': lead,
		'topics.restore': lead,
		'topics.archive': lead,
		'topics.seen': '*',
		'notes.answer': '*',
		'notes.assign': lead,
		'notes.merge': lead,
		'notes.unmerge': lead,
		'notes.dismiss': lead,
		'notes.restore': lead,
		'notes.seen': '*',
		'actions.edit': members,
		'actions.done': members,
		'actions.drop': members,
		'actions.reopen': members
	},
	panel: ['actions', 'roster', 'dates'],
	sealed: [{ what: 'ideas.submit', opens: 'P2' }, unsigned],
	wires: [
		{ on: 'ideas.revealed', run: 'topics.submit', take: { text: 'text', author: 'author' } },
		{ on: 'topics.boxOver', run: 'continue.open', take: { about: 'item' }, set: { seconds: 45 } },
		{ on: 'continue.won.up', run: 'topics.more', take: { item: 'about' } },
		{ on: 'continue.won.side', run: 'topics.goOn', take: { item: 'about' } },
		{ on: 'continue.won.down', run: 'topics.goOn', take: { item: 'about' } },
		{ on: 'topics.staged', run: 'continue.cancel' },
		{ on: 'topics.answered', run: 'continue.cancel' }
	],
	options: [
		{
			name: 'unattributed',
			text: { en: 'No attribution', de: 'Ohne Zuschreibung' },
			about: {
				en: 'Topics, notes, takeaways and past turns carry no names, in the room, afterwards and in exports. Actions keep their owner.',
				de: 'Themen, Notizen, Mitgenommenes und vergangene Beiträge tragen keine Namen, weder im Raum noch später noch im Export. Vorhaben behalten ihren.'
			},
			sets: [
				{ setting: 'ideas.names', as: { true: 'hidden', false: 'shown' } },
				{ setting: 'topics.anonymity', as: { true: 'required', false: 'off' } },
				{ setting: 'notes.anonymity', as: { true: 'required', false: 'allowed' } },
				{ setting: 'takeaways.names', as: { true: 'hidden', false: 'shown' } },
				'floor.unnamed'
			],
			default: false
		},
		{
			name: 'votes',
			text: { en: 'Votes for each person', de: 'Stimmen je Person' },
			about: {
				en: 'At most two of them on one topic.',
				de: 'Höchstens zwei davon auf ein Thema.'
			},
			sets: [{ setting: 'topics.budget', as: { one: 1, two: 2, three: 3, five: 5 } }],
			values: [
				{ value: 'one', text: { en: 'One', de: 'Eine' } },
				{ value: 'two', text: { en: 'Two', de: 'Zwei' } },
				{ value: 'three', text: { en: 'Three', de: 'Drei' } },
				{ value: 'five', text: { en: 'Five', de: 'Fünf' } }
			],
			default: 'two'
		},
		{
			name: 'box',
			text: { en: 'Time for a topic', de: 'Zeit für ein Thema' },
			about: {
				en: 'Then thumbs decide: four minutes more, two more, on to the next.',
				de: 'Dann entscheiden Daumen: vier Minuten mehr, noch zwei, weiter.'
			},
			sets: [{ setting: 'topics.boxMinutes', as: { five: 5, eight: 8, ten: 10 } }],
			values: [
				{ value: 'five', text: { en: '5 minutes', de: '5 Minuten' } },
				{ value: 'eight', text: { en: '8 minutes', de: '8 Minuten' } },
				{ value: 'ten', text: { en: '10 minutes', de: '10 Minuten' } }
			],
			default: 'eight'
		}
	],
	presets: { socratic, rounds, fishbowl, 'one-two-four-all': oneTwoFourAll }
};
