/** Nadia and Ben, six meetings: from reading slides to two questions answered without notes, 3 to 7. */
import type * as Y from 'yjs';
import { addParagraph } from '#lib/blocks/board/write.ts';
import { DAY, advance, dayIn, does, moves, onMade, type Demo, type DemoStep } from '../demo.ts';

const writes = (by: string, text: string, write = 'page'): DemoStep => ({
	by,
	write,
	change: (doc: Y.Doc) => addParagraph(doc, text)
});

const asks = (by: string, role: string, person: string): DemoStep => ({
	by,
	run: 'roster.offer',
	with: ({ people }) => ({ person: people[person]!, role })
});

const CONTRACT = {
	rhythm: 'Every two weeks, 45 minutes, six times, in room 2.14',
	stays: 'Everything. Ben tells nobody what I say, not even that I am nervous.',
	exceptions: 'If somebody is in danger, or the bank is: then we say so first, and to whom.',
	ending: 'Either of us, by saying so, without giving a reason.'
};

const option = (text: string, as: string, by = 'nadia'): DemoStep => does(by, 'options.add', { text }, as);

function promises(as: string, text: string, days: number, obstacle: string, confidence: number): DemoStep {
	return {
		by: 'nadia',
		run: 'actions.add',
		with: ({ now }) => ({ text, due: dayIn(now, days), obstacle, confidence }),
		as
	};
}

const reviews = (as: string, outcome: string, learned: string): DemoStep =>
	onMade('nadia', 'actions.review', as, { outcome, learned });

const rates = (value: number, said: string): DemoStep =>
	onMade('nadia', 'goals.rate', 'goal', { value, said });

interface Middle {
	/** The step of the last meeting, and what became of it. */
	last: [as: string, outcome: string, learned: string];
	rated: [value: number, said: string];
	page: [by: string, text: string][];
	options: [first: string, second: string, third: string];
	step: [as: string, text: string, obstacle: string, confidence: number];
	checkIn: [progress: string, said: string];
}

/** One of the meetings in between, and the fortnight after it. */
function meeting({ last, rated, page, options, step, checkIn }: Middle): DemoStep[] {
	const [as, text, obstacle, confidence] = step;
	return [
		moves('nadia', 'start'),
		{ wait: 2 },
		reviews(...last),
		rates(...rated),
		{ wait: 3 },
		advance('nadia', 'P3'),
		{ wait: 6 },
		advance('nadia', 'P4'),
		...page.map(([by, text]) => writes(by, text)),
		{ wait: 10 },
		advance('ben', 'P5'),
		...options.map((one, index) => option(one, `${as}-${index}`)),
		onMade('nadia', 'options.choose', `${as}-0`),
		{ wait: 9 },
		advance('nadia', 'P6'),
		promises(as, text, 10, obstacle, confidence),
		{ wait: 8 },
		advance('ben', 'P7'),
		{ wait: 3 },
		moves('nadia', 'end'),
		{ wait: 6 * DAY },
		onMade('nadia', 'goals.checkIn', 'goal', { progress: checkIn[0], said: checkIn[1] }),
		{ wait: 8 * DAY - 41 }
	];
}

export const coachingDemo: Demo = {
	title: 'Nadia and Ben',
	people: [
		{ key: 'nadia', name: 'Nadia Rahimi', role: 'coachee', team: 'Payments' },
		{ key: 'ben', name: 'Ben Okoro', role: 'invited', team: 'Facilities' },
		{ key: 'sara', name: 'Sara Lindqvist', role: 'invited', team: 'Head of Payments' }
	],
	me: 'nadia',
	steps: [
		{
			by: 'nadia',
			run: 'goals.add',
			with: ({ now }) => ({
				text: 'Present to the risk committee without reading slides',
				area: 'Presenting',
				why: 'They decide on my cases, and they look at me, not at the wall.',
				sign: 'Two questions answered without notes.',
				now: 3,
				target: 7,
				by: dayIn(now, 92),
				visibility: 'room'
			}),
			as: 'goal'
		},
		does('nadia', 'goals.add', {
			text: 'Find out whether I want to lead a team',
			why: 'Nobody has to know yet.',
			visibility: 'self'
		}),
		writes('nadia', 'I have never told anybody how little I sleep before a committee.', 'journal'),
		{ wait: 2 * DAY },
		moves('nadia', 'advance'),
		asks('nadia', 'coach', 'ben'),
		asks('nadia', 'sponsor', 'sara'),
		{ wait: 0.5 * DAY },
		does('ben', 'roster.answer', { role: 'coach', yes: true }),
		does('sara', 'roster.answer', { role: 'sponsor', yes: true }),
		{ wait: DAY },
		does('nadia', 'contract.submit', { entry: CONTRACT }, 'contract'),
		onMade('nadia', 'contract.sign', 'contract', { entry: CONTRACT }),
		onMade('ben', 'contract.sign', 'contract', { entry: CONTRACT }),
		{ wait: DAY },

		moves('nadia', 'start'),
		{ wait: 3 },
		advance('nadia', 'P3'),
		writes('ben', 'What should be there at the end of today?'),
		writes('nadia', 'One thing I can do before the next committee, not a course.'),
		{ wait: 7 },
		advance('nadia', 'P4'),
		writes('nadia', 'I rehearse the slides, never the opening.'),
		writes('nadia', 'After the first minute I am fine. Before it I hear nothing but myself.'),
		writes('ben', 'What do you do in that minute?'),
		writes('nadia', 'I read the title aloud, as if they could not.'),
		writes('ben', 'She looks at the door when she says “committee”. Ask, do not explain.', 'notes'),
		{ wait: 10 },
		advance('ben', 'P5'),
		option('Record a 2-minute opening', 'record'),
		{ wait: 2 },
		option('Swap slots with Omar', 'swap'),
		does('nadia', 'options.wish', {}),
		{ wait: 1 },
		option('Ask for questions early', 'early', 'ben'),
		{ wait: 4 },
		onMade('nadia', 'options.choose', 'record'),
		{ wait: 2 },
		advance('nadia', 'P6'),
		promises('openings', 'Record three openings', 4, 'No room: booked 12:30', 6),
		{ wait: 3 },
		onMade('nadia', 'actions.edit', 'openings', { text: 'Record two openings', confidence: 8 }),
		{ wait: 4 },
		advance('ben', 'P7'),
		does('nadia', 'reflection.submit', { entry: { text: 'Two is a number I can do.' } }),
		does('ben', 'reflection.submit', { entry: { text: 'I nearly told her about my own first talk.' } }),
		{ wait: 4 },
		moves('nadia', 'end'),
		{ wait: 2 * DAY },
		onMade('nadia', 'goals.checkIn', 'goal', { progress: 'some', said: 'One done, less awful.' }),
		{ wait: 12 * DAY },

		...meeting({
			last: ['openings', 'done', 'The second one was shorter, and better.'],
			rated: [4, 'Looked up twice.'],
			page: [
				['nadia', 'I looked up, and lost the line. Nobody noticed.'],
				['ben', 'How do you know?']
			],
			options: [
				'Say the first sentence to three people in the lift',
				'Put the first sentence on paper, not on the slide',
				'Begin with the number'
			],
			step: ['lift', 'Say the first sentence to three people', 'Empty lift: the canteen queue', 8],
			checkIn: ['done', 'Omar asked a question. I answered it.']
		}),
		...meeting({
			last: ['lift', 'done', 'They ask what I do not have on the slide.'],
			rated: [5, 'The opening without paper.'],
			page: [
				['nadia', 'The questions are about the case, not about me.'],
				['ben', 'Which one do you hope for?']
			],
			options: [
				'Write the three questions that I fear',
				'Let Omar ask me the worst one',
				'Sit in on another committee'
			],
			step: ['fear', 'Let Omar ask me three questions I fear', 'He is kind: ask him not to be', 7],
			checkIn: ['some', 'Two of three.']
		}),
		...meeting({
			last: ['fear', 'partly', 'The third one I do not know, and said so.'],
			rated: [5, 'The same; a bad week.'],
			page: [
				['nadia', 'I said “I do not know yet” and the room stayed where it was.'],
				['ben', 'What else is true that you have not said?']
			],
			options: ['Take five slides out', 'One slide for each question', 'Stand beside the screen'],
			step: ['five', 'Take five slides out of the May deck', 'The template: ask Jana', 9],
			checkIn: ['done', 'Six, in fact.']
		}),
		...meeting({
			last: ['five', 'done', 'Nobody missed them.'],
			rated: [6, 'One question answered without notes.'],
			page: [
				['nadia', 'With fewer slides I have to look at somebody. I chose Ms Haas.'],
				['ben', 'And what did you see?']
			],
			options: ['Present the summer cases without slides', 'Only the numbers on paper', 'Ask to go first'],
			step: ['first', 'Ask to go first on the agenda', 'The chair decides: write today', 8],
			checkIn: ['done', 'Second. Good enough.']
		}),

		moves('nadia', 'start'),
		{ wait: 1 },
		{ opens: true },
		reviews('first', 'done', 'Early is easier than late.'),
		rates(7, 'Two questions answered without notes.'),
		{ wait: 4 },
		advance('nadia', 'P3'),
		{ wait: 5 },
		advance('nadia', 'P4'),
		writes('nadia', 'What I want to keep: one sentence, then a person.'),
		{ wait: 8 },
		advance('ben', 'P5'),
		option('Teach the opening to Omar', 'teach'),
		onMade('nadia', 'options.choose', 'teach'),
		{ wait: 6 },
		advance('nadia', 'P6'),
		promises('teach', 'Sit with Omar for one opening', 14, 'None', 9),
		{ wait: 5 },
		advance('ben', 'P7'),
		{ wait: 3 },
		advance('nadia', 'P8'),
		onMade('nadia', 'goals.settle', 'goal', { as: 'met' }),
		does('nadia', 'fit.submit', { entry: { fit: 5, helped: 'That he waited.' } }),
		does('ben', 'fit.submit', { entry: { fit: 4, helped: 'That she wrote the first word each time.' } }),
		{ wait: 3 },
		// At the end she has nothing against it.
		onMade('nadia', 'goals.show', 'goal', { visibility: 'shared' })
	]
};
