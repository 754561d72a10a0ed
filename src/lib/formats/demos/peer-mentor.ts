/** Nia, a fraud analyst, and Omar: ninety days, nine meetings, and the one time that it went quiet. */
import { DAY as MS, dayAt } from '#lib/blocks/days.ts';
import { DAY, does, madeIn, type Demo, type DemoStep } from '../demo.ts';

const asks = (role: string, person: string): DemoStep => ({
	by: 'omar',
	run: 'roster.offer',
	with: ({ people }) => ({ person: people[person]!, role })
});
const accepts = (by: string, role: string): DemoStep => does(by, 'roster.answer', { role, yes: true });

/** At half past nine of that day, over a coffee. */
const nextAt = (at: number) => ({
	at: Date.parse(`${dayAt(at)}T09:30:00Z`),
	minutes: 45,
	place: 'Coffee bar, ground floor'
});

/** A meeting of today; `coming`: in so many days the next one. */
function meets(topics: string, next: string, coming: number | null): DemoStep[] {
	const held: DemoStep = {
		by: 'omar',
		run: 'meetings.add',
		with: ({ now }) => ({ day: dayAt(now), topics, next })
	};
	if (coming === null) return [held];
	return [held, { by: 'omar', run: 'meetings.set', with: ({ now }) => nextAt(now + coming * MS) }];
}

const introduces = (name: string, why: string, by = 'omar'): DemoStep =>
	does(by, 'contacts.add', { name, why, through: by === 'omar' ? 'Omar' : '' }, name);

const met = (name: string, learned = ''): DemoStep => ({
	by: 'nia',
	run: 'contacts.meet',
	with: ({ results, now }) => ({ id: madeIn({ results }, name), day: dayAt(now), learned })
});

/** Ticks items of the plan by their words. */
const ticks = (by: string, ...texts: string[]): DemoStep[] =>
	texts.map((text) => ({
		by,
		run: 'plan.tick',
		with: ({ record }) => {
			const items = Object.values(record('plan').items ?? {}) as { id: string; text: string }[];
			const found = items.find((one) => one.text === text);
			if (!found) throw new Error(`The plan has no item "${text}".`);
			return { id: found.id };
		}
	}));

const feels = (day: number, clarity: number, belonging: number, productive: number, stuck = ''): DemoStep =>
	does('nia', 'pulse.submit', {
		entry: { day: `day${day}`, clarity, belonging, productive, ...(stuck && { stuck }) }
	});

const days = (count: number): DemoStep => ({ wait: count * DAY });

export const peerMentorDemo: Demo = {
	title: 'Nia & Omar',
	people: [
		{ key: 'omar', name: 'Omar Haddad', role: 'mentor', team: 'Fraud' },
		{ key: 'nia', name: 'Nia Roberts', role: 'invited', team: 'Fraud' },
		{ key: 'mara', name: 'Mara Lindt', role: 'invited', team: 'Fraud' },
		{ key: 'ada', name: 'Ada Kovacs', role: 'invited', team: 'People' }
	],
	me: 'nia',
	steps: [
		asks('mentee', 'nia'),
		asks('manager', 'mara'),
		asks('administrator', 'ada'),
		accepts('nia', 'mentee'),
		accepts('mara', 'manager'),
		accepts('ada', 'administrator'),
		{
			by: 'omar',
			run: 'plan.begin',
			with: ({ now }) => ({ day: dayAt(now + 10 * MS), language: 'en' })
		},
		{
			by: 'omar',
			run: 'plan.add',
			with: ({ now }) => ({
				text: 'Access to the case tool, with the test queue',
				phase: 'P1',
				owner: 'mentor',
				due: dayAt(now + 10 * MS)
			})
		},
		introduces('Bea Lind', 'Legal: why we can’t tell the customer'),
		introduces('Tom Fisher', 'Case handling, twenty years'),
		days(10),

		// day 1
		...ticks('nia', 'Badge, laptop and phone', 'Mail, chat and calendar'),
		...ticks('omar', 'Access to the case tool, with the test queue'),
		days(1),
		...meets('Who is who, and what a case is', 'Bring your first question', 3),
		does('nia', 'fit.submit', { entry: { fit: 'good' } }),
		does('omar', 'fit.submit', { entry: { fit: 'good' } }),
		...ticks('nia', 'The tools of the job', 'Shared folders and meeting series'),
		...ticks('omar', 'Show how the day goes'),
		days(3),
		...meets('The case tool, on a closed case', 'How a case begins', 5),
		days(2),
		feels(7, 2, 4, 2),
		introduces('Sana Malik', 'Writes the SQL that everybody copies'),
		introduces('Piet Vos', 'Branch: the first to hear of it'),
		days(3),

		// day 10
		...meets('How a case begins, from the alert', 'A case from the other end', 7),
		...ticks('omar', 'Introduce four people to learn from'),
		days(2),
		met('Bea Lind', 'There is a law, and it has a name: tipping off.'),
		met('Tom Fisher', 'Read the last note first.'),
		days(5),
		...meets('Tom’s case from beginning to end', 'Thresholds', 7),
		...ticks('nia', 'Sit in on a case from beginning to end'),
		met('Sana Malik', 'Three queries answer most of it.'),
		days(7),
		...meets('Thresholds, and who may change them', 'Escalation', 13),
		introduces('Lena Brandt', 'Compliance: the second escalation route'),
		introduces('Marek Nowak', 'Payments operations', 'nia'),
		days(6),

		// day 30
		feels(30, 3, 4, 3, 'two escalation routes'),
		met('Lena Brandt', 'One route for money, one for people.'),
		does('nia', 'questions.submit', { text: 'Which escalation route?' }, 'route'),
		days(1),
		{
			by: 'omar',
			run: 'questions.answer',
			with: ({ results }) => ({
				item: madeIn({ results }, 'route', 'item'),
				text: 'Money that is still moving: the duty desk, by phone. Anything else: the case tool, level two.'
			})
		},
		...ticks('omar', 'two escalation routes'),
		days(6),

		// day 37, and then nothing for ten days
		...meets('Escalation, with two real cases', 'A case of your own', null),
		introduces('Yusuf Demir', 'Claims: the same people, another story'),
		introduces('Ana Silva', 'Customer letters'),
		does(
			'nia',
			'goals.add',
			{
				text: 'Close a card fraud case alone',
				why: 'Omar should only have to read it.',
				sign: 'No question back from level two.',
				now: 2,
				target: 7,
				visibility: 'room'
			},
			'goal'
		),
		...ticks('nia', 'Set a goal for the next 30 days'),
		days(11),
		...meets('Where we were: holidays, and a case with a gap in it', 'Card fraud', 17),
		...ticks('omar', 'Introduce people in other teams'),
		met('Yusuf Demir', 'They see the same names.'),
		met('Piet Vos'),
		days(7),
		met('Marek Nowak', 'A stop takes four minutes.'),
		...ticks('nia', 'Do a piece of work with somebody beside'),
		days(5),
		feels(60, 4, 4, 4),
		introduces('Ruth Adeyemi', 'Internal audit'),
		introduces('Dev Patel', 'Data platform', 'nia'),
		introduces('Hana Sato', 'Model team'),
		days(5),

		// day 65
		...meets('A card fraud case, alone but for one call', 'What you would change', 15),
		{
			by: 'nia',
			run: 'goals.rate',
			with: ({ results }) => ({ id: madeIn({ results }, 'goal'), value: 6, said: 'One question back.' })
		},
		met('Ruth Adeyemi', 'They ask for the note, not for the case.'),
		met('Ana Silva'),
		days(10),
		...ticks('nia', 'Own a piece of work alone'),
		met('Dev Patel'),
		introduces('Ingrid Moe', 'Chairs the fraud forum'),
		days(5),
		...meets('What the next ones should find better', 'Nothing: come by', null),
		{
			by: 'nia',
			run: 'goals.rate',
			with: ({ results }) => ({ id: madeIn({ results }, 'goal'), value: 7, said: 'No question back.' })
		},
		days(5),
		...ticks('nia', 'Improve one thing that was hard to find out'),
		met('Hana Sato', 'The score is not a verdict.'),
		days(5),

		// day 90
		feels(90, 5, 5, 4),
		{
			by: 'nia',
			run: 'questions.publish',
			with: ({ results }) => ({ item: madeIn({ results }, 'route', 'item') })
		},
		{ opens: true },
		days(1),
		does('nia', 'improvements.submit', {
			entry: {
				...{ text: 'Both escalation routes on one page, in week one.', phase: 'P1', owner: 'mentor' },
				for: 'org'
			}
		}),
		does('omar', 'improvements.submit', {
			entry: {
				...{ text: 'A morning in the call centre, before the first case.', phase: 'P2', owner: 'mentee' },
				for: 'programme'
			}
		}),
		does('nia', 'onward.submit', { entry: { mentor: 'yes' } })
	]
};
