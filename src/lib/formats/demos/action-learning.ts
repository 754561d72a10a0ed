/** "Lending Ops", meeting 3: what was promised before is reviewed, and one issue becomes another problem. */
import { addNote, link, writeNote, type NewNote } from '#lib/blocks/board/write.ts';
import { DAY, advance, dayIn, does, madeIn, moves, type Demo, type DemoStep } from '../demo.ts';

function promises(by: string, as: string, text: string, days: number, evidence: string): DemoStep {
	return {
		by,
		run: 'actions.add',
		with: ({ now }) => ({ text, due: dayIn(now, days), evidence }),
		as
	};
}

/** A short earlier meeting, each with a problem of its own: straight to what is promised in it. */
function before(by: string, problem: string, promised: DemoStep): DemoStep[] {
	return [
		presents(by),
		moves('ruth', 'start'),
		...agreesAndPromises(by, problem, promised),
		{ wait: 5 },
		...learning([]),
		moves('ruth', 'end')
	];
}

/** Whose turn it is to present. */
function presents(who: string): DemoStep {
	return { by: 'ruth', run: 'roster.next', with: ({ people }) => ({ person: people[who] ?? '' }) };
}

function agreesAndPromises(by: string, problem: string, promised: DemoStep): DemoStep[] {
	return [
		{ wait: 5 },
		advance('ruth', 'P4'),
		sentence(by, problem),
		does('ruth', 'problem.reveal', {}),
		{
			by,
			run: 'problem.accept',
			with: ({ results }) => ({ entry: madeIn({ results }, `problem-${by}`, 'id') })
		},
		advance('ruth', 'P6'),
		promised
	];
}

function learning(steps: DemoStep[]): DemoStep[] {
	return [advance('ruth', 'P7'), ...steps, { wait: 10 }];
}

function reviews(by: string, as: string, outcome: string, learned: string): DemoStep {
	return {
		by,
		run: 'actions.review',
		with: ({ results }) => ({ id: madeIn({ results }, as, 'id'), outcome, learned })
	};
}

/** A question in writing, and what it was answered. */
function asks(by: string, text: string, answer?: string): DemoStep[] {
	const as = `asked: ${text}`;
	const ask = does(by, 'floor.say', { text }, as);
	if (answer === undefined) return [ask, { wait: 1 }];
	return [
		ask,
		{ wait: 1 },
		{
			by: 'priya',
			run: 'floor.answer',
			with: ({ results }) => ({ turn: madeIn({ results }, as, 'turn'), text: answer })
		}
	];
}

const sentence = (by: string, text: string): DemoStep =>
	does(by, 'problem.submit', { entry: { text } }, `problem-${by}`);

type Put = Pick<NewNote, 'id' | 'kind' | 'form' | 'text'> &
	Partial<Pick<NewNote, 'group' | 'x' | 'y' | 'paper' | 'test'>>;

function puts(by: string, note: Put): DemoStep {
	return {
		by,
		write: 'board',
		change(doc, { people, now }) {
			const whole = { group: null, x: 0, y: 0, ...note, by: people[by] ?? null, at: now };
			addNote(doc, whole, 'demo');
		}
	};
}

function replies(by: string, note: string, text: string): DemoStep {
	return {
		by,
		write: 'board',
		change: (doc, { people }) => writeNote(doc, note, 'reply', text, people[by] ?? null, 'demo')
	};
}

export const actionLearningDemo: Demo = {
	title: 'Lending Ops',
	people: [
		{ key: 'ruth', name: 'Ruth Adeyemi', role: 'coach', team: 'Learning' },
		{ key: 'tom', name: 'Tom Bauer', role: 'member', team: 'Valuations' },
		{ key: 'aisha', name: 'Aisha Noor', role: 'member', team: 'Credit risk' },
		{ key: 'priya', name: 'Priya Raman', role: 'presenter', team: 'Mortgage operations' },
		{ key: 'marek', name: 'Marek Kowalski', role: 'member', team: 'Broker desk' },
		{ key: 'lena', name: 'Lena Sommer', role: 'member', team: 'Payments' },
		{
			key: 'maximiliane',
			name: 'Dr. Maximiliane Wittgenstein-Hohenfelsen (Risikocontrolling)',
			role: 'sponsor'
		}
	],
	me: 'ruth',
	steps: [
		...before(
			'tom',
			'We do not know where the days of a file go.',
			promises('tom', 'shadow', 'Shadow two valuations', 30, 'Notes of two visits, shown to the group')
		),
		{ wait: 32 * DAY },
		presents('marek'),
		moves('ruth', 'start'),
		reviews('tom', 'shadow', 'partly', 'One visit is not enough to see a pattern.'),
		...agreesAndPromises(
			'marek',
			'Nobody can say how often a file comes back.',
			promises('marek', 'count', 'Count re-requests for one week', 21, 'A number for each file')
		),
		{ wait: 5 },
		...learning([]),
		moves('ruth', 'end'),
		{ wait: 30 * DAY },

		presents('priya'),
		does('priya', 'issue.submit', {
			entry: {
				title: 'Mortgage approvals take 19 working days; brokers are leaving.',
				why: 'I run mortgage operations. The two largest brokers told me, not my manager.',
				tried: 'Overtime in March. It moved the average by one day.',
				help: 'Seeing what I do not see, because I have been in it for six years.'
			}
		}),
		does('lena', 'issue.submit', {
			entry: { title: 'Nobody answers for a payment that bounces twice.' }
		}),
		{ wait: 2 * DAY },

		moves('ruth', 'start'),
		{ wait: 2 },
		reviews('tom', 'shadow', 'done', 'Half the wait is re-keying.'),
		{ wait: 4 },
		reviews('marek', 'count', 'not', 'I counted for a day and stopped: nobody agrees what a re-request is.'),
		{ wait: 3 },
		advance('ruth', 'P2'),
		{ wait: 1 },
		does('lena', 'floor.jot', { text: 'Who gains from it being slow?' }),
		does('tom', 'floor.jot', { text: 'What happens between day 3 and day 11?' }, 'jotted'),
		{ wait: 2 },
		advance('ruth', 'P3'),
		{
			by: 'tom',
			run: 'floor.say',
			with: ({ results }) => ({
				text: 'What happens between day 3 and day 11?',
				jotted: madeIn({ results }, 'jotted', 'jotted')
			}),
			as: 'first'
		},
		{ wait: 1 },
		{
			by: 'priya',
			run: 'floor.answer',
			with: ({ results }) => ({
				turn: madeIn({ results }, 'first', 'turn'),
				text: 'It waits for income documents.'
			})
		},
		...asks('aisha', 'Who decides a file is complete?', 'Three people, differently.'),
		...asks(
			'marek',
			'How many files come back more than once?',
			'I would have said one in ten. I do not know.'
		),
		...asks('tom', 'Who asks the broker for the papers?', 'Each of the three, on different days.'),
		...asks('aisha', 'What does each of the three look at first?', 'Income, valuation, identity: by habit.'),
		does('lena', 'floor.say', { text: 'You should use an e-signature tool.', tag: 'statement' }, 'advice'),
		{ wait: 1 },
		...asks('marek', 'What do brokers say when they leave?', 'That they never know where a file stands.'),
		...asks('tom', 'When did a file last take less than ten days?', 'In January. All papers came at once.'),
		...asks('tom', 'What was different about that one?', 'One underwriter kept it from start to end.'),
		...asks('aisha', 'How would a new colleague know what complete means?', 'They would ask around.'),
		{ wait: 1 },
		{ by: 'ruth', run: 'floor.invite', with: ({ people }) => ({ person: people.lena ?? '' }) },
		...asks('lena', 'What have you told the brokers so far?', 'That we are working on it.'),
		...asks('marek', 'What does a day of waiting cost us?', 'About four applications a month.'),
		...asks('aisha', 'What would you not dare to change?', 'The second pair of eyes.'),
		...asks(
			'marek',
			'Who outside your team has an idea of “complete”?',
			'Audit. They have a list of their own.'
		),
		...asks('tom', 'If you could see one number every day, which one?'),
		{ wait: 2 },
		advance('ruth', 'P4'),
		sentence('tom', 'We are a slow team.'),
		sentence('marek', 'Our team is too slow for the brokers.'),
		{ wait: 1 },
		sentence('lena', 'A slow team without the right tools.'),
		sentence('priya', 'My team is slow, and I cannot say why.'),
		{ wait: 1 },
		sentence('aisha', 'We have no shared definition of a complete file.'),
		{ wait: 2 },
		{
			by: 'priya',
			run: 'problem.accept',
			with: ({ results }) => ({ entry: madeIn({ results }, 'problem-aisha', 'id') })
		},
		{ wait: 1 },
		advance('ruth', 'P5'),
		puts('tom', {
			id: 'gap',
			kind: 'question',
			form: 'question',
			text: 'What happens between day 3 and day 11?',
			group: 'questions',
			y: 16
		}),
		replies('priya', 'gap', 'It waits for income documents.'),
		puts('aisha', {
			id: 'decides',
			kind: 'question',
			form: 'question',
			text: 'Who decides a file is complete?',
			group: 'questions',
			y: 32
		}),
		replies('priya', 'decides', 'Three people, differently.'),
		{ wait: 3 },
		puts('tom', {
			id: 'rekeying',
			kind: 'finding',
			form: 'note',
			paper: 'rose',
			text: 'Half the wait is re-keying.',
			group: 'known',
			y: 16
		}),
		puts('marek', {
			id: 'brokers',
			kind: 'idea',
			form: 'note',
			paper: 'straw',
			text: 'Let brokers tick the same list before they send.',
			group: 'known',
			y: 32
		}),
		{ wait: 3 },
		puts('priya', {
			id: 'onepage',
			kind: 'experiment',
			form: 'experiment',
			text: 'One page that two underwriters share cuts re-requests.',
			test: '20 files, both underwriters, two weeks.',
			group: 'experiments',
			y: 16
		}),
		{
			by: 'aisha',
			write: 'board',
			change: (doc) => link(doc, { id: 'leads', from: 'decides', to: 'onepage', label: 'leads to' }, 'demo')
		},
		{ wait: 4 },
		{ opens: true },
		advance('ruth', 'P6'),
		promises(
			'priya',
			'checklist',
			'A one-page checklist with two underwriters on 20 files',
			14,
			'Fewer than 3 re-requests per file'
		),
		promises(
			'marek',
			'define',
			'Write down what a re-request is, with two brokers',
			10,
			'One sentence that both sign'
		),
		{ wait: 3 },
		{
			by: 'priya',
			run: 'actions.share',
			with: ({ results }) => ({ id: madeIn({ results }, 'checklist', 'id') })
		},
		does('priya', 'brief.submit', {
			entry: { text: 'We try one definition of a complete file on 20 files.' }
		}),
		does('priya', 'brief.give', {}),
		{ wait: 2 },
		advance('ruth', 'P7'),
		{ wait: 2 },
		does('priya', 'learning.submit', { entry: { text: 'We measured days, not hand-backs.', for: 'org' } }),
		does('tom', 'learning.submit', {
			entry: { text: 'Five of my questions began with “what”.', for: 'team' }
		}),
		does('lena', 'learning.submit', {
			entry: { text: 'I had the answer before I had a question.', for: 'self' }
		}),
		{ wait: 2 }
	]
};
