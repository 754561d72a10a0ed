import type { Text } from '#lib/blocks/block.ts';
import { field } from './fields.ts';
import {
	allow,
	everyRoom,
	facilitation,
	givenTo,
	text,
	type Format,
	type Permissions,
	type Phase,
	type Preset,
	type Role,
	type Sealed,
	type Use
} from './format.ts';
import { meetings, planningMeetings } from './meetings.ts';
import { keeping, leadingTurns, sitting, submitting, talking, tidying } from './verbs.ts';

const lead = ['facilitator'];
/** Whoever keeps the time may stop it and give more, and has nothing else to move. */
const clock = ['facilitator', 'timekeeper'];
/** An observer watches; everybody else takes part. */
const members = ['facilitator', 'timekeeper', 'scribe', 'participant'];

/** The order is open, and whoever leads may change it. */
const turnsFor = (speakers: readonly string[]): Permissions => ({
	...allow('floor', talking, speakers),
	...allow('floor', [...leadingTurns, 'round'], lead)
});
const turns = turnsFor(members);

const noting: Permissions = { ...allow('notes', submitting, members), 'actions.add': members };

const suggesting: Permissions = allow('topics', submitting, members);

const taking: Permissions = allow('takeaways', submitting, members);

/** A round in which everybody says what they take along, or passes. */
const takeaways = (id: string, minutes: number, more: Partial<Phase> = {}): Phase => ({
	id,
	name: text('Takeaways', 'Mitnehmen'),
	about: text(
		'A round: each says one thing they take along, or passes.',
		'Eine Runde: Alle sagen, was sie mitnehmen, oder geben weiter.'
	),
	when: 'live',
	minutes,
	stage: ['takeaways'],
	panel: ['floor', 'notes', 'actions', 'roster', 'dates'],
	projector: 'takeaways',
	may: { ...taking, ...turns, ...noting },
	enter: [{ run: 'floor.round' }],
	leave: [{ run: 'takeaways.close' }],
	...more
});

/** One question for the whole meeting, put on stage before it begins. */
const question = (id: string): Phase => ({
	id,
	name: text('Question', 'Frage'),
	about: text(
		'What we talk about. Put one topic on stage.',
		'Worüber wir sprechen. Ein Thema auf die Bühne stellen.'
	),
	when: 'live',
	minutes: 3,
	stage: ['topics'],
	projector: 'topics',
	may: { ...suggesting, ...allow('topics', ['stage', 'next', 'back'], lead) }
});

/** About the one topic, turn by turn. */
const talk = (id: string, minutes: number, name: Text, about: Text, more: Partial<Phase> = {}): Phase => ({
	id,
	name,
	about,
	when: 'live',
	minutes,
	stage: ['topics', 'floor'],
	panel: ['notes', 'actions', 'roster'],
	projector: 'topics',
	may: { ...turns, ...noting },
	...more
});

/** Without boxes of time: there is one topic. */
const oneTopic: Use = {
	block: 'list',
	scope: 'meeting',
	name: text('Topics', 'Themen'),
	settings: { kind: 'topic', replies: false, offers: false, votes: false, length: 140, passing: true }
};

/** A note may be given without a name. */
const unsigned: Sealed = { what: 'notes.submit', if: { anonymous: true }, sees: '*', unnamed: true };

const rounds: Preset = {
	text: text('Rounds', 'Runden'),
	about: text(
		'Everybody speaks once or passes before anybody speaks twice.',
		'Alle sprechen einmal oder geben weiter, bevor jemand zweimal spricht.'
	),
	blocks: { topics: oneTopic },
	wires: [],
	phases: [
		question('R1'),
		talk(
			'R2',
			12,
			text('First round', 'Erste Runde'),
			text('What each sees. Nobody answers yet.', 'Was alle sehen. Noch antwortet niemand.'),
			{ enter: [{ run: 'floor.round' }] }
		),
		talk(
			'R3',
			12,
			text('Second round', 'Zweite Runde'),
			text('What each adds, having heard the others.', 'Was nach dem Zuhören dazukommt.'),
			{ enter: [{ run: 'floor.round' }] }
		),
		talk(
			'R4',
			10,
			text('Open', 'Offen'),
			text('Answers, and what is still to be said.', 'Antworten, und was noch zu sagen ist.')
		),
		takeaways('R5', 8)
	],
	sealed: [unsigned]
};

const fishbowl: Preset = {
	text: text('Fishbowl', 'Fishbowl'),
	about: text(
		'A few talk in the circle, the others listen; one chair is always empty for whoever wants to join.',
		'Wenige sprechen im Kreis, die anderen hören zu; ein Stuhl bleibt immer frei.'
	),
	blocks: {
		topics: oneTopic,
		floor: {
			block: 'floor',
			scope: 'meeting',
			name: text('Circle', 'Kreis'),
			settings: { kinds: ['new'], counted: members, chairs: 5 }
		}
	},
	wires: [],
	phases: [
		question('F1'),
		talk(
			'F2',
			30,
			text('Circle', 'Kreis'),
			text(
				'Whoever wants to speak takes the empty chair; then somebody leaves theirs.',
				'Wer sprechen will, nimmt den freien Stuhl; dann macht jemand einen frei.'
			),
			{ may: { ...turns, ...noting, ...allow('floor', ['sit', 'stand'], members) } }
		),
		takeaways('F3', 7, { enter: [] })
	],
	sealed: [unsigned]
};

const inGroups = (id: string, size: 0 | 1 | 2 | 4, minutes: number, name: Text, about: Text): Phase => ({
	id,
	name,
	about,
	when: 'live',
	minutes,
	stage: ['topics', 'groups'],
	panel: ['groups', 'notes', 'roster'],
	projector: 'groups',
	may: allow('groups', [...sitting, 'pick'], members),
	enter: [{ run: 'groups.form', payload: { size } }]
});

const oneTwoFourAll: Preset = {
	text: text('1-2-4-All', '1-2-4-Alle'),
	about: text(
		'Each alone, then in pairs, in fours, together; the notes come along from step to step.',
		'Erst allein, dann zu zweit, zu viert, zusammen; die Notizen kommen von Schritt zu Schritt mit.'
	),
	blocks: {
		topics: oneTopic,
		groups: {
			block: 'groups',
			scope: 'meeting',
			name: text('Groups', 'Gruppen'),
			settings: { who: members, picks: 2 }
		}
	},
	wires: [],
	phases: [
		question('A0'),
		inGroups(
			'A1',
			1,
			1,
			text('One', 'Allein'),
			text('One minute, silent: your own thoughts.', 'Eine Minute, still: die eigenen Gedanken.')
		),
		inGroups(
			'A2',
			2,
			2,
			text('Two', 'Zu zweit'),
			text('In pairs: build on what you wrote.', 'Zu zweit: weiter mit dem, was schon dasteht.')
		),
		inGroups(
			'A4',
			4,
			4,
			text('Four', 'Zu viert'),
			text(
				'In fours: what is alike, what differs? Pick what everybody should hear.',
				'Zu viert: Was ist gleich, was verschieden? Auswählen, was alle hören sollen.'
			)
		),
		{
			...inGroups(
				'A5',
				0,
				5,
				text('All', 'Alle'),
				text('Each four says what stood out.', 'Jede Vierergruppe sagt, was auffiel.')
			),
			panel: ['floor', 'notes', 'actions', 'roster'],
			may: { ...turns, ...noting }
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

const circle = (id: string, speaks: string, name: Text): Phase => {
	const watch = [...circles.filter((role) => role !== speaks), 'observer'];
	return {
		id,
		name,
		about: text(
			'The inner circle talks about the text; the outer one watches and writes down what it sees.',
			'Der innere Kreis spricht über den Text; der äußere schaut zu und schreibt auf, was er sieht.'
		),
		when: 'live',
		minutes: 15,
		stage: ['text', 'rubric'],
		panel: ['floor', 'roster'],
		projector: 'text',
		may: {
			...turnsFor([...lead, speaks]),
			...allow('rubric', submitting, watch)
		}
	};
};

const participant: Role = {
	name: text('Participant', 'Teilnahme'),
	about: text('Brings topics, talks, votes.', 'Bringt Themen mit, spricht, stimmt ab.'),
	open: true
};

const socratic: Preset = {
	text: text('Socratic seminar', 'Sokratisches Seminar'),
	about: text(
		'One text; an inner circle asks what it means while an outer one observes; then they change places.',
		'Ein Text; der innere Kreis fragt nach seinem Sinn, der äußere beobachtet; dann wird getauscht.'
	),
	// Whoever does not choose observes first; lots spread them.
	guest: 'second',
	roles: {
		// There is nothing to do here for somebody in neither circle.
		participant: { ...participant, open: false },
		first: {
			name: text('First circle', 'Erster Kreis'),
			about: text('Talks first, then observes.', 'Spricht zuerst, beobachtet dann.'),
			open: true
		},
		second: {
			name: text('Second circle', 'Zweiter Kreis'),
			about: text('Observes first, then talks.', 'Beobachtet zuerst, spricht dann.'),
			open: true
		}
	},
	blocks: {
		roster: {
			...everyRoom.roster,
			settings: { warns: { line: true }, split: { into: circles, of: ['participant'] } }
		},
		text: {
			block: 'board',
			scope: 'meeting',
			name: text('Text', 'Text'),
			document: 'text',
			settings: { shape: 'page' }
		},
		floor: {
			block: 'floor',
			scope: 'meeting',
			name: text('Turns', 'Beiträge'),
			settings: { kinds: ['clarify', 'reply', 'new'], policy: 'not-yet-spoken', counted: circles }
		},
		rubric: {
			block: 'form',
			scope: 'meeting',
			name: text('What I observed', 'Was ich beobachtet habe'),
			settings: {
				per: 'many',
				who: [...circles, 'observer'],
				fields: [
					field.scale('text', text('They came back to the text', 'Sie kamen auf den Text zurück'), {
						required: true,
						low: text('never', 'nie'),
						high: text('again and again', 'immer wieder')
					}),
					field.scale('built', text('They built on one another', 'Sie bauten aufeinander auf'), {
						required: true,
						low: text('never', 'nie'),
						high: text('again and again', 'immer wieder')
					}),
					field.line('opened', text('A question that opened something', 'Eine Frage, die etwas öffnete'), {
						most: 200
					})
				]
			}
		},
		takeaways: {
			block: 'form',
			scope: 'meeting',
			name: text('Takeaways', 'Was ich mitnehme'),
			settings: { who: seated, ledger: 'takeaway' }
		}
	},
	documents: { text: { scope: 'meeting', read: '*', write: [...lead, 'scribe'] } },
	always: { 'agenda.ready': seated, ...allow('actions', keeping, seated) },
	wires: [],
	phases: [
		{
			id: 'S1',
			name: text('Read', 'Lesen'),
			about: text(
				'Everybody reads the text, for themselves.',
				'Alle lesen den Text, jede und jeder für sich.'
			),
			when: 'live',
			minutes: 8,
			stage: ['text'],
			projector: 'text',
			panel: ['roster', 'actions', 'dates'],
			may: { 'roster.split': lead }
		},
		circle('S2', 'first', text('First circle', 'Erster Kreis')),
		circle('S3', 'second', text('Second circle', 'Zweiter Kreis')),
		{
			...takeaways('S4', 10),
			stage: ['rubric', 'takeaways'],
			may: {
				...givenTo(seated, { ...taking, ...noting }),
				...turnsFor(seated)
			}
		}
	],
	sealed: [unsigned]
};

export const discussion: Format = {
	name: 'discussion',
	text: text('Discussion group', 'Diskussionsrunde'),
	about: text(
		'Colleagues bring the topics, the group votes, and each gets its box of time.',
		'Die Themen kommen aus der Runde, sie stimmt ab, und jedes bekommt seine Zeit.'
	),
	people: text('4 to 12 people', '4 bis 12 Personen'),
	least: 4,
	most: 12,
	length: text('45 min', '45 Min.'),
	roles: {
		facilitator: {
			name: text('Facilitator', 'Moderation'),
			about: text(
				'Leads the talk; nobody’s boss here.',
				'Leitet das Gespräch; ist hier niemandes Vorgesetzte.'
			),
			facilitates: true,
			moderates: true
		},
		timekeeper: {
			name: text('Timekeeper', 'Zeitwache'),
			about: text('Watches the clock.', 'Achtet auf die Uhr.'),
			open: true,
			most: 1
		},
		scribe: {
			name: text('Scribe', 'Protokoll'),
			about: text('Writes down what matters.', 'Schreibt auf, was zählt.'),
			open: true,
			most: 1
		},
		participant,
		observer: {
			name: text('Observer', 'Beobachtung'),
			about: text('Listens and reads along.', 'Hört zu und liest mit.'),
			watches: true,
			open: true
		}
	},
	host: 'facilitator',
	guest: 'participant',
	blocks: {
		dates: meetings(seated, 45),
		...everyRoom,
		roster: { ...everyRoom.roster, settings: { warns: { line: true } } },
		ideas: {
			block: 'seal',
			scope: 'meeting',
			name: text('New topics', 'Neue Themen'),
			settings: {
				who: members,
				per: 'many',
				most: 3,
				keep: ['sealed'],
				fields: [
					field.line('text', text('A topic', 'Ein Thema'), {
						most: 140,
						required: true,
						help: text(
							'What would you like to talk about? All topics open together.',
							'Worum soll es gehen? Alle Themen öffnen sich zugleich.'
						)
					})
				]
			}
		},
		topics: {
			block: 'list',
			scope: 'meeting',
			name: text('Topics', 'Themen'),
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
			name: text('Carry on?', 'Weiter damit?'),
			settings: {
				kind: 'roman',
				question: text('Carry on with this topic?', 'Mit diesem Thema weitermachen?'),
				voters: members,
				revealAtClose: true,
				passing: true
			}
		},
		floor: {
			block: 'floor',
			scope: 'meeting',
			name: text('Turns', 'Beiträge'),
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
			name: text('Notes', 'Notizen'),
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
					{ value: 'point', text: text('Point', 'Punkt') },
					{ value: 'concern', text: text('Concern', 'Bedenken') },
					{ value: 'question', text: text('Question', 'Frage') },
					{ value: 'resource', text: text('Resource', 'Quelle') }
				]
			}
		},
		takeaways: {
			block: 'form',
			scope: 'meeting',
			name: text('Takeaways', 'Was ich mitnehme'),
			settings: {
				who: members,
				ledger: 'takeaway',
				fields: [
					field.line('text', text('I take with me', 'Ich nehme mit'), {
						most: 200,
						required: true,
						help: text('One thing. Whoever has none passes.', 'Eine Sache. Wer keine hat, gibt weiter.')
					})
				]
			}
		},
		actions: { block: 'actions', scope: 'room', name: text('Actions', 'Vorhaben') }
	},
	documents: {},
	phases: [
		{
			id: 'P1',
			name: text('Topics', 'Themen'),
			about: text(
				'Everyone writes topics, sealed. What was left last time is there already.',
				'Alle schreiben Themen, versiegelt. Was beim letzten Mal übrig blieb, steht schon da.'
			),
			when: 'live',
			minutes: 5,
			stage: ['ideas', 'topics', 'notes'],
			panel: ['actions', 'roster', 'dates'],
			projector: 'ideas',
			may: allow('ideas', submitting, members)
		},
		{
			id: 'P2',
			name: text('Pitch', 'Vorstellen'),
			about: text(
				'One sentence for each topic; what belongs together is merged.',
				'Ein Satz zu jedem Thema; was zusammengehört, wird zusammengelegt.'
			),
			when: 'live',
			minutes: 4,
			stage: ['topics'],
			panel: ['floor', 'roster'],
			projector: 'topics',
			may: { ...suggesting, ...turns },
			enter: [{ run: 'ideas.reveal' }]
		},
		{
			id: 'P3',
			name: text('Vote', 'Abstimmen'),
			about: text(
				'Give your votes. Nobody sees the count before the vote closes.',
				'Stimmen vergeben. Niemand sieht Zahlen, bevor die Abstimmung schließt.'
			),
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
			name: text('Discuss', 'Besprechen'),
			about: text(
				'One topic after the other, each in its box of time; thumbs decide whether to go on.',
				'Ein Thema nach dem anderen, jedes mit seiner Zeit; Daumen entscheiden, ob es weitergeht.'
			),
			when: 'live',
			minutes: 28,
			stage: ['continue', 'topics', 'notes'],
			panel: ['floor', 'actions', 'roster'],
			projector: 'topics',
			may: {
				...turns,
				...noting,
				...allow('topics', ['stage', 'next', 'back'], lead),
				'topics.more': clock,
				...allow('continue', ['open', 'close', 'cancel'], clock),
				'continue.vote': members
			},
			leave: [{ run: 'continue.cancel' }]
		},
		takeaways('P5', 5)
	],
	always: {
		...facilitation(lead),
		...planningMeetings(lead, '*'),
		...allow('agenda', ['pause', 'resume', 'extend'], clock),
		...allow('topics', [...tidying, 'label'], lead),
		'topics.seen': '*',
		...allow('notes', ['assign', 'merge', 'unmerge', 'dismiss', 'restore'], lead),
		...allow('notes', ['answer', 'seen'], '*'),
		...allow('actions', keeping, members)
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
			text: text('No attribution', 'Ohne Zuschreibung'),
			about: text(
				'Topics, notes, takeaways and past turns carry no names, in the room, afterwards and in exports. Actions keep their owner.',
				'Themen, Notizen, Mitgenommenes und vergangene Beiträge tragen keine Namen, weder im Raum noch später noch im Export. Vorhaben behalten ihren.'
			),
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
			text: text('Votes for each person', 'Stimmen je Person'),
			about: text('At most two of them on one topic.', 'Höchstens zwei davon auf ein Thema.'),
			sets: [{ setting: 'topics.budget', as: { one: 1, two: 2, three: 3, five: 5 } }],
			values: [
				{ value: 'one', text: text('One', 'Eine') },
				{ value: 'two', text: text('Two', 'Zwei') },
				{ value: 'three', text: text('Three', 'Drei') },
				{ value: 'five', text: text('Five', 'Fünf') }
			],
			default: 'two'
		},
		{
			name: 'box',
			text: text('Time for a topic', 'Zeit für ein Thema'),
			about: text(
				'Then thumbs decide: four minutes more, two more, on to the next.',
				'Dann entscheiden Daumen: vier Minuten mehr, noch zwei, weiter.'
			),
			sets: [{ setting: 'topics.boxMinutes', as: { five: 5, eight: 8, ten: 10 } }],
			values: [
				{ value: 'five', text: text('5 minutes', '5 Minuten') },
				{ value: 'eight', text: text('8 minutes', '8 Minuten') },
				{ value: 'ten', text: text('10 minutes', '10 Minuten') }
			],
			default: 'eight'
		}
	],
	presets: { socratic, rounds, fishbowl, 'one-two-four-all': oneTwoFourAll }
};
