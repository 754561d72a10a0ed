/**
 * Short meetings in the methods that no demo shows: enough of each that everything it holds back is given once, and
 * opens. By `<format>/<preset>`.
 */
import { seenCard } from '#lib/formats/demos/debate-evidence.ts';
import { demos } from '#lib/formats/demos/index.ts';
import { advance, does, moves, type Demo, type DemoStep } from '#lib/formats/demo.ts';
import type { Json } from '#lib/blocks/block.ts';

const notes = (by: string, text: string, more: { [key: string]: Json } = {}) =>
	does(by, 'notes.submit', { text, sort: 'point', ...more });

const takes = (by: string, text: string) => does(by, 'takeaways.submit', { entry: { text } });

const group: Demo['people'] = [
	{ key: 'kofi', name: 'Kofi Mensah', role: 'facilitator', team: 'Analytics' },
	{ key: 'ana', name: 'Ana Ruiz', role: 'participant', team: 'Client services' },
	{ key: 'piotr', name: 'Piotr Zielinski', role: 'participant', team: 'Platform' },
	{ key: 'jonas', name: 'Jonas Weber', role: 'timekeeper', team: 'Warehouse' },
	{ key: 'meera', name: 'Meera Iyer', role: 'scribe', team: 'Legal' },
	{ key: 'tomasz', name: 'Tomasz Brandt', role: 'observer', team: 'IT security' }
];

const discusses = (preset: string, steps: readonly DemoStep[], people = group): Demo => ({
	title: 'New tech Thursday',
	preset,
	people,
	me: 'kofi',
	steps
});

const oneQuestion: readonly DemoStep[] = [
	moves('kofi', 'start'),
	does('ana', 'topics.submit', { text: 'Passkeys for everybody who signs in' }, 'topic'),
	does('piotr', 'topics.submit', { text: 'Low-code forms in the branches' })
];

const said: readonly DemoStep[] = [
	notes('ana', 'The help desk gets forty calls a week'),
	notes('piotr', 'Warehouse staff have no phone of their own', { sort: 'concern', anonymous: true }),
	notes('meera', 'The works council wants to be asked first', { sort: 'concern' })
];

const takenAway: readonly DemoStep[] = [
	takes('ana', 'Ask clients before the note-taker joins'),
	takes('piotr', 'Try a hardware key for one week'),
	takes('jonas', 'Bring somebody from the night shift along')
];

const asks = (by: string, issue: string) => does(by, 'issue.submit', { entry: { title: issue } });

const circle = (by: string, opened: string) =>
	does(by, 'rubric.submit', { entry: { text: 4, built: 3, opened } });

/** The demo's debate until the first speech, where the method has it otherwise; then its cards are rated. */
function debates(preset: string, without: readonly string[] = []): Demo {
	const demo = demos.debate!;
	const first = demo.steps.findIndex((step) => 'run' in step && step.run === 'floor.begin');
	const rates = (by: string, strength: number): DemoStep => ({
		by,
		run: 'evidence.rate',
		with: (seen) => ({ card: seenCard('pilot', 'for', [], seen), strength })
	});
	return {
		...demo,
		preset,
		people: demo.people.filter(({ key }) => !without.includes(key)),
		steps: [...demo.steps.slice(0, first), rates('dev', 4), rates('luis', 2)]
	};
}

export const methods: Readonly<Record<string, Demo>> = {
	'action-learning/troika': {
		title: 'Three over lunch',
		preset: 'troika',
		people: [
			{ key: 'ruth', name: 'Ruth Adeyemi', role: 'coach' },
			{ key: 'priya', name: 'Priya Raman', role: 'presenter' },
			{ key: 'tom', name: 'Tom Bauer', role: 'member' },
			{ key: 'sina', name: 'Sina Berg', role: 'sponsor' }
		],
		me: 'ruth',
		steps: [
			asks('priya', 'Mortgage approvals take nineteen days'),
			asks('tom', 'Two valuers answer me and four do not'),
			moves('ruth', 'start'),
			advance('ruth'),
			advance('ruth'),
			advance('ruth'),
			{
				by: 'priya',
				run: 'actions.add',
				with: ({ now }) => ({
					text: 'Draft a checklist with two underwriters',
					due: new Date(now + 10 * 86_400_000).toISOString().slice(0, 10)
				}),
				as: 'action'
			},
			{
				by: 'priya',
				run: 'actions.share',
				with: ({ results }) => ({ id: (results.action as { id: string }).id })
			},
			moves('ruth', 'end')
		]
	},
	'discussion/rounds': discusses('rounds', [
		...oneQuestion,
		advance('kofi'),
		...said,
		advance('kofi'),
		advance('kofi'),
		advance('kofi'),
		...takenAway,
		moves('kofi', 'end')
	]),
	'discussion/fishbowl': discusses('fishbowl', [
		...oneQuestion,
		advance('kofi'),
		does('ana', 'floor.sit'),
		...said,
		advance('kofi'),
		...takenAway,
		moves('kofi', 'end')
	]),
	'discussion/one-two-four-all': discusses('one-two-four-all', [
		...oneQuestion,
		advance('kofi'),
		does('ana', 'groups.write', { text: 'One key for all that we sign in to' }, 'one'),
		does('piotr', 'groups.write', { text: 'Nobody should need a private phone' }),
		does('kofi', 'groups.write', { text: 'Start where nobody has passwords' }),
		does('meera', 'groups.write', { text: 'Ask the works council in March' }),
		does('jonas', 'groups.write', { text: 'Lend out keys at the gate' }),
		{
			by: 'ana',
			run: 'groups.reword',
			with: ({ results }) => ({
				note: (results.one as { note: string }).note,
				text: 'One key for all that anybody signs in to'
			})
		},
		advance('kofi'),
		advance('kofi'),
		advance('kofi'),
		notes('piotr', 'Hardware keys cost as much as two calls', { anonymous: true }),
		advance('kofi'),
		...takenAway,
		moves('kofi', 'end')
	]),
	'discussion/socratic': discusses(
		'socratic',
		[
			moves('kofi', 'start'),
			advance('kofi'),
			circle('piotr', 'What would we lose if it worked'),
			circle('jonas', 'Whose words are these in the second line'),
			advance('kofi'),
			circle('ana', 'Why does the author never say who decides'),
			advance('kofi'),
			...said.filter((step) => 'by' in step && step.by !== 'ana' && step.by !== 'piotr'),
			notes('kofi', 'Somebody in the outer circle saw more', { anonymous: true }),
			...takenAway,
			moves('kofi', 'end')
		],
		group.map((one) => ({
			...one,
			role: { ana: 'first', meera: 'scribe', kofi: 'facilitator', tomasz: 'observer' }[one.key] ?? 'second'
		}))
	),
	'coaching/oskar': { ...demos.coaching!, preset: 'oskar' },
	'coaching/clear': { ...demos.coaching!, preset: 'clear' },
	'debate/quick': debates('quick'),
	'debate/lincoln-douglas': debates('lincoln-douglas', ['hana', 'mo']),
	'debate/karl-popper': debates('karl-popper'),
	'peer-review/cycle': {
		title: 'H1',
		preset: 'cycle',
		people: [
			{ key: 'ines', name: 'Ines Moreau', role: 'organiser' },
			{ key: 'oskar', name: 'Oskar Lindgren', role: 'reviewer' },
			{ key: 'femi', name: 'Femi Adeyemi', role: 'moderator' }
		],
		me: 'ines',
		steps: [does('ines', 'cycle.describe', { purpose: 'To learn from each other what helps, not to rate' })]
	}
};
