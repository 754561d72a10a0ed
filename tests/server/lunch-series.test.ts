import * as Y from 'yjs';
import { createIndexer } from '../../server/search/indexer.ts';
import { createSearch } from '../../server/search/search.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { blocks } from '#lib/blocks/rules.ts';
import type { AnswersRecord } from '#lib/blocks/answers/model.ts';
import { byDate } from '#lib/blocks/answers/view.ts';
import type { FollowupOwn, FollowupRecord } from '#lib/blocks/followup/model.ts';
import type { ListOwn, ListRecord } from '#lib/blocks/list/model.ts';
import type { SlotsRecord } from '#lib/blocks/slots/model.ts';
import { reports } from '#lib/blocks/reports.ts';
import { lunchAndLearn } from '#lib/formats/lunch-and-learn.ts';
import { collectMinutes } from '#lib/record/collect.ts';
import { typed } from '#lib/blocks/testing.ts';
import { fakeChance, hall, somebody } from '../../server/rooms/testing.ts';
import { nowOf, sceneOf } from '../../server/rooms/world.ts';

const DAY = 86_400_000;
const known = { formats: { 'lunch-and-learn': lunchAndLearn }, blocks };

describe('a lunch and learn every week', () => {
	let house: Awaited<ReturnType<typeof hall>>;
	afterEach(async () => {
		await house.rooms.close();
		await house.committer.drain();
	});

	/** A room with four who come, and what a host does to hold a date in it. */
	async function series() {
		const chance = fakeChance();
		const short = chance.id;
		// as long as the server's own, by which the search knows them
		chance.id = () => short().padStart(32, '0');
		house = await hall(undefined, chance, { known, tick: 0 });
		const room = await house.open({ title: 'Lunches', format: 'lunch-and-learn' });
		for (const id of ['ada', 'ben', 'cay', 'dan']) await room.join(id);
		const host = (type: string, payload: object = {}) => room.must('hedda', type, payload);
		const to = async (phase: string) => {
			while (nowOf(room.room.world)?.phase !== phase) await host('agenda.advance', room.expects());
		};
		const end = () => host('agenda.end', room.expects());
		const open = async (title: string) => {
			await host('slots.open', { at: house.chance.now() + 3_600_000, place: '', zone: 'Europe/Berlin' });
			const slot = Object.values(record<SlotsRecord>('slots').slots).find(({ is }) => is === 'open')!.id;
			await room.must('ada', 'slots.claim', { slot, title });
		};
		const record = <Shown>(instance: string): Shown => {
			const { world } = room.room;
			const { block } = world.instances.get(instance)!;
			const scene = sceneOf(world, world.instances.get(instance)!);
			return typed(block.publish(world.states.get(instance)!, scene).record);
		};
		/** Lets time go by; the server looks at its clock when something happens in the room. */
		async function pass(days: number) {
			house.chance.ahead += days * DAY;
			await host('roster.describe', { team: `Day ${days}` });
		}
		const ownOf = (person: string) => room.room.own(person).applied as FollowupOwn;
		return { ...room, host, to, end, open, record, pass, ownOf };
	}

	it('asks two weeks after each date whether it was used, and no meeting waits for the answers', async () => {
		const room = await series();
		await room.open('Reading a P&L');
		await room.to('P6');
		const took: Record<string, string> = {};
		for (const person of ['ben', 'cay', 'dan'])
			took[person] = (
				(await room.must(person, 'try.submit', {
					entry: { text: `${person} adds cost per claim` }
				})) as { id: string }
			).id;
		// said better it is one promise all the same
		const text = 'cay adds cost per claim';
		await room.must('cay', 'try.submit', { id: took.cay, entry: { text: `${text}!` } });
		await room.must('cay', 'try.submit', { id: took.cay, entry: { text } });
		const { actions } = room.record<{ actions: Record<string, object> }>('actions');
		expect(Object.keys(actions)).toHaveLength(3);
		await room.to('P8');
		await room.end();
		expect(room.room.world.row.meeting).toBe(2);

		const asked = async () => {
			const all = await house.store.matters(room.id);
			return all.flatMap(({ instance, person }) => (instance === 'applied' ? (person ?? []) : [])).sort();
		};

		// the next week's date is held and over before anybody is asked about the first
		await room.pass(7);
		await room.open('Pivot tables');
		await room.to('P6');
		await room.must('ben', 'try.submit', { entry: { text: 'ben makes a pivot table' } });
		await room.to('P8');
		await room.end();
		expect(room.room.world.row.meeting).toBe(3);
		expect(room.ownOf('ben').tries).toMatchObject([{ round: 'm1' }, { round: 'm2' }]);
		expect(await asked()).toEqual([]);

		await room.pass(7);
		await expect.poll(() => asked(), { timeout: 20_000 }).toEqual(['ben', 'cay', 'dan']);
		expect(nowOf(room.room.world)).toMatchObject({ phase: 'P0' });
		const [mine] = (await house.store.mattersOf('cay')).filter(({ instance }) => instance === 'applied');
		expect(mine).toMatchObject({ said: 'cay adds cost per claim', own: true, item: took.cay });
		const promised = (await house.store.mattersOf('cay')).find(({ kind }) => kind === 'promised');
		expect(promised).toMatchObject({ when: mine!.when, said: 'cay adds cost per claim' });

		for (const [index, person] of ['ben', 'cay', 'dan'].entries())
			await room.must(person, 'applied.submit', {
				id: took[person],
				entry: { used: index === 0 ? 'yes' : 'not-yet' }
			});
		expect(await asked()).toEqual([]);
		await room.host('applied.close', { round: 'm1' });
		expect(room.record<FollowupRecord>('applied').rounds).toMatchObject({
			m1: { title: 'Reading a P&L', is: 'closed', tally: { asked: 3, replies: 3, used: 1 } },
			m2: { title: 'Pivot tables', is: 'ahead' }
		});
		// and the one who tries it later can still tick it off
		await room.must('cay', 'actions.done', { id: promised!.item });

		await room.pass(7);
		await expect.poll(() => asked(), { timeout: 20_000 }).toEqual(['ben']);
	});

	it('keeps what was asked and answered on the room’s page, under the talk, as it was asked', async () => {
		const room = await series();
		const ask = async (by: string, text: string, anonymous = false) => {
			const asked = { text, anonymous };
			const { item } = (await room.must(by, 'questions.submit', asked)) as { item: string };
			await room.host('questions.approve', { item });
			return item;
		};
		await room.open('Reading a P&L');
		await room.to('P5');
		const bill = await ask('ben', 'Where does the cloud bill sit?', true);
		const carried = await ask('cay', 'Who approves an accrual?');
		await room.must('dan', 'questions.vote', { item: bill });
		await room.host('questions.answer', { item: bill });
		expect(room.record<AnswersRecord>('answers').entries).toEqual({});
		await room.to('P8');

		// nobody’s question stays nobody’s: it has an owner and a date, and whoever asked is told
		const today = new Date(house.chance.now() + DAY).toISOString().slice(0, 10);
		expect(room.record<ListRecord>('questions').items[carried]).toMatchObject({
			owner: { id: 'ada' },
			due: today
		});
		const { notices } = room.room.own('cay').questions as ListOwn;
		expect(notices).toMatchObject([{ item: carried, what: 'assigned', by: 'ADA', due: today }]);
		await room.end();
		const pages = () =>
			byDate(room.record<AnswersRecord>('answers')).map(({ name, entries }) => [
				name.split(',')[0],
				entries.map(({ text, askers, unnamed, votes, answer }) => [
					text,
					askers.map(({ name }) => name).join() || unnamed,
					votes,
					answer?.text ?? 'live'
				])
			]);
		expect(pages()).toEqual([['Reading a P&L', [['Where does the cloud bill sit?', 1, 1, 'live']]]]);
		expect(JSON.stringify(room.record('answers'))).not.toContain('ben');

		// what was left is answered in the next meeting, and belongs to the talk on which it was asked
		await room.pass(7);
		await room.open('Pivot tables');
		await room.to('P5');
		await room.must('ada', 'questions.answer', { item: carried, text: 'The head of the cost centre.' });
		await room.to('P8');
		await room.end();
		const both = [
			['Where does the cloud bill sit?', 1, 1, 'live'],
			['Who approves an accrual?', 'CAY', 0, 'The head of the cost centre.']
		];
		expect(pages()).toEqual([['Reading a P&L', both]]);

		// it is found once, where it lives now
		const log = { error: () => undefined };
		const indexer = createIndexer({ ...house, registry: known, log, breath: 0 });
		const search = createSearch({ search: house.store.search, rooms: house.rooms, registry: known });
		const find = async (words: string) => {
			await house.committer.drain();
			await indexer.settled();
			return search.find(somebody('dan'), words);
		};
		expect(await find('cost centre')).toMatchObject([
			{ instance: 'answers', item: carried, meeting: 3, current: true }
		]);

		// who is erased leaves the answer and takes their name along
		await room.room.forget({ ids: ['cay'], names: new Set(['CAY']) });
		expect(pages()).toEqual([['Reading a P&L', [both[0], ['Who approves an accrual?', 0, 0, both[1]![3]]]]]);
		expect(JSON.stringify(room.record('answers'))).not.toMatch(/cay/i);
		await indexer.close();
	});
});

it('draws the record of a meeting that asked by itself whether it was used', () => {
	const record = new Y.Doc();
	record.getMap('agenda').set('now/current', { phase: 'P9', status: 'ended', began: 1, ended: 2 });
	record.getMap('used').set('entries/a', {
		id: 'a',
		entry: { used: 'yes', what: 'A new line.' },
		author: null,
		at: null
	});
	record.getMap('used').set('figures/used', { count: 14, mean: null, spread: { yes: 5, 'not-yet': 9 } });
	const { sections } = collectMinutes({
		room: { title: 'Lunches', code: 'ABC234' },
		...{ meeting: 1, format: lunchAndLearn, record, documents: new Map(), reports, locale: 'en' }
	});
	expect(sections.map(({ name }) => name)).toEqual(['used', 'used-figures']);
	expect(sections[0]!.entries).toMatchObject([{ said: 'A new line.', by: null }]);
	expect(sections[1]!.entries[0]!.about).toEqual(expect.arrayContaining(['Yes: 5', 'Not yet: 9']));
});
