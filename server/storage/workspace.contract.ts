import { describe, expect, it } from 'vitest';
import { blankProfile } from '#lib/blocks/profile.ts';
import type { Store } from './store.ts';
import type { InvitationRow } from './workspace-store.ts';

/** Of the suite in store.contract.ts: what concerns people, invitations and settings. */
export function workspaceContract(store: () => Store, reopen: () => Promise<void>): void {
	const ada = { id: 'ada', name: 'Ada', email: 'ada@example.com', created: 1 };
	const bob = { id: 'bob', name: 'bob', email: 'bob@example.com', created: 2 };
	const invitation = (id: string, more: Partial<InvitationRow> = {}): InvitationRow => ({
		id,
		token: `hash-${id}`,
		email: null,
		person: null,
		by: 'ada',
		created: 10,
		expires: 100,
		most: 2,
		used: 0,
		revoked: null,
		...more
	});

	describe('the workspace', () => {
		it('keeps people and their profiles, by name', async () => {
			const data = { ...blankProfile, team: 'Claims', offers: ['SQL'] };
			await store().workspace.changePeople({
				add: [bob, ada],
				profiles: [{ person: 'ada', data: blankProfile, updated: 1 }]
			});
			await store().workspace.changePeople({
				rename: [{ id: 'bob', name: 'Bob' }],
				profiles: [{ person: 'ada', data, updated: 2 }]
			});
			await reopen();
			const common = { locale: null, administrator: false, joined: false };
			expect(await store().workspace.people()).toEqual([
				{ ...common, id: 'ada', name: 'Ada', email: 'ada@example.com', profile: data },
				{ ...common, id: 'bob', name: 'Bob', email: 'bob@example.com', profile: null }
			]);
			expect(await store().workspace.profiles()).toEqual([{ person: 'ada', data }]);
		});

		it('changes all of the people or none', async () => {
			await store().workspace.changePeople({ add: [ada] });
			await expect(store().workspace.changePeople({ add: [bob, ada] })).rejects.toThrow();
			expect(await store().workspace.people()).toHaveLength(1);
		});

		it('is never left without an administrator', async () => {
			const { workspace } = store();
			await workspace.changePeople({ add: [ada, bob] });
			expect(await workspace.appoint('ada', true)).toBe(true);
			expect(await workspace.appoint('ada', false)).toBe(false);
			expect(await workspace.appoint('bob', true)).toBe(true);
			expect(await workspace.appoint('ada', false)).toBe(true);
			expect(await workspace.appoint('nobody', true)).toBe(false);
			expect((await workspace.people()).filter((one) => one.administrator).map(({ id }) => id)).toEqual([
				'bob'
			]);
		});

		it('forgets a person: their profile, as a manager, what they were invited by', async () => {
			const { workspace } = store();
			await workspace.changePeople({
				add: [ada, bob],
				profiles: [
					{ person: 'ada', data: { ...blankProfile, team: 'Claims' }, updated: 1 },
					{ person: 'bob', data: { ...blankProfile, manager: 'ada', offers: ['SQL'] }, updated: 1 }
				]
			});
			await workspace.appoint('ada', true);
			await workspace.invite([
				invitation('a', { email: 'ada@example.com', by: 'bob' }),
				invitation('b', { person: 'ada', by: 'bob' }),
				invitation('c', { by: 'bob' })
			]);
			await workspace.forget(['ada']);
			expect(await workspace.profiles()).toEqual([
				{ person: 'bob', data: { ...blankProfile, manager: null, offers: ['SQL'] } }
			]);
			expect((await workspace.invitations()).map(({ id }) => id)).toEqual(['c']);
			expect((await workspace.people()).find(({ id }) => id === 'ada')?.administrator).toBe(false);
		});

		it('lets as many come by an invitation as it is for, while it holds', async () => {
			const { workspace } = store();
			await workspace.invite([invitation('a'), invitation('b', { most: 1 })]);
			expect(await workspace.invitationByToken('hash-a')).toEqual(invitation('a'));
			expect(await workspace.invitationByToken('hash-c')).toBeNull();
			expect(await workspace.accept('a', 50)).toBe(true);
			expect(await workspace.accept('a', 100)).toBe(false);
			expect(await workspace.accept('a', 50)).toBe(true);
			expect(await workspace.accept('a', 50)).toBe(false);
			await workspace.revoke('b', 60);
			await workspace.revoke('b', 70);
			expect(await workspace.accept('b', 50)).toBe(false);
			await reopen();
			expect(await store().workspace.invitations()).toMatchObject([
				{ id: 'a', used: 2 },
				{ id: 'b', used: 0, revoked: 60 }
			]);
		});

		it('keeps settings by name', async () => {
			await store().workspace.set('opening', 'accounts');
			await store().workspace.set('opening', 'anyone');
			await store().workspace.set('most', { people: 3 });
			await reopen();
			expect(await store().workspace.settings()).toEqual({ opening: 'anyone', most: { people: 3 } });
		});

		it('counts people, rooms and meetings, and demos apart', async () => {
			const room = {
				screen: 's',
				title: 'Secret',
				format: 'debate',
				preset: null,
				settings: {},
				state: 'open' as const,
				meeting: 1,
				created: 1,
				updated: 1,
				demo: false
			};
			await store().workspace.changePeople({ add: [ada, bob] });
			await store().commit([
				{
					room: { ...room, id: 'r1', code: 'AAAAAA' },
					meetings: [
						{ room: 'r1', number: 1, started: 1, ended: 2 },
						{ room: 'r1', number: 2, started: null, ended: null }
					]
				},
				{ room: { ...room, id: 'r2', code: 'BBBBBB', screen: 't', state: 'archived' } },
				{
					room: { ...room, id: 'r3', code: 'CCCCCC', screen: 'u', demo: true },
					meetings: [{ room: 'r3', number: 1, started: 1, ended: 2 }]
				}
			]);
			const counts = await store().workspace.counts();
			expect(counts).toEqual({
				accounts: 0,
				waiting: 2,
				guests: 0,
				demos: 1,
				formats: [{ format: 'debate', rooms: 2, archived: 1, meetings: 1 }]
			});
		});
	});
}
