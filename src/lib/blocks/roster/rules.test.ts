import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../block.ts';
import { blankProfile, type Profile } from '../profile.ts';
import { harness, typed } from '../testing.ts';
import { RELIEF_AFTER, type RosterDesk, type RosterRecord, type RosterState } from './model.ts';
import { roster } from './rules.ts';

const plain = { crowd: false, open: false, most: null, facilitates: false };

const roles = {
	host: { ...plain, facilitates: true, most: 1 },
	helper: { ...plain, facilitates: true },
	speaker: { ...plain, open: true, most: 1 },
	side: { ...plain, most: 2 },
	attendee: { ...plain, open: true, crowd: true }
};

function room(settings: { [key: string]: Json } = {}) {
	const block = harness(roster, { roles, guest: 'attendee', ...settings }, {});
	const members = () => (block.state as RosterState).members;
	/** The next command is this member's, in the role that the roster says. */
	const sync = () => {
		for (const id of Object.keys(block.people)) delete block.people[id];
		Object.assign(block.people, members());
	};
	return {
		...block,
		members,
		state: () => block.state as RosterState,
		enter: (id: string, role = 'attendee', more: { [key: string]: Json } = {}) =>
			block.run('server', 'enter', {
				id,
				name: id.toUpperCase(),
				role,
				account: false,
				owner: false,
				admitted: true,
				...more
			}),
		run(by: string, verb: string, payload: Json = {}) {
			sync();
			return block.run(by, verb, payload);
		},
		must(by: string, verb: string, payload: Json = {}) {
			sync();
			return block.must(by, verb, payload);
		},
		roleOf: (id: string) => members()[id]?.role ?? null,
		facilitators: () =>
			Object.values(members()).filter(({ role }) => roles[role as keyof typeof roles].facilitates)
	};
}

function hosted(settings: { [key: string]: Json } = {}) {
	const here = room(settings);
	here.enter('hedda', 'host', { owner: true });
	here.enter('tom');
	here.enter('ida');
	return here;
}

const refused = (code: string, field?: string) => ({
	ok: false,
	error: { code, message: expect.any(String), ...(field === undefined ? {} : { field }) }
});

describe('coming in', () => {
	it('makes a member, once; a second time renews the name and keeps role and place', () => {
		const { enter, members, run, clock } = hosted();
		const joined = members().tom!.joined;
		run('hedda', 'assign', { person: 'tom', role: 'speaker' });
		clock.now += 1000;
		expect(enter('tom', 'attendee', { name: 'Thomas', account: true })).toEqual({
			ok: true,
			result: { role: 'speaker' }
		});
		expect(members().tom).toMatchObject({ name: 'Thomas', account: true, role: 'speaker', joined });
		expect(Object.keys(members())).toHaveLength(3);
	});

	it('ends where the room is full', () => {
		const { enter } = hosted({ capacity: 3 });
		expect(enter('uma')).toMatchObject(refused('full'));
		expect(enter('tom')).toMatchObject({ ok: true });
	});

	it('ends where the role is taken', () => {
		const { enter } = hosted();
		expect(enter('uma', 'speaker')).toMatchObject({ ok: true });
		expect(enter('vic', 'speaker')).toMatchObject(refused('role_full', 'role'));
	});

	it.each(['king', '', 'constructor', '__proto__', 'toString'])('knows no role "%s"', (role) => {
		const { enter, run, roleOf } = hosted();
		expect(enter('uma', role)).toMatchObject(refused('no_role', 'role'));
		expect(run('hedda', 'assign', { person: 'tom', role })).toMatchObject(refused('no_role'));
		expect(run('tom', 'take', { role })).toMatchObject(refused('no_role'));
		expect(run('hedda', 'lots', { seats: [role] })).toMatchObject(refused('no_role'));
		expect(roleOf('tom')).toBe('attendee');
	});

	it('waits at the door where the host lets people in, seen by the desk alone', () => {
		const { enter, record, desk, members } = hosted();
		expect(enter('uma', 'attendee', { admitted: false })).toEqual({ ok: true, result: { waiting: true } });
		expect(members().uma).toBeUndefined();
		expect((desk() as RosterDesk).waiting.uma).toMatchObject({ name: 'UMA' });
		expect(JSON.stringify(record())).not.toContain('uma');
	});

	it('is granted or refused by the host', () => {
		const { enter, run, members, state } = hosted();
		for (const id of ['uma', 'vic']) enter(id, 'attendee', { admitted: false });
		expect(run('hedda', 'admit', { person: 'uma' })).toMatchObject({ ok: true });
		expect(members().uma).toMatchObject({ role: 'attendee', owner: false });
		expect(run('hedda', 'admit', { person: 'vic', ok: false })).toMatchObject({ ok: true });
		expect(state().waiting).toEqual({});
		expect(enter('vic', 'attendee', { admitted: false })).toMatchObject(refused('removed'));
		expect(run('hedda', 'admit', { person: 'vic' })).toMatchObject(refused('gone', 'person'));
	});

	it('is not granted beyond the room’s or the role’s number, however many wait', () => {
		const { enter, run, members } = hosted({ capacity: 4 });
		for (const id of ['uma', 'vic']) enter(id, 'speaker', { admitted: false });
		expect(run('hedda', 'admit', { person: 'uma' })).toMatchObject({ ok: true });
		expect(run('hedda', 'admit', { person: 'vic' })).toMatchObject(refused('role_full', 'role'));
		run('hedda', 'assign', { person: 'uma', role: 'attendee' });
		expect(run('hedda', 'admit', { person: 'vic' })).toMatchObject(refused('full'));
		expect(Object.keys(members())).toHaveLength(4);
	});
});

describe('roles', () => {
	it('are given by the host, as long as there is a seat', () => {
		const { run, roleOf } = hosted();
		expect(run('hedda', 'assign', { person: 'tom', role: 'speaker' })).toMatchObject({ ok: true });
		expect(roleOf('tom')).toBe('speaker');
		expect(run('hedda', 'assign', { person: 'ida', role: 'speaker' })).toMatchObject(refused('role_full'));
		expect(run('hedda', 'assign', { person: 'tom', role: 'speaker' })).toMatchObject({ ok: true });
		expect(run('hedda', 'assign', { person: 'nobody', role: 'side' })).toMatchObject(refused('gone'));
	});

	it('are taken by oneself only where they are open', () => {
		const { run, roleOf } = hosted();
		expect(run('tom', 'take', { role: 'side' })).toMatchObject(refused('not_open', 'role'));
		expect(run('tom', 'take', { role: 'speaker' })).toMatchObject({ ok: true });
		expect(run('tom', 'take', { role: 'speaker' })).toMatchObject({ ok: true });
		expect(run('ida', 'take', { role: 'speaker' })).toMatchObject(refused('role_full'));
		expect(run('stranger', 'take', { role: 'attendee' })).toMatchObject(refused('gone'));
		expect(roleOf('tom')).toBe('speaker');
	});

	it('never leave the room without somebody who runs it', () => {
		const { run, roleOf } = hosted();
		expect(run('hedda', 'assign', { person: 'hedda', role: 'side' })).toMatchObject(refused('last'));
		expect(run('hedda', 'take', { role: 'attendee' })).toMatchObject(refused('last'));
		run('hedda', 'assign', { person: 'tom', role: 'helper' });
		expect(run('hedda', 'take', { role: 'attendee' })).toMatchObject({ ok: true });
		expect(run('tom', 'leave')).toMatchObject(refused('last'));
		expect(roleOf('tom')).toBe('helper');
	});

	it('tell the person whose they are', () => {
		const { run, touched, emitted } = hosted();
		touched.clear();
		run('hedda', 'assign', { person: 'tom', role: 'speaker' });
		expect([...touched]).toEqual(['tom']);
		expect(emitted.at(-1)).toEqual({ event: 'assigned', data: { person: 'tom', role: 'speaker' } });
	});
});

describe('offers', () => {
	const offered = () => {
		const here = room({ roles: { ...roles, coach: { ...plain, offered: true, most: 1 } } });
		here.enter('hedda', 'host', { owner: true });
		for (const person of ['tom', 'ida']) here.enter(person);
		return here;
	};

	it('of a role take effect when they are accepted', () => {
		const { run, members, state, own, touched } = offered();
		run('hedda', 'offer', { person: 'tom', role: 'coach' });
		expect(touched.has('tom')).toBe(true);
		expect(members().tom?.role).toBe('attendee');
		expect(own('tom')).toMatchObject({ offer: { role: 'coach', name: 'HEDDA' } });
		expect(own('ida')).toMatchObject({ offer: null });
		expect(run('ida', 'answer', { role: 'coach', yes: true })).toMatchObject(refused('gone'));
		expect(run('tom', 'answer', { role: 'coach', yes: true })).toMatchObject({ ok: true });
		expect(members().tom?.role).toBe('coach');
		expect(state().offers).toEqual({});
		expect(run('hedda', 'offer', { person: 'ida', role: 'coach' })).toMatchObject(refused('role_full'));
	});

	it('are declined or taken back, and the first of two who accept has the seat', () => {
		const { run, members, state } = offered();
		for (const person of ['tom', 'ida']) run('hedda', 'offer', { person, role: 'coach' });
		run('tom', 'answer', { role: 'coach', yes: false });
		expect(Object.keys(state().offers)).toEqual(['ida']);
		run('hedda', 'offer', { person: 'tom', role: 'coach' });
		run('ida', 'answer', { role: 'coach', yes: true });
		expect(run('tom', 'answer', { role: 'coach', yes: true })).toMatchObject(refused('gone', 'role'));
		expect(run('hedda', 'recall', { person: 'tom' })).toMatchObject(refused('gone'));
		expect(members().ida?.role).toBe('coach');
	});

	it('say who is asked, to which role, not by whom: they may be unseen by now', () => {
		const { run, record } = offered();
		run('hedda', 'offer', { person: 'tom', role: 'coach' });
		const { offers } = record() as RosterRecord;
		expect(offers).toEqual({ tom: { role: 'coach', at: expect.any(Number) } });
	});

	it('are made for roles that can be offered, to people who are there', () => {
		const { run } = offered();
		expect(run('hedda', 'offer', { person: 'tom', role: 'host' })).toMatchObject(refused('not_offered'));
		expect(run('hedda', 'offer', { person: 'tom', role: '__proto__' })).toMatchObject(refused('not_offered'));
		expect(run('hedda', 'offer', { person: 'none', role: 'coach' })).toMatchObject(refused('gone'));
	});

	it('go with the person', () => {
		const { run, state } = offered();
		for (const person of ['tom', 'ida']) run('hedda', 'offer', { person, role: 'coach' });
		run('hedda', 'remove', { person: 'tom' });
		run('ida', 'leave');
		expect(state().offers).toEqual({});
	});
});

describe('handing over', () => {
	it('swaps the roles and moves the room’s ownership', () => {
		const { run, members, facilitators } = hosted();
		expect(run('hedda', 'handOver', { person: 'tom' })).toMatchObject({ ok: true });
		expect(members()).toMatchObject({
			hedda: { role: 'attendee', owner: false },
			tom: { role: 'host', owner: true }
		});
		expect(facilitators()).toHaveLength(1);
	});

	it.each(['hedda', 'nobody', '__proto__', 'constructor'])('is not possible to "%s"', (person) => {
		const { run } = hosted();
		expect(run('hedda', 'handOver', { person })).toMatchObject(refused('gone', 'person'));
		expect(({} as { role?: string; owner?: boolean }).role).toBeUndefined();
	});
});

describe('taking over', () => {
	it('is possible once whoever runs the room has been away for a minute, not before', () => {
		const { run, others, clock, members } = hosted();
		expect(run('tom', 'takeOver')).toMatchObject(refused('not_yet'));
		others.presence = { facilitatorsAwaySince: clock.now };
		clock.now += RELIEF_AFTER - 1;
		expect(run('tom', 'takeOver')).toMatchObject(refused('not_yet'));
		clock.now += 1;
		expect(run('tom', 'takeOver')).toMatchObject({ ok: true });
		expect(members()).toMatchObject({
			tom: { role: 'host', owner: false },
			hedda: { role: 'attendee', owner: true }
		});
	});

	it('is not possible while somebody who runs the room is here, nor for strangers, nor twice', () => {
		const { run, others, clock } = hosted();
		others.presence = { facilitatorsAwaySince: null };
		expect(run('tom', 'takeOver')).toMatchObject(refused('not_yet'));
		others.presence = { facilitatorsAwaySince: clock.now - RELIEF_AFTER };
		expect(run('stranger', 'takeOver')).toMatchObject(refused('gone'));
		run('tom', 'takeOver');
		expect(run('tom', 'takeOver')).toMatchObject(refused('already'));
	});

	it('helps a room in which nobody is left who runs it', () => {
		const { run, others, clock, enter, members } = room();
		enter('tom');
		others.presence = { facilitatorsAwaySince: clock.now - RELIEF_AFTER };
		expect(run('tom', 'takeOver')).toMatchObject({ ok: true });
		expect(members().tom!.role).toBe('host');
	});
});

describe('going', () => {
	it('takes a removed person’s place and keeps the door shut, until the host pardons', () => {
		const { run, enter, members, desk, emitted } = hosted();
		expect(run('hedda', 'remove', { person: 'tom' })).toMatchObject({ ok: true });
		expect(emitted.at(-1)).toEqual({ event: 'left', data: { person: 'tom' } });
		expect(members().tom).toBeUndefined();
		expect((desk() as RosterDesk).removed.tom).toMatchObject({ name: 'TOM' });
		expect(enter('tom')).toMatchObject(refused('removed'));
		expect(run('hedda', 'pardon', { person: 'ida' })).toMatchObject(refused('gone'));
		expect(run('hedda', 'pardon', { person: 'tom' })).toMatchObject({ ok: true });
		expect(enter('tom')).toMatchObject({ ok: true });
	});

	it('does not touch the owner, nor oneself, nor somebody who is not there', () => {
		const { run } = hosted();
		run('hedda', 'assign', { person: 'tom', role: 'helper' });
		expect(run('tom', 'remove', { person: 'hedda' })).toMatchObject(refused('owner', 'person'));
		expect(run('tom', 'remove', { person: 'tom' })).toMatchObject(refused('owner', 'person'));
		expect(run('tom', 'remove', { person: 'nobody' })).toMatchObject(refused('gone', 'person'));
	});

	it('does not take the last one who runs the room', () => {
		const { run } = hosted();
		run('hedda', 'assign', { person: 'tom', role: 'helper' });
		run('hedda', 'take', { role: 'attendee' });
		expect(run('hedda', 'remove', { person: 'tom' })).toMatchObject(refused('last'));
	});

	it('is everybody’s right but the owner’s, who hands the room over first', () => {
		const { run, members, enter } = hosted();
		expect(run('hedda', 'leave')).toMatchObject(refused('owner'));
		expect(run('tom', 'leave')).toMatchObject({ ok: true });
		expect(run('tom', 'leave')).toMatchObject(refused('gone'));
		expect(members().tom).toBeUndefined();
		expect(enter('tom')).toMatchObject({ ok: true });
	});
});

describe('saying where one comes from', () => {
	it('keeps a team, trimmed, and an empty one as none', () => {
		const { run, members } = hosted();
		run('tom', 'describe', { team: '  Claims ' });
		expect(members().tom!.team).toBe('Claims');
		run('tom', 'describe', { team: ' ' });
		expect(members().tom!.team).toBeNull();
		expect(run('tom', 'describe', { team: 'x'.repeat(81) })).toMatchObject(refused('invalid', 'team'));
		expect(run('stranger', 'describe', { team: 'Claims' })).toMatchObject(refused('gone'));
	});
});

describe('going on as an account', () => {
	it('keeps the guest’s place, role and ownership under the account’s id', () => {
		const { run, members, record } = hosted();
		const succession = { from: 'hedda', to: 'account', name: 'Hedda', account: true };
		expect(run('server', 'succeed', succession)).toMatchObject({ ok: true });
		expect(members().account).toMatchObject({ role: 'host', owner: true, account: true, name: 'Hedda' });
		expect(members().hedda).toBeUndefined();
		expect((record() as RosterRecord).former).toEqual({ hedda: 'account' });
		expect(run('server', 'succeed', succession)).toMatchObject(refused('gone', 'from'));
	});

	it('lets the guest in no more: what they asked before they signed in may come after it', () => {
		const { run, enter, members } = hosted();
		run('server', 'succeed', { from: 'tom', to: 'account', name: 'Tom', account: true });
		expect(enter('tom')).toMatchObject(refused('former'));
		expect(members().tom).toBeUndefined();
	});

	it('leaves nobody at the door or turned away who is in', () => {
		const { run, enter, state, members } = hosted();
		enter('uma', 'attendee', { admitted: false });
		run('server', 'succeed', { from: 'tom', to: 'uma', name: 'Uma', account: true });
		expect(members().uma).toBeDefined();
		expect(state().waiting).toEqual({});
	});

	it('leaves somebody who runs the room, where the account was in it already', () => {
		const { run, members, facilitators } = hosted();
		run('server', 'succeed', { from: 'hedda', to: 'tom', name: 'Tom', account: true });
		expect(members().tom).toMatchObject({ role: 'host', owner: true });
		expect(facilitators()).toHaveLength(1);
	});
});

describe('lots', () => {
	it('fill every seat with different people of those who may hold it', () => {
		const { run, roleOf, enter } = hosted();
		enter('uma');
		expect(run('hedda', 'lots', { seats: ['side', 'side', 'speaker'] })).toMatchObject({ ok: true });
		const drawn = ['tom', 'ida', 'uma'].map(roleOf).sort();
		expect(drawn).toEqual(['side', 'side', 'speaker']);
		expect(roleOf('hedda')).toBe('host');
	});

	it('give back the seats of those who held them before', () => {
		const { run, roleOf, touched } = hosted();
		run('hedda', 'assign', { person: 'tom', role: 'speaker' });
		for (let draw = 0; draw < 30; draw++) {
			const before = { tom: roleOf('tom'), ida: roleOf('ida') };
			touched.clear();
			run('hedda', 'lots', { seats: ['speaker'] });
			expect(['tom', 'ida'].filter((id) => roleOf(id) === 'speaker')).toHaveLength(1);
			for (const id of ['tom', 'ida'] as const) expect(touched.has(id)).toBe(roleOf(id) !== before[id]);
		}
	});

	it('need enough people, and no more seats than a role has', () => {
		const { run, enter } = hosted();
		expect(run('hedda', 'lots', { seats: ['side', 'side', 'speaker'] })).toMatchObject(
			refused('too_few', 'seats')
		);
		enter('uma');
		expect(run('hedda', 'lots', { seats: ['speaker', 'speaker'] })).toMatchObject(refused('role_full'));
		run('hedda', 'assign', { person: 'uma', role: 'speaker' });
		expect(run('hedda', 'lots', { seats: ['speaker'], people: ['tom', 'ida'] })).toMatchObject(
			refused('role_full', 'seats')
		);
	});

	it('do not take the one who runs the room', () => {
		const { run, roleOf } = hosted();
		expect(run('hedda', 'lots', { seats: ['side'], people: ['hedda'] })).toMatchObject(refused('last'));
		expect(roleOf('hedda')).toBe('host');
	});

	it('are fair: everybody is drawn about equally often', () => {
		const { run, roleOf, enter } = hosted();
		for (const id of ['uma', 'vic']) enter(id);
		const won: Record<string, number> = { tom: 0, ida: 0, uma: 0, vic: 0 };
		for (let draw = 0; draw < 2000; draw++) {
			run('hedda', 'lots', { seats: ['speaker'] });
			for (const id of Object.keys(won)) if (roleOf(id) === 'speaker') won[id]!++;
		}
		for (const count of Object.values(won)) expect(Math.abs(count - 500)).toBeLessThan(100);
	});
});

describe('seats that are drawn', () => {
	const drawn = () => {
		const here = hosted({ seats: 'drawn' });
		for (const id of ['uma', 'vic', 'wim']) here.enter(id);
		return here;
	};

	it('are filled from those who put their names in, and who gets none stays in', () => {
		const here = drawn();
		for (const by of ['tom', 'uma', 'vic']) here.must(by, 'stand', { on: true });
		expect(here.record().lots).toEqual({ now: { standing: 3 } });
		expect(here.own('tom')).toMatchObject({ standing: true });
		for (let draw = 0; draw < 20; draw++) {
			here.run('hedda', 'lots', { seats: ['side', 'side'] });
			expect([here.roleOf('ida'), here.roleOf('wim')]).toEqual(['attendee', 'attendee']);
		}
		expect(here.record().lots).toEqual({ now: { standing: 1 } });
		for (const id of Object.keys(here.state().standing)) expect(here.roleOf(id)).toBe('attendee');
	});

	it('are filled from everybody where nobody put their name in', () => {
		const here = drawn();
		here.run('hedda', 'lots', { seats: ['side'] });
		expect(Object.values(here.members()).filter(({ role }) => role === 'side')).toHaveLength(1);
	});

	it('nobody takes; whoever runs the room may give one', () => {
		const here = drawn();
		expect(here.run('tom', 'take', { role: 'speaker' })).toMatchObject(refused('drawn', 'role'));
		here.must('tom', 'stand', { on: true });
		expect(here.run('hedda', 'assign', { person: 'tom', role: 'speaker' })).toMatchObject({ ok: true });
		expect(here.state().standing).toEqual({});
		expect(here.run('tom', 'stand', { on: true })).toMatchObject(refused('seated'));
		expect(here.run('hedda', 'stand', { on: true })).toMatchObject(refused('seated'));
	});

	it('forget the name of whoever leaves, and keep that of a guest who signs in', () => {
		const here = drawn();
		for (const by of ['tom', 'uma', 'vic']) here.must(by, 'stand', { on: true });
		here.must('tom', 'leave');
		here.run('hedda', 'remove', { person: 'uma' });
		here.run('server', 'succeed', { from: 'vic', to: 'account', name: 'Vic', account: true });
		expect(here.state().standing).toEqual({ account: true });
		here.must('account', 'stand', { on: false });
		expect(here.state().standing).toEqual({});
	});

	it('are those of a room alone that draws them', () => {
		const here = hosted();
		expect(here.run('tom', 'stand', { on: true })).toMatchObject(refused('taken'));
		expect(here.record().lots).toEqual({});
	});
});

describe('other settings', () => {
	it('take the seats that there are no more from those who came last', () => {
		const here = hosted();
		here.clock.now += 1;
		here.enter('uma');
		for (const person of ['uma', 'ida']) here.run('hedda', 'assign', { person, role: 'side' });
		here.configure({ roles: { ...roles, side: { ...roles.side, most: 1 } }, guest: 'attendee' });
		expect([here.roleOf('ida'), here.roleOf('uma')]).toEqual(['side', 'attendee']);
	});

	it('leave nobody in a role that there is no more: guests come of it, and whoever led leads', () => {
		const method = {
			circle: { ...plain, facilitates: true },
			inner: plain,
			asked: { ...plain, offered: true }
		};
		const room = harness(roster, { roles: { ...roles, ...method }, guest: 'attendee' }, {});
		for (const [id, role, admitted] of [
			['hedda', 'circle', true],
			['tom', 'inner', true],
			['ida', 'attendee', true],
			['uma', 'inner', false]
		] as const)
			room.must('server', 'enter', { id, name: id, role, account: true, owner: id === 'hedda', admitted });
		room.must('hedda', 'offer', { person: 'ida', role: 'asked' });
		room.configure({ roles, guest: 'attendee' });
		const state = room.state as RosterState;
		expect(Object.values(state.members).map(({ role }) => role)).toEqual(['host', 'attendee', 'attendee']);
		expect(state.waiting.uma).toMatchObject({ role: 'attendee' });
		expect(state.offers).toEqual({});
	});
});

describe('what is shown', () => {
	it('tells nobody of whoever is unseen: not who, not how many, not who they were before', () => {
		const roles = { host: { ...plain, facilitates: true }, writer: { ...plain, unseen: true } };
		const room = harness(roster, { roles, guest: 'writer' }, {});
		for (const [id, role] of [
			['hedda', 'host'],
			['tess', 'writer']
		])
			room.must('server', 'enter', {
				id,
				name: id,
				role,
				account: false,
				owner: role === 'host',
				admitted: true
			});
		room.must('server', 'succeed', { from: 'tess', to: 'tess2', name: 'Tess', account: true });
		const { record, desk } = { record: room.record(), desk: room.desk() };
		expect(record.counts).toEqual({ host: 1 });
		expect(JSON.stringify([record, desk])).not.toMatch(/tess/i);
		expect(room.own('tess2')).toMatchObject({ member: { name: 'Tess', role: 'writer' } });
	});

	it('counts a crowd for all and names it only at the desk', () => {
		const { record, desk } = hosted();
		const shown = record() as RosterRecord;
		expect(Object.keys(shown.members)).toEqual(['hedda']);
		expect(shown.counts).toEqual({ host: 1, attendee: 2 });
		expect(Object.keys((desk() as RosterDesk).crowd).sort()).toEqual(['ida', 'tom']);
	});

	it('shows each person their own place', () => {
		const { own } = hosted();
		expect(own('tom')).toMatchObject({ member: { id: 'tom', role: 'attendee' } });
		expect(own('stranger')).toEqual({ member: null, offer: null, inMind: null, standing: false });
	});
});

describe('whatever is asked, in whatever order', () => {
	const ids = ['hedda', 'tom', 'ida', 'uma', 'vic'];
	const id = fc.constantFrom(...ids);
	const role = fc.constantFrom(...Object.keys(roles));
	const step = fc.oneof(
		fc.record({ verb: fc.constantFrom('enter', 'wait', 'assign', 'take'), by: id, person: id, role }),
		fc.record({
			verb: fc.constantFrom('admit', 'pardon', 'remove', 'leave', 'handOver', 'takeOver', 'lots', 'succeed'),
			by: id,
			person: id,
			role
		})
	);

	it('the room keeps its numbers, exactly one owner, and somebody who runs it', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
				const here = hosted({ capacity: 4 });
				here.others.presence = { facilitatorsAwaySince: 0 };
				let accounts = 0;
				for (const { verb, by, person, role } of steps) {
					if (verb === 'enter' || verb === 'wait') here.enter(person, role, { admitted: verb === 'enter' });
					else if (verb === 'lots') here.run(by, 'lots', { seats: [role] });
					else if (verb === 'succeed')
						here.run('server', 'succeed', {
							from: person,
							to: by === person ? `account-${++accounts}` : by,
							name: 'A',
							account: true
						});
					else here.run(by, verb, { person, role });
					const members = Object.values(here.members());
					expect(members.length).toBeLessThanOrEqual(4);
					expect(members.filter(({ owner }) => owner)).toHaveLength(1);
					expect(here.facilitators().length).toBeGreaterThan(0);
					for (const [name, { most }] of Object.entries(roles))
						if (most !== null)
							expect(members.filter((member) => member.role === name).length).toBeLessThanOrEqual(most);
					const { waiting, removed } = here.state();
					for (const { id } of members) expect([waiting[id], removed[id]]).toEqual([undefined, undefined]);
				}
			}),
			{ numRuns: 300 }
		);
	});
});

const colleague = (id: string, more: Partial<Profile> = {}): Profile => ({
	...{ ...blankProfile, id, name: id },
	...more
});

describe('somebody of the workspace who is asked to take a role', () => {
	const asked = { helper: { ...roles.helper, most: 1, offered: true, name: { en: 'Coach' } } };

	function looking() {
		const here = room({ roles: { ...roles, ...asked } });
		for (const id of ['ben', 'eva', 'uli']) here.profiles[id] = colleague(id, { name: id.toUpperCase() });
		here.enter('nadia', 'host', { owner: true, account: true });
		return {
			...here,
			invite: (person: string, more: { [key: string]: Json } = {}) =>
				here.run('nadia', 'invite', { person, role: 'helper', ...more })
		};
	}

	it('is let in as a guest, is told what the asker wants to say, and has the role with a yes', () => {
		const here = looking();
		expect(here.invite('ben', { said: 'Speaking without slides' })).toMatchObject({ ok: true });
		expect(here.roleOf('ben')).toBe('attendee');
		expect(here.own('ben')).toMatchObject({ offer: { name: 'NADIA', said: 'Speaking without slides' } });
		expect(JSON.stringify([here.record(), here.desk(), here.own('nadia')])).not.toContain('without slides');
		const [matter] = here.matters();
		expect(matter).toMatchObject({ person: 'ben', kind: 'answer', said: 'Speaking without slides' });
		expect(matter!.text.en).toBe('NADIA asks you to be Coach');
		expect(matter!.own).toBeUndefined();
		const [yes] = matter!.quick!;
		here.must('ben', yes!.verb, yes!.payload);
		expect(here.roleOf('ben')).toBe('helper');
		expect(here.matters()).toEqual([]);
	});

	it('is out again with a no and not asked twice; and when somebody else has said yes', () => {
		const here = looking();
		for (const person of ['ben', 'eva', 'uli']) here.invite(person);
		here.must('ben', 'answer', { role: 'helper', yes: false });
		expect(here.roleOf('ben')).toBeNull();
		expect(here.invite('ben')).toMatchObject({ error: { code: 'declined' } });
		here.must('nadia', 'recall', { person: 'uli' });
		expect(here.roleOf('uli')).toBeNull();
		expect(here.invite('uli')).toMatchObject({ ok: true });
		here.must('eva', 'answer', { role: 'helper', yes: true });
		expect(Object.keys(here.members()).sort()).toEqual(['eva', 'nadia']);
		expect(here.state().offers).toEqual({});
	});

	it('is kept in mind by whoever will ask, who alone is told, until they are asked or gone', () => {
		const here = looking();
		expect(here.run('nadia', 'keepInMind', { person: 'ben' })).toMatchObject({ ok: true });
		expect(here.own('nadia')).toMatchObject({ inMind: { id: 'ben', name: 'BEN' } });
		here.enter('tom');
		expect(JSON.stringify([here.record(), here.desk(), here.own('tom'), here.own('ben')])).not.toContain(
			'BEN'
		);
		expect(here.matters()).toEqual([]);
		here.invite('eva');
		expect(here.own('nadia')).toMatchObject({ inMind: { id: 'ben' } });
		here.invite('ben');
		expect(here.own('nadia')).toMatchObject({ inMind: null });
		here.must('nadia', 'keepInMind', { person: 'uli' });
		const state = structuredClone(here.state());
		roster.forget!(state, 'uli', { roles });
		expect(state.inMind).toEqual({});
		for (const [person, code] of [
			['nadia', 'oneself'],
			['nobody', 'outside']
		])
			expect(here.run('nadia', 'keepInMind', { person })).toMatchObject({ error: { code } });
	});

	it('who came by the link stays whatever they answer', () => {
		const here = looking();
		here.enter('tom');
		here.must('nadia', 'offer', { person: 'tom', role: 'helper' });
		here.must('tom', 'answer', { role: 'helper', yes: false });
		expect(here.roleOf('tom')).toBe('attendee');
		expect(here.run('nadia', 'offer', { person: 'tom', role: 'helper' })).toMatchObject({ ok: true });
	});

	it.each([
		['nobody', 'helper', 'outside'],
		['nadia', 'helper', 'oneself'],
		['ben', 'side', 'not_offered']
	])('is refused for %s as %s', (person, role, code) => {
		expect(looking().invite(person, { role })).toMatchObject({ error: { code } });
	});

	it('is asked by people with an account, of a few at once', () => {
		const here = looking();
		here.enter('gus', 'host');
		for (let count = 0; count < 9; count++) here.profiles[`p${count}`] = colleague(`p${count}`);
		const answers = Array.from({ length: 9 }, (_, count) => here.invite(`p${count}`));
		expect(answers.at(-1)).toMatchObject({ error: { code: 'enough' } });
		const guest = room({ roles: { ...roles, ...asked } });
		guest.profiles.ben = colleague('ben');
		guest.enter('gus', 'host', { owner: true });
		expect(guest.run('gus', 'invite', { person: 'ben', role: 'helper' })).toMatchObject({
			error: { code: 'account' }
		});
	});
});

describe('what whoever runs the room is warned of', () => {
	const profile = colleague;
	const warned = (here: ReturnType<typeof room>) => typed<RosterDesk>(here.desk()).warned;

	it('is that somebody reports to them, at whatever distance, and nobody else is told', () => {
		const here = room({ warns: { line: true } });
		here.profiles.tom = profile('tom', { manager: 'mia' });
		here.profiles.mia = profile('mia', { manager: 'hedda' });
		here.profiles.ida = profile('ida');
		here.enter('hedda', 'host', { owner: true });
		here.enter('ida');
		expect(warned(here)).toEqual({});
		here.enter('tom');
		expect(warned(here)).toEqual({ line: [{ boss: 'hedda', people: ['tom'] }] });
		expect(JSON.stringify(here.record())).not.toContain('boss');
	});

	it('is over once somebody else runs the room, or whoever reports to them has left', () => {
		const here = room({ warns: { line: true } });
		here.profiles.tom = profile('tom', { manager: 'hedda' });
		here.enter('hedda', 'host', { owner: true });
		here.enter('tom');
		here.enter('ida');
		here.must('hedda', 'handOver', { person: 'ida' });
		expect(warned(here)).toEqual({});
		here.must('ida', 'handOver', { person: 'hedda' });
		here.must('hedda', 'remove', { person: 'tom' });
		expect(warned(here)).toEqual({});
		expect(here.state().said.tom).toBeUndefined();
	});

	it('does not run the other way: a facilitator may well report to somebody of the group', () => {
		const here = room({ warns: { line: true } });
		here.profiles.hedda = profile('hedda', { manager: 'tom' });
		here.enter('hedda', 'host', { owner: true });
		here.enter('tom');
		expect(warned(here)).toEqual({});
	});

	it('is that all of the group have one team or one job, and not while one of them has said nothing', () => {
		const here = room({ warns: { alike: ['helper', 'side'] } });
		here.enter('hedda', 'host', { owner: true, team: 'Audit' });
		here.enter('tom', 'side', { team: 'Lending' });
		here.enter('ida', 'helper', { team: ' lending' });
		expect(warned(here)).toEqual({ alike: { what: 'team', value: 'Lending' } });
		here.profiles.eva = profile('eva', { job: 'Analyst' });
		here.enter('eva', 'side');
		expect(warned(here)).toEqual({});
		for (const id of ['tom', 'ida']) {
			here.profiles[id] = profile(id, { job: 'analyst' });
			here.enter(id);
		}
		expect(warned(here)).toEqual({ alike: { what: 'job', value: 'analyst' } });
	});

	it('is nothing in a room that does not ask for it, and then nothing is kept of the directory', () => {
		const here = room();
		here.profiles.tom = profile('tom', { manager: 'hedda' });
		here.enter('hedda', 'host', { owner: true });
		here.enter('tom');
		expect(warned(here)).toEqual({});
		expect(here.state().said).toEqual({});
	});
});

describe('somebody who owned the room and is erased', () => {
	const erased = (roleOfOwner: string, others: Record<string, string>) => {
		const here = room();
		here.enter('hedda', roleOfOwner, { owner: true });
		for (const [id, role] of Object.entries(others)) here.enter(id, role);
		const state = structuredClone(here.state());
		roster.forget!(state, 'hedda', { roles });
		return state.members;
	};

	it('leaves it to another, who runs it where nobody else does', () => {
		expect(erased('host', { tom: 'attendee' }).tom).toMatchObject({ role: 'host', owner: true });
	});

	it('takes nobody’s role away who runs it in their own, nor gives a seat away that ran nothing', () => {
		expect(erased('host', { tom: 'helper' }).tom).toMatchObject({ role: 'helper', owner: true });
		expect(erased('speaker', { tom: 'attendee' }).tom).toMatchObject({ role: 'attendee', owner: true });
	});
});
