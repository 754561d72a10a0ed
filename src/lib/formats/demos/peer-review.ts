/** Oskar, cycle "H1": five are nominated, one declines, four write, one of them late; two themes, a goal, 4, 7 and 9 of 10. */
import type * as Y from 'yjs';
import { addParagraph } from '#lib/blocks/board/write.ts';
import { DAY, does, madeIn, moves, onMade, type Demo, type DemoStep } from '../demo.ts';

const nominates = (person: string, reason: string): DemoStep => ({
	by: 'oskar',
	run: 'reviews.nominate',
	with: ({ people }) => ({ person: people[person]!, reason }),
	as: `nominated-${person}`
});

/** So many months before the demo's now, as 2026-03. */
function monthsAgo(now: number, months: number): string {
	const day = new Date(now);
	return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - months, 1)).toISOString().slice(0, 7);
}

interface Said {
	kind?: 'continue' | 'consider';
	situation: string;
	behaviour: string;
	impact: string;
	next?: string;
	project?: string;
	months: number;
	sign?: boolean;
}

const writes = (
	by: string,
	{ months, kind = 'continue', ...words }: Said,
	as: string,
	again?: string
): DemoStep => ({
	by,
	run: again === undefined ? 'reviews.write' : 'reviews.revise',
	with: ({ now, results }) => ({
		...(again === undefined ? {} : { id: madeIn({ results }, again) }),
		comment: { kind, ...words, month: monthsAgo(now, months) }
	}),
	as
});

const inDays = (now: number, days: number): number => now + days * DAY * 60_000;

const checksIn = (by: string, value: number, said: string): DemoStep =>
	onMade(by, 'goals.checkIn', 'goal', { value, said });

/** As a cycle, or whoever organises one review, gives out its places. */
const seat = (role: string) => ({ role, seated: { run: 'reviews.seat', with: { seat: role } } });

export const peerReviewDemo: Demo = {
	title: 'Oskar Lindgren · H1',
	people: [
		{ key: 'ines', name: 'Ines Moreau', role: 'organiser', team: 'People' },
		{ key: 'oskar', name: 'Oskar Lindgren', ...seat('reviewee'), team: 'Claims' },
		{ key: 'birgit', name: 'Birgit Sommer', ...seat('manager'), team: 'Head of Claims' },
		{ key: 'femi', name: 'Femi Adeyemi', ...seat('moderator'), team: 'People' },
		{ key: 'tess', name: 'Tess Novak', role: 'reviewer', team: 'Vendors' },
		{ key: 'jonas', name: 'Jonas Wirth', role: 'reviewer', team: 'Claims' },
		{ key: 'leila', name: 'Leila Haddad', role: 'reviewer', team: 'Claims' },
		{ key: 'piotr', name: 'Piotr Zielinski', role: 'reviewer', team: 'Fraud' },
		{ key: 'mina', name: 'Mina Park', role: 'reviewer', team: 'Claims' },
		{ key: 'rafa', name: 'Rafael Costa', role: 'reviewer', team: 'Vendors' }
	],
	me: 'oskar',
	steps: [
		{
			by: 'ines',
			run: 'reviews.brief',
			with: ({ now }) => ({
				purpose: 'To learn from the first half of the year. It decides nothing about pay.',
				scores: true,
				approve: inDays(now, 3),
				write: inDays(now, 6),
				moderate: inDays(now, 16),
				release: inDays(now, 20),
				talk: inDays(now, 21),
				begin: true
			})
		},
		does('oskar', 'reviews.question', { text: 'How do I come across in calls with vendors?' }),
		nominates('tess', 'We run the vendor calls together.'),
		nominates('jonas', 'Sat next to me all through the storm.'),
		nominates('leila', 'Took over half of my files in April.'),
		nominates('piotr', 'Sees what I pass on to fraud, and how.'),
		nominates('mina', 'New here: she asks me most.'),
		{ wait: 3 * DAY },
		onMade('birgit', 'reviews.approve', 'nominated-tess'),
		onMade('birgit', 'reviews.approve', 'nominated-jonas'),
		onMade('birgit', 'reviews.approve', 'nominated-leila'),
		onMade('birgit', 'reviews.approve', 'nominated-piotr'),
		{
			by: 'birgit',
			run: 'reviews.swap',
			with: ({ people, results }) => ({
				id: madeIn({ results }, 'nominated-mina'),
				person: people.rafa!,
				reason: 'Mina has been here for three weeks only; Rafael for years.'
			}),
			as: 'swapped'
		},
		{ wait: 3 * DAY },
		does('piotr', 'reviews.decline', { reason: 'I changed teams in February and saw too little.' }),

		writes(
			'jonas',
			{
				situation: 'Storm backlog, in March',
				behaviour: 'you posted the rule change daily',
				impact: 'nobody reworked files',
				project: 'Storm backlog',
				months: 3
			},
			'storm'
		),
		writes(
			'jonas',
			{
				kind: 'consider',
				situation: 'Monday stand-ups since the winter',
				behaviour: 'you answered most questions before the others could',
				impact: 'two of us stopped bringing theirs',
				next: 'Count to five first.',
				months: 4
			},
			'standup'
		),
		does('jonas', 'reviews.rate', { rating: 'shares', value: 5 }),
		does('jonas', 'reviews.submit'),
		writes(
			'tess',
			{
				kind: 'consider',
				situation: 'Vendor call, 9 April',
				behaviour: 'you answered for Tess',
				impact: 'she had the fix and it came a day late',
				next: 'Next time pause.',
				project: 'Vendor portal',
				months: 2
			},
			'call'
		),
		does('tess', 'reviews.rate', { rating: 'shares', value: 4 }),
		does('tess', 'reviews.submit'),
		{ wait: 5 * DAY },
		writes(
			'leila',
			{
				kind: 'consider',
				situation: 'On the whole, in meetings',
				behaviour: 'He is abrasive',
				impact: 'It is not nice for anybody',
				months: 1
			},
			'trait'
		),
		does('leila', 'reviews.rate', { rating: 'shares', value: 4 }),
		does('leila', 'reviews.submit'),
		does('oskar', 'self.submit', {
			entry: {
				well: 'In the storm weeks I wrote the rule changes down every evening.',
				otherwise: 'I would let whoever owns the case speak before I do.',
				ask: 'Whether I could lead the vendor portal.'
			}
		}),
		{ wait: 5 * DAY },
		onMade('femi', 'reviews.giveBack', 'trait', {
			reason: 'No situation and no behaviour yet: when was it, and what did he do?'
		}),
		{ wait: DAY },
		writes(
			'leila',
			{
				kind: 'consider',
				situation: 'Handover of the flood files, 22 April',
				behaviour: 'you said “that is obvious” twice when I asked about limits',
				impact: 'I stopped asking and two files came back',
				next: 'Say where it is written.',
				project: 'Flood files',
				months: 2
			},
			'again',
			'trait'
		),
		{ wait: DAY },
		writes(
			'rafa',
			{
				situation: 'Tender for the loss adjusters, in January',
				behaviour: 'you sent us the open questions a week ahead',
				impact: 'we came with prices and the call took half the time',
				project: 'Loss adjusters',
				months: 5
			},
			'late'
		),
		does('rafa', 'reviews.rate', { rating: 'shares', value: 5 }),
		does('rafa', 'reviews.submit'),
		{ wait: 2 * DAY },
		{
			by: 'birgit',
			run: 'dates.open',
			with: ({ now }) => ({ at: inDays(now, 1), minutes: 45, place: 'Room 2.14, where nobody passes by' })
		},
		{ wait: DAY },
		moves('oskar', 'start'),
		{
			by: 'birgit',
			write: 'page',
			change: (doc: Y.Doc) => addParagraph(doc, 'Who speaks first in a vendor call, and who decides that?')
		},
		does('oskar', 'themes.submit', { entry: { text: 'Shares rules early' } }),
		does('birgit', 'themes.submit', { entry: { text: 'Leaves little room' } }),
		{ wait: 6 },
		{ opens: true },
		{
			by: 'oskar',
			run: 'goals.add',
			with: ({ people }) => ({
				text: 'In vendor calls the owner speaks first',
				measure: '8 of 10 calls, counted by Tess',
				supporter: people.tess!,
				now: 2,
				target: 8
			}),
			as: 'goal'
		},
		{ wait: 45 },
		moves('oskar', 'advance'),
		{ wait: 30 * DAY },
		checksIn('oskar', 4, 'Four of ten; I noticed the other six.'),
		{ wait: 30 * DAY },
		checksIn('tess', 7, 'Seven, and he asked who owns it.'),
		{ wait: 30 * DAY },
		checksIn('oskar', 9, 'Nine: they expect it of me by now.'),
		onMade('oskar', 'goals.settle', 'goal', { as: 'met' })
	]
};
