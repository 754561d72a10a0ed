/** "Generative AI for customer letters": 13 vote before, 12 of them after, and the side against gains 25 points. */
import type { Json } from '#lib/blocks/block.ts';
import type { Side } from '#lib/blocks/evidence/model.ts';
import { DAY, advance, type Demo, type DemoStep, type Seen } from '../demo.ts';
import { laying, prepareSide, rebutPilot, rewordPilot, seenCard } from './debate-evidence.ts';

const audience: readonly [key: string, name: string, team: string][] = [
	['amara', 'Amara Diallo', 'Branch Lübeck'],
	['erik', 'Erik Nyström', 'Branch Kiel'],
	['selin', 'Selin Aydın', 'Complaints'],
	['paul', 'Paul Ferrand', 'Legal'],
	['hanna', 'Hanna Maier', 'Branch Schwerin'],
	['theo', 'Theo Laurent', 'IT'],
	['nora', 'Nora Lind', 'Conduct risk'],
	['kofi', 'Kofi Mensah', 'IT'],
	['vera', 'Vera Kovač', 'Lending'],
	['jonas', 'Jonas Weber', 'Marketing'],
	['clara', 'Clara Nowak', 'People development'],
	['marek', 'Marek Dvořák', 'Branch Kiel'],
	['anneliese', 'Anneliese von Hohenlohe-Winkelbach (Kundenservice Nord)', 'Service centre']
];
const voters = audience.map(([key]) => key);
/** Leaves before the second vote. */
const left = 'marek';
const stayed = voters.filter((key) => key !== left);

const field = (seen: Seen, as: string, name: string): string =>
	(seen.results[as] as { [name: string]: string })[name]!;

/** The poll was opened by the phase. */
const pollId = (seen: Seen): string => (seen.record('poll').current as { poll: string }).poll;

const vote = (by: string, choice: string): DemoStep => ({
	by,
	run: 'poll.vote',
	with: (seen) => ({ poll: pollId(seen), choice })
});

/** Each speech ends a little before its time; the chair calls the next. */
function speeches(prefix: string, minutes: readonly number[]): DemoStep[] {
	const steps = minutes.flatMap((spoken, index): DemoStep[] => [
		{
			by: 'ingrid',
			run: 'floor.begin',
			with: (seen) => ({ expects: index === 0 ? null : field(seen, `${prefix}${index - 1}`, 'speech') }),
			as: `${prefix}${index}`
		},
		{ wait: spoken }
	]);
	const last = `${prefix}${minutes.length - 1}`;
	return [
		...steps,
		{ by: 'ingrid', run: 'floor.finish', with: (seen) => ({ speech: field(seen, last, 'speech') }) }
	];
}

function question(
	key: string,
	by: string,
	sort: 'both' | Side,
	text: string,
	votes: number,
	from: number
): DemoStep[] {
	const others = voters.filter((one) => one !== by);
	const chosen = Array.from({ length: votes }, (_, index) => others[(from + index) % others.length]!);
	return [
		{ by, run: 'floorq.submit', with: () => ({ text, sort }), as: key },
		...chosen.map((voter): DemoStep => ({
			by: voter,
			run: 'floorq.vote',
			with: (seen) => ({ item: field(seen, key, 'item') })
		}))
	];
}

const nextQuestion = (on: string | null, as: string): DemoStep => ({
	by: 'ingrid',
	run: 'floorq.next',
	with: (seen) => ({ expects: on === null ? null : field(seen, on, 'item') }),
	as
});

const rating = (by: string, card: string, side: Side, strength: number): DemoStep => ({
	by,
	run: 'evidence.rate',
	with: (seen) => ({
		card: seenCard(card, side, side === 'for' ? [rewordPilot] : [rebutPilot], seen),
		strength
	})
});

const says = (by: string, as: string, text: string): DemoStep => ({
	by,
	run: 'evidence.state',
	with: () => ({ text }),
	as
});

const judges = (by: string, as: string, ok: boolean, note = ''): DemoStep => ({
	by,
	run: 'evidence.fair',
	with: (seen) => ({ statement: field(seen, as, 'statement'), ok, note })
});

const asks = (by: string, as: string, text: string, answerer: string, answer: string): DemoStep[] => [
	{ by, run: 'cross.say', with: () => ({ text }), as },
	{ wait: 0.5 },
	{ by: answerer, run: 'cross.answer', with: (seen) => ({ turn: field(seen, as, 'turn'), text: answer }) },
	{ wait: 1 }
];

/** The next 3 June from the demo's day on. */
function thirdOfJune(now: number): string {
	const today = new Date(now).toISOString();
	const year = Number(today.slice(0, 4));
	return `${today.slice(5, 10) < '06-03' ? year : year + 1}-06-03`;
}

const asItStands = (payload: Json) => () => payload;

const steps: DemoStep[] = [
	{
		by: 'ingrid',
		run: 'evidence.motion',
		with: asItStands({
			text: 'This bank should let branch staff use generative AI for customer letters.',
			definitions: '“Letters” are those that a named person signs.'
		})
	},
	{ wait: DAY },
	{ by: 'dev', write: 'side/for', change: prepareSide('for') },
	{ wait: DAY },
	{ by: 'luis', write: 'side/against', change: prepareSide('against') },
	{ wait: 2 * DAY },

	advance('ingrid'),
	...voters.map((by, index) =>
		vote(by, by === left || index < 6 ? 'for' : index < 9 ? 'against' : 'undecided')
	),
	{ wait: 3 },

	advance('ingrid'),
	{ by: 'dev', run: 'evidence.lay', with: laying('for') },
	{ by: 'luis', run: 'evidence.lay', with: laying('against') },
	...speeches('opening', [3.9, 3.9, 3.9, 3.9]),
	{
		by: 'mo',
		run: 'evidence.challenge',
		with: (seen) => ({
			card: seenCard('pilot', 'for', [], seen),
			kind: 'unsupported',
			text: 'Leaves out complaints, which take longest.'
		}),
		as: 'complaints'
	},
	...question('signs', 'anneliese', 'both', 'Who signs the letter?', 9, 0),
	...question('wrong', 'selin', 'for', 'What happened to the two letters that were wrong?', 4, 3),
	...question('rates', 'nora', 'against', 'Would you draft without rates?', 2, 7),

	advance('ingrid'),
	{ by: 'luis', write: 'side/against', change: rebutPilot },
	{ by: 'luis', run: 'evidence.lay', with: laying('against', rebutPilot) },
	...asks(
		'mo',
		'who',
		'Who read the nine-minute letters before they went out?',
		'dev',
		'The clerk who signed them, every one.'
	),
	...asks(
		'hana',
		'cost',
		'How many wrong rates were there in our letters last year?',
		'luis',
		'Two. Both cost us a complaint and a repayment.'
	),
	{
		by: 'yusuf',
		run: 'evidence.rule',
		with: (seen) => ({
			challenge: field(seen, 'complaints', 'challenge'),
			ruling: 'stands-reworded',
			note: 'The log has no complaints in it; the card should say so.'
		})
	},
	{ by: 'dev', write: 'side/for', change: rewordPilot },
	{ by: 'dev', run: 'evidence.lay', with: laying('for', rewordPilot) },
	{
		by: 'hana',
		run: 'evidence.challenge',
		with: (seen) => ({
			card: seenCard('memo', 'against', [rebutPilot], seen),
			kind: 'irrelevant',
			text: 'We do not ask for rates in letters.'
		}),
		as: 'relevance'
	},
	{ wait: 2 },

	advance('ingrid'),
	nextQuestion(null, 'on1'),
	{ wait: 5 },
	nextQuestion('on1', 'on2'),
	{ wait: 2 },
	{ opens: true },
	{ wait: 2 },
	{ by: 'ingrid', run: 'floorq.answer', with: (seen) => ({ item: field(seen, 'on2', 'item') }) },
	{
		by: 'yusuf',
		run: 'evidence.rule',
		with: (seen) => ({
			challenge: field(seen, 'relevance', 'challenge'),
			ruling: 'stands',
			note: 'The motion says letters, and some letters carry rates.'
		})
	},
	rating('dev', 'pilot', 'for', 4),
	rating('hana', 'pilot', 'for', 3),
	rating('luis', 'pilot', 'for', 2),
	rating('mo', 'pilot', 'for', 1),
	rating('dev', 'memo', 'against', 2),
	rating('hana', 'memo', 'against', 3),
	rating('luis', 'memo', 'against', 4),
	rating('mo', 'memo', 'against', 4),
	{ wait: 2 },

	advance('ingrid'),
	...speeches('closing', [1.9, 1.9]),
	{ by: left, run: 'roster.leave' },

	advance('ingrid'),
	says('mo', 'first', 'They say it is fast.'),
	{ wait: 1 },
	judges('dev', 'first', false, 'Fast at what? The point is who gets the time back.'),
	says(
		'mo',
		'second',
		'Staff lose thirteen minutes on every letter that follows a template. Give them a draft to check and sign, and customers call back less.'
	),
	says(
		'hana',
		'ours',
		'A letter with a wrong rate is mis-selling, and whoever signed it has to answer for words that nobody wrote.'
	),
	{ wait: 2 },
	judges('dev', 'second', true),
	judges('luis', 'ours', true),
	{ wait: 2 },

	advance('ingrid'),
	...stayed.map((by, index) => vote(by, index < 6 ? 'for' : 'against')),
	{ wait: 2 },
	{ by: 'ingrid', run: 'poll.close', with: (seen) => ({ expects: pollId(seen) }) },
	{ wait: 1 },

	advance('ingrid'),
	{
		by: 'ingrid',
		run: 'synthesis.submit',
		with: asItStands({
			entry: {
				agreed: 'Drafting yes, rates and complaints no.',
				change: 'A quarter without one wrong figure in any drafted letter.'
			}
		})
	},
	{ by: 'ingrid', run: 'floorq.promote', with: (seen) => ({ item: field(seen, 'rates', 'item') }) },
	{
		by: 'paul',
		run: 'openq.submit',
		with: asItStands({ text: 'Do we have to tell customers that it was drafted?' })
	},
	{
		by: 'dev',
		run: 'actions.add',
		with: ({ now }) => ({
			text: 'List the templates that may be drafted',
			due: thirdOfJune(now),
			evidence: 'The list is on the branch page'
		})
	},
	{ wait: 5 }
];

export const debateDemo: Demo = {
	title: 'Generative AI for customer letters',
	people: [
		{ key: 'ingrid', name: 'Ingrid Solberg', role: 'chair', team: 'Audit' },
		{ key: 'dev', name: 'Dev Malhotra', role: 'speaker-for', team: 'Branch Lübeck' },
		{ key: 'hana', name: 'Hana Svobodová', role: 'speaker-for', team: 'Service centre' },
		{ key: 'luis', name: 'Luis Ferreira', role: 'speaker-against', team: 'Branch Schwerin' },
		{ key: 'mo', name: 'Mo Haddad', role: 'speaker-against', team: 'Compliance' },
		{ key: 'yusuf', name: 'Yusuf Tekin', role: 'fact-checker', team: 'Controlling' },
		...audience.map(([key, name, team]) => ({ key, name, role: 'audience', team }))
	],
	me: 'ingrid',
	steps
};
