/** "New tech Thursday": four topics, twelve votes, one more box for passkeys, and a concern that gets its answer. */
import type { ListRecord } from '#lib/blocks/list/model.ts';
import { DAY, advance, does, moves, type Demo, type DemoStep, type Seen } from '../demo.ts';

const PASSKEYS = 'Passkeys for staff login';
const NOTE_TAKERS = 'AI note-takers in client calls';
const FORMS = 'Low-code forms';
const WIFI = 'The Wi-Fi on floor 3';

const idea = (by: string, text: string): DemoStep => does(by, 'ideas.submit', { entry: { text } });

/** The server gave the topics their ids when it opened them. */
function topicIn(seen: Seen, text: string): string {
	const { items } = seen.record('topics') as unknown as ListRecord; // the block's own type, which the registry has lost
	const found = Object.values(items).find((item) => item.text === text);
	if (!found) throw new Error(`The demo has no topic "${text}".`);
	return found.id;
}

const gives = (by: string, text: string): DemoStep => ({
	by,
	run: 'topics.vote',
	with: (seen) => ({ item: topicIn(seen, text), votes: 1 })
});

function next(after: string | null): DemoStep {
	return {
		by: 'kofi',
		run: 'topics.next',
		with: (seen) => ({ expects: after === null ? null : topicIn(seen, after) })
	};
}

/** Who spoke, one turn after the other; whoever leads taps. */
function talk(...people: string[]): DemoStep[] {
	return people.flatMap((person): DemoStep[] => [
		{
			by: 'kofi',
			run: 'floor.start',
			with: (seen) => ({
				person: seen.people[person]!,
				expects: (seen.record('floor').now as { turn?: string }).turn ?? null
			})
		},
		{ wait: 0.4 }
	]);
}

const pollOf = (seen: Seen) => (seen.record('continue').current as { poll: string }).poll;

const thumb = (by: string, choice: string): DemoStep => ({
	by,
	run: 'continue.vote',
	with: (seen) => ({ poll: pollOf(seen), choice })
});

const group = ['kofi', 'ana', 'jonas', 'meera', 'piotr', 'sofia'];

export const discussionDemo: Demo = {
	title: 'New tech Thursday',
	people: [
		{ key: 'kofi', name: 'Kofi Mensah', role: 'facilitator', team: 'Analytics' },
		{ key: 'ana', name: 'Ana Ruiz', role: 'participant', team: 'Client services' },
		{ key: 'jonas', name: 'Jonas Weber', role: 'timekeeper', team: 'Warehouse' },
		{ key: 'meera', name: 'Meera Iyer', role: 'scribe', team: 'Legal' },
		{ key: 'piotr', name: 'Piotr Zieliński', role: 'participant', team: 'Platform' },
		{ key: 'sofia', name: 'Sofia Lindqvist', role: 'participant', team: 'Payroll' },
		{ key: 'tomasz', name: 'Tomasz Brandt', role: 'observer', team: 'IT security' }
	],
	me: 'kofi',
	steps: [
		idea('sofia', FORMS),
		{ wait: DAY },
		moves('kofi', 'start'),
		idea('piotr', PASSKEYS),
		idea('ana', NOTE_TAKERS),
		idea('ana', WIFI),
		{ wait: 4 },
		advance('kofi'),
		{ wait: 3 },
		advance('kofi'),
		gives('kofi', PASSKEYS),
		gives('kofi', NOTE_TAKERS),
		gives('ana', NOTE_TAKERS),
		gives('ana', WIFI),
		gives('jonas', PASSKEYS),
		gives('jonas', NOTE_TAKERS),
		gives('meera', PASSKEYS),
		gives('meera', NOTE_TAKERS),
		gives('piotr', PASSKEYS),
		gives('piotr', FORMS),
		gives('sofia', PASSKEYS),
		gives('sofia', FORMS),
		{ wait: 2 },
		advance('kofi'),
		next(null),
		...talk('piotr', 'kofi', 'sofia', 'piotr', 'meera', 'piotr', 'jonas', 'kofi', 'piotr', 'sofia', 'ana'),
		does('sofia', 'notes.submit', {
			text: 'A passkey needs a device that is mine, or the firm’s.',
			sort: 'point'
		}),
		{
			by: 'jonas',
			run: 'notes.submit',
			with: () => ({ text: 'Warehouse staff have no personal phone.', sort: 'concern', anonymous: true }),
			as: 'concern'
		},
		...talk('piotr', 'meera', 'piotr', 'kofi'),
		{
			by: 'kofi',
			run: 'notes.assign',
			with: ({ results, people, now }) => ({
				item: (results.concern as { item: string }).item,
				owner: people.tomasz!,
				due: new Date(now + 14 * DAY * 60_000).toISOString().slice(0, 10)
			})
		},
		does('jonas', 'continue.open', { expects: null }),
		...group.map((by, index) => thumb(by, index < 4 ? 'up' : index === 4 ? 'side' : 'down')),
		{ by: 'jonas', run: 'continue.close', with: (seen) => ({ expects: pollOf(seen) }) },
		...talk('piotr', 'sofia', 'kofi'),
		does('meera', 'notes.submit', { text: 'Works council: who may see when I logged in?', sort: 'question' }),
		{
			by: 'piotr',
			run: 'actions.add',
			with: ({ now }) => ({
				text: 'Try passkeys with five people from the warehouse',
				due: new Date(now + 21 * DAY * 60_000).toISOString().slice(0, 10),
				evidence: 'Five logins without a password'
			})
		},
		{ opens: true },
		...talk('piotr', 'jonas', 'meera', 'sofia'),
		next(PASSKEYS),
		...talk('meera', 'piotr', 'kofi', 'sofia', 'jonas', 'kofi'),
		{ wait: 4 },
		advance('kofi'),
		...group.filter((one) => one !== 'piotr').map((by) => does(by, 'floor.lower')),
		does('ana', 'takeaways.submit', { entry: { text: 'Ask clients before the note-taker joins.' } }),
		does('kofi', 'takeaways.submit', {
			entry: { text: 'Vote first, talk second: it saved us half an hour.' }
		}),
		{ wait: 4 },
		moves('kofi', 'end'),
		{ wait: 6 * DAY },
		{
			by: 'tomasz',
			run: 'notes.answer',
			with: ({ results }) => ({
				item: (results.concern as { item: string }).item,
				text: 'Hardware keys for 40 people: ordered, handed out at the gate.'
			})
		}
	]
};
