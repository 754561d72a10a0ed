/** "Reading a P&L in 20 minutes": 27 want it, 34 sign up, 11 questions, 7 answered live and 4 the next day. */
import type * as Y from 'yjs';
import { addParagraph } from '#lib/blocks/board/write.ts';
import type { Json } from '#lib/blocks/block.ts';
import { DAY, advance, type Demo, type DemoStep, type Seen } from '../demo.ts';
import { attendees } from './lunch-and-learn-people.ts';

const everybody = ['ines', 'greta', 'sam', ...attendees.map(({ key }) => key)];
/** Those who ask, vote and answer while she speaks. */
const present = everybody.slice(0, 21);

/** All but the one who speaks and the one who never comes. */
const signedUp = everybody.filter((key) => key !== 'greta' && key !== 'vera');
const came = signedUp.slice(0, 21);

const dateOf = (seen: Seen, index = 0) => (seen.results.dates as { slots: string[] }).slots[index]!;

const itemOf = (seen: Seen, key: string) => (seen.results[key] as { item: string }).item;

/** Somebody does something with an entry that was made as `key`. */
function treat(by: string, run: string, key: string, more: { [field: string]: Json } = {}): DemoStep {
	return { by, run, with: (seen) => ({ item: itemOf(seen, key), ...more }) };
}

function topic(key: string, by: string, text: string, wanted: number, from: number): DemoStep[] {
	return [
		{ by, run: 'topics.submit', with: () => ({ text }), as: key },
		...turning(everybody, wanted, from).map((voter) => treat(voter, 'topics.vote', key)),
		{ wait: 90 }
	];
}

/** `count` of them, from a place in the row on, round its end. */
function turning(people: readonly string[], count: number, from: number): string[] {
	return Array.from({ length: count }, (_, index) => people[(from + index) % people.length]!);
}

const votes = (key: string, count: number, from: number): DemoStep[] =>
	turning(present.slice(3), count, from).map((voter) => treat(voter, 'questions.vote', key));

function question(key: string, by: string, text: string, anonymous = false): DemoStep[] {
	return [
		{ by, run: 'questions.submit', with: () => ({ text, anonymous }), as: key },
		{ wait: 0.5 },
		treat('sam', 'questions.approve', key)
	];
}

/** The answer on stage was given; the next question by votes goes on. */
function next(on: string | null, as: string): DemoStep {
	return {
		by: 'sam',
		run: 'questions.next',
		with: (seen) => ({ expects: on === null ? null : itemOf(seen, on) }),
		as
	};
}

function onward(place: number): DemoStep[] {
	return [{ wait: 2 }, next(`on${place}`, `on${place + 1}`)];
}

const tries: readonly [string, string][] = [
	['yusuf', 'Add cost per claim to the Monday deck.'],
	['nadia', 'Read our March figures once more, cash first.'],
	['oskar', 'Ask treasury which of our costs are one-offs.'],
	['tess', 'Show my team the margin before the volume.'],
	['anneliese', 'Die Abschreibungen im Quartalsbericht nachschlagen.'],
	['leila', 'Mark the one-offs in our legal costs.'],
	['bruno', 'Give the margin with every offer above 10,000.'],
	['mei', 'Put the cloud bill beside the team’s hours.'],
	['arjun', 'Ask for the margin before I praise a record month.'],
	['clara', 'Read the first page of the quarterly report to the end.'],
	['dana', 'Tag what we run in the cloud with the cost centre.'],
	['henrik', 'Send two lines of words along with the monthly sheet.'],
	['aisha', 'Keep a list of what will not come again next year.'],
	['lars', 'Compare our loss ratio with that of last March.'],
	['ruth', 'Ask what an accrual stands for before I sign it.'],
	['tomas', 'Look at cash once a month, not only at sales.']
];

/** Two weeks on: who replies, and what came of it for those who used it. */
const used: readonly [key: string, what?: string][] = [
	['yusuf', 'The deck has a new line, and it was asked about at once.'],
	['nadia'],
	['bruno', 'Two offers went out with another price.'],
	['dana'],
	['henrik', 'Fewer calls after the first of the month.']
];
const notYet = ['oskar', 'tess', 'anneliese', 'leila', 'mei', 'arjun', 'clara', 'aisha', 'lars'];

const answers: readonly [string, string][] = [
	['accrual', 'The head of the cost centre, and treasury above 20,000 a quarter.'],
	['accrued', 'That the cost belongs to this month although the card is charged in the next.'],
	['refund', 'It lowers revenue. Only the handling of it is a cost.'],
	[
		'practise',
		'In the reporting portal, folder “My cost centre”. I put last year’s figures there for everybody.'
	]
];

const ratings: readonly [number, number, string?][] = [
	[5, 5],
	[5, 4, 'Examples from claims'],
	[4, 5],
	[4, 4, 'More time for questions'],
	[5, 5],
	[3, 4],
	[4, 5, 'How a budget comes about'],
	[5, 4],
	[4, 4]
];

function reply(by: string, entry: { [field: string]: Json }): DemoStep {
	return {
		by,
		run: 'applied.submit',
		with: ({ results }) => ({ id: (results[`try-${by}`] as { id: string }).id, entry })
	};
}

function writeNotes(doc: Y.Doc): void {
	const lines = [
		'Margin before volume: a growing line can still lose money.',
		'One-offs: ask whether it would appear again next year.',
		'Cash is not profit: March had the profit, April had the money.'
	];
	for (const line of lines) addParagraph(doc, line);
}

const steps: DemoStep[] = [
	...topic('pl', 'yusuf', 'Reading a P&L in 20 minutes', 27, 0),
	...topic('letters', 'nadia', 'Writing claims letters that nobody calls about', 14, 9),
	...topic('pivot', 'oskar', 'Pivot tables without fear', 9, 20),
	treat('greta', 'topics.offer', 'pl'),
	treat('henrik', 'topics.offer', 'pl'),
	{ wait: 2 * DAY },
	advance('ines'),
	{
		by: 'ines',
		run: 'slots.open',
		with: ({ now }) => ({
			at: now + 5 * DAY * 60_000,
			place: 'Canteen, 2nd floor',
			repeat: { every: 'month', times: 3 },
			zone: 'Europe/Berlin'
		}),
		as: 'dates'
	},
	{
		by: 'greta',
		run: 'slots.claim',
		with: (seen) => ({ slot: dateOf(seen), title: 'Reading a P&L in 20 minutes' })
	},
	{ wait: 30 },
	{ by: 'sam', run: 'slots.help', with: (seen) => ({ slot: dateOf(seen) }) },
	...signedUp.map((by): DemoStep => ({ by, run: 'slots.signUp', with: (seen) => ({ slot: dateOf(seen) }) })),
	{
		by: 'dana',
		run: 'slots.claim',
		with: (seen) => ({ slot: dateOf(seen, 1), title: 'Pivot tables without fear' })
	},
	{ by: 'vera', run: 'slots.signUp', with: (seen) => ({ slot: dateOf(seen) }) },
	{ by: 'vera', run: 'slots.giveUp', with: (seen) => ({ slot: dateOf(seen) }) },
	{ wait: 3 * DAY },
	advance('ines'),
	{
		by: 'greta',
		run: 'slots.claim',
		with: (seen) => ({
			slot: dateOf(seen),
			title: 'Reading a P&L in 20 minutes',
			takeaways: ['Margin before volume', 'One-offs', 'Cash ≠ profit'],
			recorded: true,
			exercise: 'Take the sheet on your table. Which line would you ask about first, and whom?'
		})
	},
	{ wait: 2 * DAY - 35 },
	advance('ines'),
	...came.map((by): DemoStep => ({ by, run: 'slots.arrive' })),
	{ wait: 3 },
	advance('ines'),
	{ wait: 4 },
	...question('margin', 'henrik', 'What is the difference between margin and markup?'),
	...question('bill', 'yusuf', 'Where does my team’s cloud bill sit?'),
	...question('habit', 'leila', 'How do I tell a one-off from a bad habit?', true),
	...question('claim', 'oskar', 'Is cost per claim a cost of sales or an overhead?'),
	treat('sam', 'questions.label', 'claim', { labels: ['claims'] }),
	treat('tess', 'questions.offer', 'claim'),
	{ wait: 3 },
	...question('cash', 'nadia', 'If profit went up, why did we have less cash in March?'),
	...question('lines', 'bruno', 'Which three lines should I read first?', true),
	...question(
		'depreciation',
		'anneliese',
		'Warum stehen Abschreibungen auf Softwarelizenzen nicht bei den IT-Kosten?'
	),
	{
		by: 'mei',
		run: 'questions.submit',
		with: () => ({ text: 'Why did Jörg’s accruals change at quarter end?', anonymous: true }),
		as: 'accrual'
	},
	treat('sam', 'questions.return', 'accrual', { reason: 'Please leave the colleague’s name out.' }),
	{ wait: 2 },
	treat('mei', 'questions.reword', 'accrual', { text: 'Who approves an accrual at quarter end?' }),
	treat('sam', 'questions.approve', 'accrual'),
	...question('accrued', 'tess', 'What does “accrued” mean for a team that pays by card?'),
	...question('refund', 'arjun', 'Does a refund lower revenue or raise cost?'),
	...question('practise', 'clara', 'Where can I practise with our own figures?'),
	...votes('bill', 6, 0),
	...votes('habit', 6, 4),
	...votes('claim', 5, 9),
	...votes('margin', 4, 2),
	...votes('cash', 3, 7),
	...votes('depreciation', 3, 12),
	...votes('lines', 2, 1),
	...votes('accrued', 1, 5),
	...question('aws', 'dana', 'Where do I find what AWS costs my department?', true),
	...votes('aws', 4, 4),
	{
		by: 'sam',
		run: 'questions.merge',
		with: (seen) => ({ item: itemOf(seen, 'aws'), into: itemOf(seen, 'bill') })
	},
	{ wait: 6 },
	advance('ines'),
	next(null, 'on1'),
	{ by: 'sam', run: 'questions.tell', with: () => ({ text: 'Two more after this one.' }), as: 'word' },
	{
		by: 'greta',
		run: 'questions.seen',
		with: ({ results }) => ({ messages: [(results.word as { message: string }).message] })
	},
	...[1, 2].flatMap(onward),
	{ wait: 1 },
	{ opens: true },
	...[3, 4, 5, 6].flatMap(onward),
	{ wait: 2 },
	treat('sam', 'questions.answer', 'on7'),
	{ wait: 1 },
	advance('ines'),
	...tries.map(([by, text]): DemoStep => ({
		by,
		run: 'try.submit',
		with: () => ({ entry: { text } }),
		as: `try-${by}`
	})),
	{ wait: 4 },
	advance('ines'),
	...ratings.map(([useful, clear, more], index): DemoStep => ({
		by: present[index + 3]!,
		run: 'feedback.submit',
		with: () => ({ entry: { useful, clear, ...(more && { more }) } })
	})),
	{ wait: 3 },
	advance('ines'),
	{ wait: DAY - 45 },
	{ by: 'greta', write: 'notes', change: writeNotes },
	...answers.map(([key, text]) => treat('greta', 'questions.answer', key, { text })),
	treat('sam', 'questions.promote', 'bill'),
	treat('ines', 'topics.answer', 'pl'),
	{ wait: 13 * DAY + 60 },
	...used.map(([by, what]) => reply(by, { used: 'yes', ...(what && { what }) })),
	...notYet.map((by) => reply(by, { used: 'not-yet' })),
	{ by: 'ines', run: 'applied.close', with: () => ({ round: 'm1' }) },
	{ wait: 30 }
];

export const lunchAndLearnDemo: Demo = {
	title: 'Reading a P&L in 20 minutes',
	people: [
		{ key: 'ines', name: 'Ines Fontaine', role: 'host', team: 'People development' },
		{ key: 'greta', name: 'Greta Holm', role: 'speaker', team: 'Treasury' },
		{ key: 'sam', name: 'Sam Okafor', role: 'helper', team: 'Underwriting' },
		...attendees
	],
	me: 'ines',
	steps
};
