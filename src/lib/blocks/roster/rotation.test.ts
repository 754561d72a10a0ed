import { describe, expect, it } from 'vitest';
import { harness } from '../testing.ts';
import type { RosterRecord, RosterState } from './model.ts';
import { roster } from './rules.ts';

const plain = { crowd: false, open: false, most: null, facilitates: false };
const roles = {
	host: { ...plain, facilitates: true },
	presenter: { ...plain, most: 1 },
	member: { ...plain, open: true },
	sponsor: plain
};

function set() {
	const rotation = { role: 'presenter', among: ['member'] };
	const h = harness<RosterRecord>(roster, { roles, guest: 'member', rotation }, {});
	const enter = (id: string, role: string) => {
		h.clock.now += 1000;
		const who = { id, name: id, role, account: false, owner: role === 'host', admitted: true };
		h.must('server', 'enter', who);
	};
	enter('ruth', 'host');
	enter('max', 'sponsor');
	for (const id of ['tom', 'ida', 'lena']) enter(id, 'member');
	h.people.ruth = (h.state as RosterState).members.ruth!;
	return {
		...h,
		enter,
		next: () => h.record().rotation.now,
		hand: (person: string) => h.run('ruth', 'next', { person }),
		served: () => h.must('server', 'served', {}),
		turns: () => (h.state as RosterState).turns,
		roleOf: (id: string) => (h.state as RosterState).members[id]?.role
	};
}

describe('a split by lot', () => {
	const circles = { into: ['first', 'second'], of: ['member'] };
	const all = { ...roles, first: plain, second: plain };
	const entered = (people: Record<string, string>) => {
		const h = harness<RosterRecord>(roster, { roles: all, guest: 'second', split: circles }, {});
		for (const [id, role] of Object.entries(people)) {
			const who = { id, name: id, role, account: false, owner: role === 'host', admitted: true };
			h.must('server', 'enter', who);
		}
		const held = (role: string) =>
			Object.values((h.state as RosterState).members)
				.filter((member) => member.role === role)
				.map(({ id }) => id);
		return { ...h, held };
	};

	it('spreads all who take part as evenly as it goes, and leaves the others', () => {
		const { run, held } = entered({
			hedda: 'host',
			max: 'sponsor',
			tom: 'member',
			ida: 'second',
			lena: 'second',
			ben: 'second',
			uma: 'first'
		});
		expect(run('server', 'split')).toMatchObject({ ok: true });
		expect([held('first').length, held('second').length]).toEqual([3, 2]);
		expect([held('host'), held('sponsor'), held('member')]).toEqual([['hedda'], ['max'], []]);
	});

	it('says so where there are too few, or nobody is split', () => {
		const code = (outcome: ReturnType<ReturnType<typeof entered>['run']>) =>
			outcome.ok ? null : outcome.error.code;
		expect(code(entered({ hedda: 'host', tom: 'member' }).run('server', 'split'))).toBe('few');
		expect(code(set().run('server', 'split'))).toBe('no_split');
	});
});

describe('a role that goes round', () => {
	it('comes to whoever has not had it, in the order of joining, and then to whom it was longest ago', () => {
		const { next, hand, served, scene } = set();
		const had: (string | null)[] = [];
		for (const meeting of [1, 2, 3, 4, 5]) {
			scene.meeting = meeting;
			const person = next()!.person!;
			had.push(person);
			hand(person);
			served();
		}
		expect(had).toEqual(['tom', 'ida', 'lena', 'tom', 'ida']);
		expect(next()).toEqual({ role: 'presenter', person: 'lena', turns: { times: 1, meeting: 3 } });
	});

	it('is handed on from whoever has it, and says so', () => {
		const { hand, roleOf, emitted } = set();
		expect(hand('tom')).toMatchObject({ ok: true });
		expect(hand('ida')).toMatchObject({ ok: true });
		expect([roleOf('tom'), roleOf('ida')]).toEqual(['member', 'presenter']);
		expect(emitted.at(-1)).toEqual({ event: 'rotated', data: { person: 'ida', role: 'presenter' } });
	});

	it('is the turn of whoever was given it until they have had it', () => {
		const { hand, next, served } = set();
		hand('lena');
		expect(next()).toMatchObject({ person: 'lena', turns: null });
		served();
		expect(next()).toMatchObject({ person: 'tom' });
	});

	it('counts once a meeting, however often it is said', () => {
		const { hand, served, turns, scene } = set();
		hand('tom');
		served();
		served();
		scene.meeting = 2;
		served();
		expect(turns()).toEqual({ tom: { times: 2, meeting: 2 } });
	});

	it('goes to nobody who does not take turns, is not there or has it', () => {
		const { hand } = set();
		const code = (person: string) => {
			const outcome = hand(person);
			return outcome.ok ? null : outcome.error.code;
		};
		expect(['ruth', 'max', 'nobody'].map(code)).toEqual(['not_among', 'not_among', 'gone']);
		hand('tom');
		expect(code('tom')).toBe('already');
	});

	it('leaves out whoever has left, and knows what they had when they come back', () => {
		const { hand, served, next, run, enter } = set();
		hand('tom');
		served();
		run('tom', 'leave');
		expect(next()).toMatchObject({ person: 'ida' });
		enter('tom', 'member');
		hand('ida');
		served();
		expect(next()).toMatchObject({ person: 'lena', turns: null });
	});

	it('is nobody’s where a format has none', () => {
		const h = harness<RosterRecord>(roster, { roles, guest: 'member' }, {});
		expect(h.record().rotation).toEqual({});
	});
});
