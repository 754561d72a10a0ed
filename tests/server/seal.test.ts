/**
 * The seal's acceptance test. Other members record all that reaches them: socket traffic, presence, every document
 * they can open, own events, HTTP answers, pages and exports. Before the reveal there is no sealed text in it and no
 * author; after it there is, so that the recording is known to work.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#lib/blocks/block.ts';
import { createRoom, guest, join, must, type Guest } from '../support/api.ts';
import { live, screenOf } from '../support/live.ts';
import { nowIn, type Opened } from '../support/opened.ts';
import { startServer, type Server } from '../support/server.ts';
import { spy, type Spy } from '../support/spy.ts';
import { sync } from '../support/sync.ts';
import { until } from '../support/until.ts';

let server: Server;
beforeAll(async () => {
	server = await startServer();
});
afterAll(() => server?.close());

const secret = (what: string) => `${what}-${randomBytes(6).toString('hex')}`;

/** A room whose people have come in; the first one hosts it. */
async function room(format: string, roles: Record<string, string | null>, documents: readonly string[]) {
	const people: Record<string, Guest> = {};
	for (const name of Object.keys(roles)) people[name] = await guest(server.origin, name);
	const [host, ...others] = Object.keys(roles);
	const of = (name: string) => people[name]!;
	const made = await createRoom(of(host!), { title: 'Sealed', format });
	const id = made.room.id;
	for (const name of others) {
		await join(of(name), id);
		const role = roles[name];
		if (role) await must(of(host!), id, 'roster.assign', { person: of(name).person.id, role });
	}
	const opened = { ...made, host: of(host!), record: 'm1/record', notes: '' } satisfies Opened;
	const spies: Spy[] = [];
	return {
		id,
		of,
		run: (name: string, type: string, payload: Json = {}) => must(of(name), id, type, payload),
		async move(verb: 'start' | 'advance' = 'advance', to?: string) {
			const { run: expects } = await nowIn(opened);
			await must(of(host!), id, `agenda.${verb}`, { expects, ...(to && { to }) });
		},
		/** Of people in the room, who see its projector too. */
		async spies(...names: string[]) {
			const all = await this.outsiders(...names);
			for (const one of all) one.show((await screenOf(of(host!), id))!);
			return all;
		},
		/** Of people whose role is outside. */
		async outsiders(...names: string[]) {
			const all = await Promise.all(names.map((name) => spy(of(name), id, documents)));
			spies.push(...all);
			return all;
		},
		/** What everybody reads of one instance, and what the desk reads of it. */
		async shown(instance: string, name = host!, document = 'm1/record') {
			const synced = sync(server.origin, id, document, of(name).token);
			await synced.ready();
			const json = JSON.stringify(synced.doc.getMap(instance).toJSON());
			synced.close();
			return json;
		},
		/** What one person alone is told of one instance. */
		async own(name: string, instance: string) {
			const socket = await live(server.origin, of(name).token);
			await socket.enter(id);
			const { own } = await socket.hear<{ own: Record<string, Json> }>('message', (one) => 'own' in one);
			socket.close();
			return JSON.stringify(own[instance]);
		},
		close: () => spies.forEach((one) => one.close())
	};
}

/** What somebody would search for who knows what it is about: a hit shows all of it. */
const wordOf = (text: string) => text.split(/[^\p{L}]/u).find((word) => word !== '') ?? text;

const knowsNone = async (spies: Spy[], ...texts: string[]) => {
	for (const one of spies) {
		const all = await one.knows(...texts.map(wordOf));
		expect(texts.filter((text) => all.includes(text))).toEqual([]);
	}
};

const knowsAll = async (spies: Spy[], ...texts: string[]) => {
	for (const one of spies)
		await until(
			async () => {
				const all = await one.knows(...texts.map(wordOf));
				return texts.every((text) => all.includes(text));
			},
			`all of ${texts.join(', ')} is seen`
		);
};

describe('action learning', () => {
	it('an issue is nobody’s but its author’s until it is presented, and then only the presenter’s', async () => {
		const here = await room('action-learning', { Ada: null, Priya: 'presenter', Tom: null, Marek: null }, [
			'board'
		]);
		const spies = await here.spies('Ada', 'Marek');
		const [of, other] = [secret('priya'), secret('tom')];
		await here.run('Priya', 'issue.submit', { entry: { title: of, why: of } });
		await here.run('Tom', 'issue.submit', { entry: { title: other, tried: other } });
		await knowsNone(spies, of, other);
		for (const name of ['Priya', 'Tom']) {
			expect(await here.shown('issue')).not.toContain(here.of(name).person.id);
			expect(await here.own('Marek', 'issue')).not.toContain(here.of(name).person.id);
		}
		expect(await here.own('Tom', 'issue')).toContain(other);

		await here.move('start');
		await knowsNone(spies, of, other);
		await here.move();
		await knowsAll(spies, of);
		await knowsNone(spies, other);
		expect(await here.shown('issue')).not.toContain(here.of('Tom').person.id);
		here.close();
	});

	it('questions that people note for themselves stay theirs', async () => {
		const here = await room('action-learning', { Ada: null, Priya: 'presenter', Tom: null, Marek: null }, [
			'board'
		]);
		const spies = await here.spies('Ada', 'Priya', 'Marek');
		await here.move('start');
		await here.move();
		const jotted = `${secret('jotted')}?`;
		await here.run('Tom', 'floor.jot', { text: jotted });
		await knowsNone(spies, jotted);
		expect(await here.own('Tom', 'floor')).toContain(jotted);
		expect(await here.shown('floor')).not.toContain(here.of('Tom').person.id);
		await here.move();
		await knowsNone(spies, jotted);
		await here.run('Tom', 'floor.say', { text: jotted });
		await knowsAll(spies, jotted);
		here.close();
	});

	it('problem sentences open together, once the last one is in', async () => {
		const here = await room('action-learning', { Ada: null, Priya: 'presenter', Tom: null, Marek: null }, [
			'board'
		]);
		const spies = await here.spies('Ada', 'Marek');
		await here.move('start');
		await here.move('advance', 'P4');
		const [of, other, last] = [secret('priya'), secret('tom'), secret('marek')];
		await here.run('Priya', 'problem.submit', { entry: { text: of } });
		await here.run('Tom', 'problem.submit', { entry: { text: other } });
		await knowsNone(spies, of, other);
		const shown = await here.shown('problem');
		for (const name of ['Priya', 'Tom']) {
			expect(shown).not.toContain(here.of(name).person.id);
			expect(await here.own('Marek', 'problem')).not.toContain(here.of(name).person.id);
		}
		await here.run('Marek', 'problem.submit', { entry: { text: last } });
		await knowsAll(spies, of, other, last);
		here.close();
	});

	it('a sponsor comes in as one, and from the door on knows only what the presenter releases', async () => {
		const here = await room('action-learning', { Ada: null, Priya: 'presenter', Tom: null }, ['board']);
		await here.move('start');
		await here.move('advance', 'P4');
		const sentence = { entry: { text: 'Nobody owns the queue.' } };
		const { id: entry } = (await here.run('Priya', 'problem.submit', sentence)) as { id: string };
		await here.run('Ada', 'problem.reveal');
		await here.run('Priya', 'problem.accept', { entry });
		await here.move('advance', 'P6');
		const [promised, shared, drafted, given] = ['promised', 'shared', 'drafted', 'given'].map(secret) as [
			string,
			string,
			string,
			string
		];
		const promise = async (text: string) => {
			const made = await here.run('Priya', 'actions.add', { text, due: '2030-05-14' });
			return (made as { id: string }).id;
		};
		await promise(promised);
		const draft = await here.run('Priya', 'brief.submit', { entry: { text: drafted } });
		const max = await spy(await guest(server.origin, 'Max'), here.id, ['board'], 'sponsor');
		await knowsNone([max], promised, drafted, here.of('Tom').person.id);
		await here.run('Priya', 'brief.withdraw', draft);
		await here.run('Priya', 'brief.submit', { entry: { text: given } });
		await here.run('Priya', 'brief.give');
		await here.run('Priya', 'actions.share', { id: await promise(shared) });
		await knowsAll([max], given, shared);
		await knowsNone([max], promised, drafted);
		max.close();
		here.close();
	});
});

describe('a debate', () => {
	const roles = {
		Ada: null,
		Tom: 'speaker-for',
		Ida: 'speaker-against',
		Uma: null,
		Vic: null,
		Marek: null
	};

	it('what a side prepares is that side’s alone until the first opening', async () => {
		const here = await room('debate', roles, ['side/for', 'side/against', 'board']);
		const spies = await here.spies('Ada', 'Ida', 'Marek');
		const [prepared, presence] = [secret('prepared'), secret('presence')];
		const side = sync(server.origin, here.id, 'm1/side/for', here.of('Tom').token);
		await side.ready();
		side.provider.awareness.setLocalStateField('drafting', presence);
		side.doc.getMap('claims').set('c1', { text: prepared });
		side.doc.getText('notes').insert(0, prepared);
		const again = sync(server.origin, here.id, 'm1/side/for', here.of('Tom').token);
		await again.shows('what Tom prepares', (doc) => doc.getText('notes').toString() === prepared);
		again.close();
		await here.run('Ada', 'evidence.motion', { text: 'We should write everything down.' });
		await here.move('start');
		await knowsNone(spies, prepared, presence);
		await here.move();
		await knowsAll(spies, prepared);
		side.close();
		here.close();
	});

	it('a ballot leaves no trace: nothing that others see depends on how, or by whom, it was cast', async () => {
		const here = await room('debate', roles, ['side/for', 'side/against']);
		const spies = await here.spies('Ada', 'Tom', 'Marek');
		await here.run('Ada', 'evidence.motion', { text: 'We should write everything down.' });
		await here.move('start');
		const poll = Object.keys(JSON.parse(await here.shown('poll')) as object)
			.find((key) => key.startsWith('polls/'))
			?.slice('polls/'.length);
		expect(poll).toBeDefined();
		const look = async () => {
			await new Promise((done) => setTimeout(done, 250));
			return [
				await here.shown('poll'),
				await here.shown('poll', 'Ada', 'm1/desk'),
				await here.own('Marek', 'poll'),
				await here.own('Ada', 'poll')
			];
		};
		await here.run('Uma', 'poll.vote', { poll: poll!, choice: 'for' });
		await here.run('Vic', 'poll.vote', { poll: poll!, choice: 'against' });
		const before = await look();
		await here.run('Uma', 'poll.vote', { poll: poll!, choice: 'against' });
		await here.run('Vic', 'poll.vote', { poll: poll!, choice: 'undecided' });
		expect(await look()).toEqual(before);
		await here.run('Vic', 'poll.vote', { poll: poll!, choice: null });
		await here.run('Marek', 'poll.vote', { poll: poll!, choice: 'for' });
		const swapped = await look();
		expect([swapped[0], swapped[1], swapped[3]]).toEqual([before[0], before[1], before[3]]);
		for (const name of ['Uma', 'Vic']) expect(before.join()).not.toContain(here.of(name).person.id);
		await knowsNone(spies, `/before/${here.of('Uma').person.id}`, '"ballots"');
		here.close();
	});
});

describe('lunch and learn', () => {
	const roles = { Ada: null, Greta: 'speaker', Sam: 'helper', Tom: null, Uma: null, Vic: null, Marek: null };

	it('a question that waits is seen by those who moderate alone; its author, if unnamed, by nobody', async () => {
		const here = await room('lunch-and-learn', roles, ['notes']);
		const audience = await here.spies('Marek');
		const moderators = await here.spies('Ada', 'Greta', 'Sam');
		await here.move('start');
		const [unnamed, signed, returned] = [secret('unnamed'), secret('signed'), secret('returned')];
		const one = (await here.run('Tom', 'questions.submit', { text: unnamed, anonymous: true })) as {
			item: string;
		};
		await here.run('Uma', 'questions.submit', { text: signed });
		const bad = (await here.run('Vic', 'questions.submit', { text: returned, anonymous: true })) as {
			item: string;
		};
		await here.run('Ada', 'questions.return', { item: bad.item, reason: 'Please one at a time.' });
		await knowsNone(audience, unnamed, signed, returned, 'Please one at a time.');
		await knowsAll(moderators, unnamed, signed);
		const authorless = async () => {
			for (const document of ['m1/record', 'm1/desk'])
				for (const name of ['Tom', 'Vic']) {
					const shown = await here.shown('questions', 'Ada', document);
					expect(shown).not.toContain(here.of(name).person.id);
					expect(shown).not.toContain(`"${name}"`);
				}
			for (const reader of ['Ada', 'Greta', 'Sam', 'Marek'])
				expect(await here.own(reader, 'questions')).not.toContain(here.of('Tom').person.id);
		};
		await authorless();
		await here.run('Ada', 'questions.approve', { item: one.item });
		await knowsAll(audience, unnamed);
		await authorless();
		await knowsNone(audience, signed, returned);
		here.close();
	});

	it('feedback is nobody’s until it closes; then the speaker’s, without names', async () => {
		const here = await room('lunch-and-learn', roles, ['notes']);
		const others = await here.spies('Ada', 'Sam', 'Marek');
		const speaker = await here.spies('Greta');
		await here.move('start');
		await here.move('advance', 'P7');
		const said = ['Tom', 'Uma', 'Vic', 'Marek'].map((name) => ({ name, more: secret('more') }));
		for (const { name, more } of said.slice(0, 3))
			await here.run(name, 'feedback.submit', { entry: { useful: 4, clear: 4, more } });
		const texts = said.slice(0, 3).map(({ more }) => more);
		await knowsNone([...others, ...speaker], ...texts);
		const authorless = async () => {
			for (const document of ['m1/record', 'm1/desk']) {
				const shown = await here.shown('feedback', 'Greta', document);
				for (const { name } of said) expect(shown).not.toContain(here.of(name).person.id);
			}
			for (const reader of ['Greta', 'Ada', 'Marek'])
				for (const { name } of said.slice(0, 3))
					expect(await here.own(reader, 'feedback')).not.toContain(here.of(name).person.id);
		};
		await authorless();
		await here.move();
		await knowsAll(speaker, ...texts);
		await authorless();
		await knowsNone(others, ...texts);
		here.close();
	});
});

describe('a discussion', () => {
	it('topics are their authors’ until all of them open', async () => {
		const here = await room('discussion', { Kofi: null, Ana: null, Ben: null, Vic: null }, ['text']);
		const spies = await here.spies('Kofi', 'Ben', 'Vic');
		await here.move('start');
		const [one, other] = [secret('passkeys'), secret('wifi')];
		await here.run('Ana', 'ideas.submit', { entry: { text: one } });
		await here.run('Ben', 'ideas.submit', { entry: { text: other } });
		await knowsNone([spies[0]!, spies[2]!], one, other);
		await knowsNone([spies[1]!], one);
		expect(await here.shown('ideas')).not.toContain(here.of('Ana').person.id);
		expect(await here.own('Ana', 'ideas')).toContain(one);
		await here.move();
		await knowsAll(spies, one, other);
		here.close();
	});
});

describe('coaching', () => {
	it('journal, the coach’s notes and a goal of one’s own are one person’s, also what is being typed there', async () => {
		const here = await room('coaching', { Nadia: null, Ben: null, Sara: null }, ['page', 'journal', 'notes']);
		const [journal, notes, goal, typing, shared] = [
			secret('journal'),
			secret('notes'),
			secret('goal'),
			secret('typing'),
			secret('shared')
		];
		await here.run('Nadia', 'goals.add', { text: goal, visibility: 'self' });
		await here.run('Nadia', 'goals.add', {
			text: shared,
			sign: 'Two questions answered.',
			now: 3,
			target: 7,
			visibility: 'room'
		});
		await here.move();
		for (const [name, role] of Object.entries({ Ben: 'coach', Sara: 'sponsor' })) {
			await here.run('Nadia', 'roster.offer', { person: here.of(name).person.id, role });
			await here.run(name, 'roster.answer', { role, yes: true });
		}
		const [coach, coachee] = await here.spies('Ben', 'Nadia');
		const [sponsor] = await here.outsiders('Sara');
		const own = (name: string) => `own/${here.of(name).person.id}`;
		const written = await Promise.all(
			[
				{ name: 'Nadia', text: journal },
				{ name: 'Ben', text: notes }
			].map(async ({ name, text }) => {
				const doc = sync(server.origin, here.id, own(name), here.of(name).token);
				await doc.ready();
				doc.provider.awareness.setLocalStateField('drafting', typing);
				doc.doc.getText('page').insert(0, text);
				const again = sync(server.origin, here.id, own(name), here.of(name).token);
				await again.shows(
					`what ${name} writes`,
					({ share }) => share !== null && again.doc.getText('page').toString() === text
				);
				again.close();
				return doc;
			})
		);
		await knowsNone([coach!, sponsor!], journal, goal, typing);
		await knowsNone([coachee!, sponsor!], notes);
		await knowsAll([coach!], shared);
		await knowsNone([sponsor!], shared);
		for (const doc of written) doc.close();
		here.close();
	});
});
