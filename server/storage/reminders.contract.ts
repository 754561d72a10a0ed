import { describe, expect, it } from 'vitest';
import { DEFAULTS, type NewReminder, type ReminderSettings } from './reminder-store.ts';
import type { MatterEntry, RoomRow, Store } from './store.ts';

const DAY = 24 * 60 * 60_000;
const NOON = Date.UTC(2026, 4, 14, 12);

/** Of the suite in store.contract.ts: what is due for whom, what was told and mailed, and what somebody wants to be told. */
export function remindersContract(store: () => Store, reopen: () => Promise<void>): void {
	const reminders = () => store().reminders;
	const room: RoomRow = {
		...{ id: 'r', code: 'AAAAAA', screen: 'screen-r', title: 'Room r', format: 'debate', preset: null },
		...{ settings: {}, state: 'open', meeting: 1, created: 1, updated: 2, demo: false }
	};
	const matter = (id: string, more: Partial<MatterEntry> = {}): MatterEntry => ({
		...{ room: 'r', instance: 'todo', id, person: 'tom', kind: 'promised', text: { en: 'Promised' } },
		...{ said: 'Ask', own: true, when: { day: '2026-05-14' }, item: id, since: NOON - DAY },
		...more
	});
	const member = (person: string, role: string | null = 'member') => ({
		...{ room: 'r', person, role, owner: false }
	});
	const span = {
		...{ from: NOON - 8 * DAY, to: NOON, waitedFrom: NOON - 14 * DAY, waitedTo: NOON - DAY },
		...{ limit: 10, offset: 0 }
	};
	const reminder = (matter: string, more: Partial<NewReminder> = {}): NewReminder => ({
		...{ person: 'tom', room: 'r', instance: 'todo', matter, at: NOON, shown: true },
		...{ mail: 'waiting', next: NOON, ...more }
	});
	const due = async (more: Partial<typeof span> = {}) =>
		(await reminders().candidates({ ...span, ...more })).map(
			({ person, matter: { id } }) => `${person} ${id}`
		);

	describe('reminders', () => {
		it('are for members now, of what is due in that time or has waited so long without a day', async () => {
			await store().commit([
				{ room, members: [member('tom'), member('ida')] },
				{
					matters: [
						matter('due'),
						matter('later', { when: { at: NOON + 1 } }),
						matter('long-over', { when: { day: '2026-05-01' } }),
						matter('waited', { kind: 'answer', when: null, since: NOON - 2 * DAY }),
						matter('new', { kind: 'answer', when: null, since: NOON }),
						matter('undated', { when: null, since: NOON - 2 * DAY }),
						matter('ours', { person: null, kind: 'coming', when: { at: NOON - 1 } }),
						matter('eve', { person: 'eve' })
					]
				}
			]);
			await reopen();
			expect(await due()).toEqual(['tom waited', 'tom due', 'ida ours', 'tom ours']);
			expect(await due({ limit: 2, offset: 1 })).toEqual(['tom due', 'ida ours']);
			const [first] = await reminders().candidates(span);
			expect(first?.matter).toEqual(matter('waited', { kind: 'answer', when: null, since: NOON - 2 * DAY }));
			await store().commit([{ members: [member('tom', null)] }]);
			expect(await due()).toEqual(['ida ours']);
		});

		it('are given once, each to each', async () => {
			const ours = matter('ours', { person: null });
			await store().commit([{ room, members: [member('tom'), member('ida')], matters: [matter('a'), ours] }]);
			await reminders().add([reminder('a'), reminder('ours')]);
			await reminders().add([reminder('a', { at: NOON + 5, next: NOON + 5 })]);
			await reopen();
			expect(await due()).toEqual(['ida ours']);
			expect(await reminders().shown('tom', 10)).toHaveLength(2);
			expect((await reminders().shown('tom', 1))[0]).toMatchObject({ at: NOON, seen: false });
		});

		it('are shown while what they are about is there, until they were seen', async () => {
			await store().commit([{ members: [member('tom')], matters: [matter('a'), matter('b'), matter('c')] }]);
			await reminders().add([
				reminder('a'),
				reminder('b', { at: NOON + 1 }),
				reminder('c', { shown: false }),
				reminder('gone')
			]);
			expect(await reminders().unseen('tom')).toBe(2);
			expect((await reminders().shown('tom', 10)).map((one) => one.matter)).toEqual([
				matter('b'),
				matter('a')
			]);
			await store().commit([{ unmatters: [matter('b')] }]);
			expect(await reminders().unseen('tom')).toBe(1);
			await reminders().see('tom', NOON + 9);
			await reopen();
			expect(await reminders().unseen('tom')).toBe(0);
			expect(await reminders().shown('tom', 10)).toMatchObject([{ seen: true, matter: { id: 'a' } }]);
			expect(await reminders().shown('ida', 10)).toEqual([]);
		});

		it('are handed to the mail server once: what was taken is not taken again unless it is put back', async () => {
			await reminders().add([
				reminder('a'),
				reminder('b', { next: NOON + DAY }),
				reminder('c', { mail: 'off' }),
				reminder('a', { person: 'ida', next: NOON + 1 })
			]);
			expect(await reminders().mailFor(NOON - 1, 10)).toEqual([]);
			expect(await reminders().mailFor(NOON, 10)).toEqual(['tom']);
			expect((await reminders().mailFor(NOON + 1, 10)).sort()).toEqual(['ida', 'tom']);
			expect(await reminders().mailFor(NOON + 1, 1)).toHaveLength(1);
			const [taken, ...more] = await reminders().take('tom', NOON);
			expect(more).toEqual([]);
			expect(taken).toMatchObject({ person: 'tom', room: 'r', instance: 'todo', matter: 'a', tries: 0 });
			await reopen();
			expect(await reminders().take('tom', NOON)).toEqual([]);
			await reminders().sent([taken!.id], 'waiting', NOON + 60);
			expect(await reminders().take('tom', NOON)).toEqual([]);
			expect(await reminders().take('tom', NOON + 60)).toMatchObject([{ id: taken!.id, tries: 1 }]);
			await reminders().sent([taken!.id], 'sent', NOON);
			expect((await reminders().take('tom', NOON + 2 * DAY)).map((one) => one.matter)).toEqual(['b']);
		});

		it('remember what somebody wants, and when their daily mail last went out', async () => {
			expect(await reminders().settings('tom')).toEqual(DEFAULTS);
			expect(await reminders().mailed('tom')).toBe(0);
			const wanted: ReminderSettings = {
				app: { ...DEFAULTS.app, coming: false },
				mail: { ...DEFAULTS.mail, promised: false },
				often: 'once'
			};
			await reminders().setMailed('tom', 7);
			await reminders().set('tom', wanted);
			await reminders().setMailed('tom', 8);
			await reopen();
			expect(await reminders().settings('tom')).toEqual(wanted);
			expect(await reminders().mailed('tom')).toBe(8);
			expect(await reminders().settings('ida')).toEqual(DEFAULTS);
		});

		it('keep one calendar address a person, which can be closed', async () => {
			await reminders().set('tom', { ...DEFAULTS, often: 'once' });
			await reminders().setFeed('tom', 'hash-1');
			await reminders().setFeed('ida', 'hash-2');
			expect(await reminders().ofFeed('hash-1')).toBe('tom');
			await reminders().setFeed('tom', 'hash-3');
			await reopen();
			expect(await reminders().ofFeed('hash-1')).toBeNull();
			expect(await reminders().ofFeed('hash-3')).toBe('tom');
			expect(await reminders().settings('tom')).toMatchObject({ often: 'once' });
			await reminders().setFeed('tom', null);
			expect(await reminders().hasFeed('tom')).toBe(false);
			expect(await reminders().ofFeed('hash-3')).toBeNull();
			expect(await reminders().hasFeed('ida')).toBe(true);
		});

		it('are forgotten after their time, but for those whose matter is still there', async () => {
			await store().commit([{ members: [member('tom')], matters: [matter('a')] }]);
			await reminders().add([reminder('a'), reminder('gone'), reminder('late', { at: NOON + DAY })]);
			expect(await reminders().forget(NOON + 1)).toBe(1);
			expect(await reminders().forget(NOON + 1)).toBe(0);
			expect(await due()).toEqual([]);
			expect(await reminders().shown('tom', 10)).toMatchObject([{ matter: { id: 'a' } }]);
		});

		it('go with the room that they were about', async () => {
			await store().commit([{ members: [member('tom')], matters: [matter('a')] }]);
			await reminders().add([reminder('a')]);
			await store().deleteRoom('r');
			await reopen();
			expect(await reminders().shown('tom', 10)).toEqual([]);
			expect(await reminders().take('tom', NOON)).toEqual([]);
			expect(await due()).toEqual([]);
		});
	});
}
