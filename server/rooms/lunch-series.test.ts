import { afterEach, describe, expect, it } from 'vitest';
import { blocks } from '#lib/blocks/rules.ts';
import type { FollowupOwn, FollowupRecord } from '#lib/blocks/followup/model.ts';
import type { SlotsRecord } from '#lib/blocks/slots/model.ts';
import { lunchAndLearn } from '#lib/formats/lunch-and-learn.ts';
import { fakeChance, hall } from './testing.ts';
import { nowOf, sceneOf } from './world.ts';

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
		house = await hall(undefined, fakeChance(), { known, tick: 0 });
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
			// the one place that gives it back its type
			return block.publish(world.states.get(instance)!, sceneOf(world, world.instances.get(instance)!))
				.record as unknown as Shown;
		};
		/** Lets time go by; the server looks at its clock when something happens in the room. */
		async function pass(days: number) {
			house.chance.ahead += days * DAY;
			await host('roster.describe', { team: `Day ${days}` });
		}
		const ownOf = (person: string) => room.room.own(person).used as FollowupOwn;
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
		await room.to('P8');
		await room.end();
		expect(room.room.world.row.meeting).toBe(2);

		const asked = async () => {
			const all = await house.store.matters(room.id);
			return all.flatMap(({ instance, person }) => (instance === 'used' ? (person ?? []) : [])).sort();
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
		const [mine] = (await house.store.mattersOf('cay')).filter(({ instance }) => instance === 'used');
		expect(mine).toMatchObject({ said: 'cay adds cost per claim', own: true, item: took.cay });
		const promised = (await house.store.mattersOf('cay')).find(({ kind }) => kind === 'promised');
		expect(promised).toMatchObject({ when: mine!.when, said: 'cay adds cost per claim' });

		for (const [index, person] of ['ben', 'cay', 'dan'].entries())
			await room.must(person, 'used.submit', {
				id: took[person],
				entry: { used: index === 0 ? 'yes' : 'not-yet' }
			});
		expect(await asked()).toEqual([]);
		await room.host('used.close', { round: 'm1' });
		expect(room.record<FollowupRecord>('used').rounds).toMatchObject({
			m1: { title: 'Reading a P&L', is: 'closed', tally: { asked: 3, replies: 3, used: 1 } },
			m2: { title: 'Pivot tables', is: 'ahead' }
		});
		// and the one who tries it later can still tick it off
		await room.must('cay', 'actions.done', { id: promised!.item });

		await room.pass(7);
		await expect.poll(() => asked(), { timeout: 20_000 }).toEqual(['ben']);
	});
});
