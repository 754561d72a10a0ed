/** A set of six in threes: each in turn brings something, is asked, listens while two consult, and takes a step. */
import { DAY, advance, dayIn, moves, type Demo, type DemoStep } from '../demo.ts';

const brings = (by: string, title: string): DemoStep => ({
	by,
	run: 'issue.submit',
	with: () => ({ entry: { title } })
});

/** Lots decide who sits with whom, so what is asked here may be asked of anybody; a question gets better in a minute. */
const asks = (by: string, first: string, better: string): DemoStep[] => [
	{ by, run: 'groups.write', with: () => ({ text: first }), as: `note-${by}` },
	{
		by,
		run: 'groups.reword',
		with: ({ results }) => ({ note: (results[`note-${by}`] as { note: string }).note, text: better })
	}
];

const promises = (by: string, text: string, days: number): DemoStep => ({
	by,
	run: 'actions.add',
	with: ({ now }) => ({ text, due: dayIn(now, days) })
});

const learns = (by: string, whom: 'self' | 'team' | 'org', text: string): DemoStep => ({
	by,
	run: 'learning.submit',
	with: () => ({ entry: { text, for: whom } })
});

/** The rest of a round, with the first step of the next. */
const round: DemoStep[] = [2, 2, 5, 2].flatMap((minutes) => [{ wait: minutes }, advance('ruth')]);

export const actionLearningTroikasDemo: Demo = {
	title: 'Branch leads, in threes',
	preset: 'troikas',
	people: [
		{ key: 'ruth', name: 'Ruth Adeyemi', role: 'coach', team: 'Learning' },
		{ key: 'tom', name: 'Tom Bauer', role: 'member', team: 'Valuations' },
		{ key: 'aisha', name: 'Aisha Noor', role: 'member', team: 'Credit risk' },
		{ key: 'marek', name: 'Marek Kowalski', role: 'member', team: 'Broker desk' },
		{ key: 'lena', name: 'Lena Sommer', role: 'member', team: 'Payments' },
		{ key: 'priya', name: 'Priya Raman', role: 'member', team: 'Mortgage operations' }
	],
	me: 'ruth',
	steps: [
		brings('tom', 'Two valuers answer my messages, four do not.'),
		brings('aisha', 'I say yes to every review and finish none.'),
		brings('marek', 'Brokers call me because our form is too long.'),
		brings('lena', 'A payment bounces twice, and nobody answers for it.'),
		brings('priya', 'My new colleague is quicker than I am, and I slow her down.'),
		{ wait: DAY },
		moves('ruth', 'start'),
		{ wait: 2 },
		advance('ruth'),
		...asks('ruth', 'Is it always like that?', 'When was it last otherwise?'),
		...asks('tom', 'Does anybody notice?', 'Who notices first when it happens?'),
		...asks('aisha', 'How would it be better?', 'What would be the smallest sign that it gets better?'),
		...asks('marek', 'What does it cost you?', 'What have you stopped doing because of it?'),
		...asks('lena', 'Who could help you?', 'Whose help have you not asked for yet?'),
		...asks('priya', 'Why is it still so?', 'What do you gain as long as it stays as it is?'),
		{ wait: 2 },
		advance('ruth'),
		{ opens: true },
		{ wait: 5 },
		advance('ruth'),
		{ wait: 2 },
		advance('ruth'),
		...round,
		{ wait: 2 },
		advance('ruth'),
		{ wait: 2 },
		advance('ruth'),
		{ wait: 5 },
		advance('ruth'),
		promises('tom', 'Visit the four who do not answer', 10),
		promises('aisha', 'Say no to the next two reviews', 7),
		promises('marek', 'Strike five fields off the form with one broker', 14),
		promises('lena', 'Put one name beside each payment that bounced', 7),
		promises('priya', 'Let her lead the next file, and watch', 5),
		{ wait: 2 },
		advance('ruth'),
		learns('tom', 'self', 'I wrote to people whom I had never met.'),
		learns('lena', 'team', 'Nobody knew more than I did, and it helped all the same.'),
		learns('priya', 'org', 'Two who only listened to each other found what I could not see.'),
		{ wait: 6 },
		moves('ruth', 'end')
	]
};
