import { beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../block.ts';
import type { Profile } from '../profile.ts';
import type { Tables } from '../block.ts';
import { harness, type Harness, typed } from '../testing.ts';
import { DAY, HOUR, type Batch, type Pooled, type ReviewsOwn } from './model.ts';
import { reviews } from './rules.ts';

const people = {
	ines: 'organiser',
	oskar: 'reviewee',
	birgit: 'manager',
	femi: 'moderator',
	...Object.fromEntries(['tess', 'jonas', 'leila', 'piotr', 'mina', 'rafa'].map((id) => [id, 'reviewer']))
};
const ratings = [{ name: 'shares', text: { en: 'Shares' } }];

let room: Harness<Tables, Tables, ReviewsOwn>;
beforeEach(() => {
	room = harness<Tables, Tables, ReviewsOwn>(
		reviews,
		{ ratings, phases: { nominate: 'P1', approve: 'P2', write: 'P3', release: 'P5' } },
		people
	);
});

const own = (person: string) => room.own(person);
const enter = (step: string) => {
	if (step === 'write') room.must('server', 'settle');
	room.must('server', 'enter', { step });
};
const code = (by: string, verb: string, payload: Json = {}) => {
	const outcome = room.run(by, verb, payload);
	return outcome.ok ? 'ok' : outcome.error.code;
};
const message = (by: string, verb: string, payload: Json = {}) => {
	const outcome = room.run(by, verb, payload);
	return outcome.ok ? 'ok' : outcome.error.message;
};
const idOf = (result: Json | undefined) => (result as { id: string }).id;

const after = (days: number) => room.clock.now + days * DAY;
const begin = (more: object = {}) =>
	room.must('ines', 'brief', {
		...{ purpose: 'To learn from it', scores: true, begin: true },
		...{ approve: after(3), write: after(6), moderate: after(16), release: after(20), talk: after(21) },
		...more
	});
const nominate = (person: string) =>
	idOf(room.must('oskar', 'nominate', { person, reason: 'We work together' }));
const comment = (more: object = {}) => ({
	...{ kind: 'continue', situation: 'Storm backlog, March', behaviour: 'you posted the rule change daily' },
	...{ impact: 'nobody reworked files', month: '2026-03' },
	...more
});
const write = (by: string, more: object = {}) => idOf(room.must(by, 'write', { comment: comment(more) }));

/** Up to writing, with these asked. */
function writing(...asked: string[]) {
	begin();
	enter('nominate');
	asked.forEach(nominate);
	enter('approve');
	enter('write');
}
function submitted(...by: string[]) {
	for (const person of by) {
		write(person, { situation: `Occasion of ${person}` });
		room.must(person, 'submit');
	}
}
const batch = () => own('oskar').batch!;

describe('setting it up', () => {
	it('says what it is for, gives the parts, and is locked from then on', () => {
		expect(code('ines', 'brief', { purpose: 'x' })).toBe('invalid');
		expect(code('ines', 'move', { to: 'nominate' })).toBe('not_begun');
		begin();
		expect(room.emitted).toContainEqual({ event: 'reached', data: { phase: 'P1' } });
		expect(code('ines', 'brief', { purpose: 'Something else' })).toBe('locked');
		expect(code('ines', 'seat', { person: 'tess', seat: 'reviewee' })).toBe('locked');
		expect(code('ines', 'seat', { person: 'tess', seat: 'manager' })).toBe('taken');
	});

	it('begins only once there is somebody for each part', () => {
		const empty = harness<Tables, Tables, ReviewsOwn>(reviews, {}, { ines: 'organiser', oskar: 'reviewee' });
		expect(empty.run('ines', 'brief', { purpose: 'To learn', begin: true })).toMatchObject({
			ok: false,
			error: { code: 'nobody', field: 'manager' }
		});
		expect(empty.run('ines', 'seat', { person: 'nobody', seat: 'manager' })).toMatchObject({
			error: { code: 'outside' }
		});
	});

	it('takes dates one after the other, and none that has passed', () => {
		expect(code('ines', 'brief', { purpose: 'To learn', approve: after(-1) })).toBe('order');
		expect(code('ines', 'brief', { purpose: 'To learn', approve: after(3), write: after(2) })).toBe('order');
	});

	it('has no manager to whom the reviewee does not report, and no moderator of their line', () => {
		const profile = (id: string, manager: string | null): Profile => ({
			...{
				id,
				name: id,
				job: null,
				team: null,
				manager,
				place: null,
				languages: [],
				timeZone: null,
				hours: []
			},
			...{ interests: [], offers: [], wants: [], mentoring: { open: false, capacity: 0 } }
		});
		const room = harness<Tables, Tables, ReviewsOwn>(reviews, {}, { ines: 'organiser', oskar: 'reviewee' });
		Object.assign(room.profiles, {
			oskar: profile('oskar', 'birgit'),
			birgit: profile('birgit', null),
			otto: profile('otto', null)
		});
		const seat = (person: string, seat: string) => room.run('ines', 'seat', { person, seat });
		expect(seat('otto', 'manager')).toMatchObject({ error: { code: 'no_manager' } });
		expect(seat('birgit', 'moderator')).toMatchObject({ error: { code: 'in_line' } });
		expect(seat('birgit', 'manager')).toMatchObject({ ok: true });
		expect(seat('otto', 'moderator')).toMatchObject({ ok: true });
		expect(room.emitted.map(({ data }) => data.role)).toEqual(['manager', 'moderator']);
	});

	it('moves by its dates, and all of them can be put off', () => {
		begin();
		enter('nominate');
		expect(room.due()).toEqual({ at: after(3), verb: 'turn', payload: {} });
		room.must('ines', 'postpone', { days: 2 });
		expect(room.due()?.at).toBe(after(5));
		expect(code('server', 'turn')).toBe('not_yet');
		room.clock.now = after(5);
		room.must('server', 'turn');
		expect(room.emitted.at(-1)).toEqual({ event: 'reached', data: { phase: 'P2' } });
		expect(code('ines', 'move', { to: 'moderate' })).toBe('order');
	});

	it('waits at the release while nobody has submitted, instead of handing over nothing', () => {
		writing('tess');
		enter('moderate');
		room.clock.now = after(20);
		room.must('server', 'turn');
		expect(own('ines').status.brief?.dates.release).toBeNull();
		expect(room.due()).toBeNull();
		room.must('ines', 'postpone', { days: 2 });
		expect(room.due()?.at).toBe(after(2));
	});
});

describe('nominating', () => {
	beforeEach(() => {
		begin();
		enter('nominate');
	});

	it('takes five with a reason, not oneself, nobody from outside, nobody twice and nobody with another part', () => {
		expect(code('oskar', 'nominate', { person: 'tess', reason: '' })).toBe('invalid');
		expect(code('oskar', 'nominate', { person: 'tess', reason: 'x'.repeat(281) })).toBe('invalid');
		expect(code('oskar', 'nominate', { person: 'oskar', reason: 'Knows me' })).toBe('oneself');
		expect(code('oskar', 'nominate', { person: 'stranger', reason: 'Knows me' })).toBe('outside');
		for (const person of ['birgit', 'femi', 'ines'])
			expect(code('oskar', 'nominate', { person, reason: 'Knows me' })).toBe('seated');
		for (const person of ['tess', 'jonas', 'leila', 'piotr', 'mina']) nominate(person);
		expect(code('oskar', 'nominate', { person: 'rafa', reason: 'Knows me' })).toBe('enough');
		room.must('oskar', 'unnominate', { id: own('oskar').nominations![0]!.id });
		expect(code('oskar', 'nominate', { person: 'jonas', reason: 'Knows me' })).toBe('twice');
		expect(code('oskar', 'nominate', { person: 'rafa', reason: 'Knows me' })).toBe('ok');
	});

	it('is over when the manager chooses, and begins no sooner than it begins', () => {
		expect(code('birgit', 'approve', { id: 'x' })).toBe('too_early');
		nominate('tess');
		enter('approve');
		expect(code('oskar', 'nominate', { person: 'jonas', reason: 'Knows me' })).toBe('too_late');
		expect(code('oskar', 'unnominate', { id: own('birgit').nominations![0]!.id })).toBe('too_late');
	});

	it('warns whose load is full, and lets somebody insist', () => {
		room.loads.tess = 4;
		nominate('tess');
		expect(own('oskar').nominations![0]).toMatchObject({ busy: true });
		enter('approve');
		const { id } = own('birgit').nominations![0]!;
		expect(message('birgit', 'approve', { id })).toMatch(/tess writes 4 reviews already/);
		room.loads.tess = 3;
		expect(code('birgit', 'approve', { id })).toBe('ok');
		room.loads.rafa = 7;
		const swap = { id, person: 'rafa', reason: 'Knows him for years' };
		expect(code('birgit', 'swap', swap)).toBe('busy');
		expect(code('birgit', 'swap', { ...swap, despite: true })).toBe('ok');
	});
});

describe('who is asked in the end', () => {
	it('is the manager’s to decide and not the reviewee’s to know', () => {
		begin();
		enter('nominate');
		const id = nominate('mina');
		enter('approve');
		room.must('birgit', 'swap', { id, person: 'rafa', reason: 'Mina is new here' });
		expect(own('birgit').nominations!.map(({ name, is }) => [name, is])).toEqual([
			['mina', 'swapped'],
			['rafa', 'asked']
		]);
		const seen = JSON.stringify([own('oskar'), room.record()]);
		expect(seen).not.toContain('rafa');
		expect(seen).not.toContain('swapped');
		expect(own('mina').as).toBeNull();
		expect(own('rafa')).toMatchObject({ as: 'reviewer', review: { asked: true, reason: '' } });
		expect(code('birgit', 'approve', { id })).toBe('gone');
		expect(code('birgit', 'swap', { person: 'rafa', reason: 'Once more' })).toBe('twice');
	});

	it('counts as approved if the manager has not decided by the date', () => {
		writing('tess', 'jonas');
		expect(room.emitted.filter(({ event }) => event === 'asked')).toHaveLength(2);
		expect(own('tess').review?.asked).toBe(true);
	});

	it('may decline until the release, and what they wrote goes with it', () => {
		writing('tess', 'jonas');
		expect(code('rafa', 'decline', { reason: 'Too little time' })).toBe('not_asked');
		write('tess');
		room.must('tess', 'decline', { reason: 'I saw too little of it' });
		expect(Object.keys(room.state.comments!)).toEqual([]);
		expect(own('birgit').nominations![0]).toMatchObject({ is: 'declined', why: 'I saw too little of it' });
		expect(code('tess', 'write', { comment: comment() })).toBe('not_asked');
		expect(code('tess', 'decline', { reason: 'Once more' })).toBe('not_asked');
	});

	it('stays who it is once they may write: whether they have, the manager is not told', () => {
		writing('tess', 'jonas');
		submitted('tess');
		const [tess, jonas] = own('birgit').nominations!;
		for (const { id } of [tess!, jonas!])
			expect(code('birgit', 'swap', { id, person: 'rafa', reason: 'Knows him better' })).toBe('writing');
		expect({ ...tess, ...{ id: '', person: '', name: '' } }).toEqual({
			...jonas,
			...{ id: '', person: '', name: '' }
		});
	});

	it('says clearly when there are too few, and to the manager that they can ask somebody else', () => {
		writing('tess', 'jonas', 'leila');
		expect(own('oskar').status.short).toBe(1);
		expect(room.facts().short).toBe(1);
		expect(own('birgit').todo).toMatchObject({ what: 'approve' });
		room.must('birgit', 'swap', { person: 'rafa', reason: 'Sees him at tenders' });
		expect(room.facts().short).toBe(0);
		expect(own('birgit').todo).toBeNull();
	});
});

describe('writing', () => {
	beforeEach(() => writing('tess', 'jonas', 'leila', 'piotr'));

	it.each([
		['situation', /situation/],
		['behaviour', /what could be seen or heard/],
		['impact', /what it led to/i]
	])('needs the %s', (part, said) => {
		expect(message('tess', 'write', { comment: comment({ [part]: ' ' }) })).toMatch(said);
		expect(message('tess', 'write', { comment: comment({ [part]: undefined }) })).toMatch(said);
		expect(code('tess', 'write', { comment: comment({ [part]: 'x'.repeat(401) }) })).toBe('invalid');
	});

	it('needs a month that there is and that has come', () => {
		expect(code('tess', 'write', { comment: comment({ month: 'March' }) })).toBe('invalid');
		expect(code('tess', 'write', { comment: comment({ month: '2026-13' }) })).toBe('invalid');
		expect(code('tess', 'write', { comment: comment({ month: '2026-05' }) })).toBe('future');
	});

	it('is for those who are asked, each their own, up to as many as there may be', () => {
		expect(code('rafa', 'write', { comment: comment() })).toBe('not_asked');
		const id = write('tess');
		expect(code('jonas', 'write', { id, comment: comment() })).toBe('gone');
		expect(code('jonas', 'drop', { id })).toBe('gone');
		for (let n = 1; n < 8; n++) write('tess');
		expect(code('tess', 'write', { comment: comment() })).toBe('enough');
		room.must('tess', 'drop', { id });
		write('tess');
	});

	it('is sealed by submitting, can be taken back, and nothing is submitted twice or empty', () => {
		expect(code('tess', 'submit')).toBe('empty');
		const id = write('tess');
		room.must('tess', 'submit');
		expect(code('tess', 'submit')).toBe('already');
		expect(code('tess', 'write', { id, comment: comment() })).toBe('sealed');
		expect(code('tess', 'write', { comment: comment() })).toBe('sealed');
		expect(code('tess', 'drop', { id })).toBe('sealed');
		expect(code('tess', 'rate', { rating: 'shares', value: 3 })).toBe('sealed');
		room.must('tess', 'withdraw');
		expect(code('tess', 'withdraw')).toBe('gone');
		expect(code('tess', 'write', { id, comment: comment({ impact: 'less rework' }) })).toBe('ok');
	});

	it('takes numbers only where they are asked for', () => {
		expect(code('tess', 'rate', { rating: 'charm', value: 3 })).toBe('no_rating');
		expect(code('tess', 'rate', { rating: 'shares', value: 6 })).toBe('invalid');
		expect(code('tess', 'rate', { rating: 'shares', value: 5 })).toBe('ok');
		expect(code('tess', 'rate', { rating: 'shares', value: null })).toBe('ok');
	});
});

describe('the moderator', () => {
	it('reads without names and times, gives back once with a reason, and the author says it anew', () => {
		writing('tess', 'jonas', 'leila', 'piotr');
		const id = write('tess', { behaviour: 'He is abrasive' });
		expect(own('femi').moderation).toEqual([]);
		expect(code('femi', 'giveBack', { id, reason: 'No situation' })).toBe('gone');
		room.must('tess', 'submit');
		expect(JSON.stringify(own('femi').moderation)).not.toMatch(/tess|"at"/);
		expect(code('femi', 'giveBack', { id, reason: '' })).toBe('invalid');
		room.must('femi', 'giveBack', { id, reason: 'No behaviour yet' });
		expect(own('tess').review!.comments[0]).toMatchObject({ is: 'back', returned: 'No behaviour yet' });
		expect(own('tess').todo).toMatchObject({ what: 'revise' });
		expect(code('jonas', 'revise', { id, comment: comment() })).toBe('gone');
		expect(code('tess', 'write', { id, comment: comment() })).toBe('back');
		room.must('tess', 'revise', { id, comment: comment() });
		expect(code('femi', 'giveBack', { id, reason: 'Still not enough' })).toBe('once');
		expect(code('tess', 'revise', { id, comment: comment() })).toBe('sealed');
	});
});

describe('the release', () => {
	it('hands over all that is in at once, shuffled, without names, times or the ids it had', () => {
		writing('tess', 'jonas', 'leila', 'piotr');
		submitted('tess', 'jonas', 'leila');
		enter('moderate');
		expect(own('oskar').batch).toBeUndefined();
		// the fourth is late
		submitted('piotr');
		expect(JSON.stringify([own('oskar'), own('birgit'), room.record()])).not.toContain('Occasion of');
		enter('release');
		expect(
			batch()
				.comments.map(({ situation }) => situation)
				.sort()
		).toEqual(['jonas', 'leila', 'piotr', 'tess'].map((one) => `Occasion of ${one}`));
		const before = Object.keys(room.state.comments!);
		expect(batch().comments.some(({ id }) => before.includes(id))).toBe(false);
		expect(Object.keys(batch().comments[0]!).sort()).toEqual(
			[
				'behaviour',
				'id',
				'impact',
				'kind',
				'month',
				'next',
				'order',
				'pool',
				'project',
				'signed',
				'situation'
			].sort()
		);
	});

	it('comes to the manager a day later, by the server’s clock, and not a minute sooner', () => {
		writing('tess', 'jonas', 'leila', 'piotr');
		submitted('tess', 'jonas', 'leila', 'piotr');
		enter('release');
		expect(own('birgit').batch).toBeUndefined();
		expect(room.due()).toEqual({ at: room.clock.now + 24 * HOUR, verb: 'open', payload: {} });
		room.clock.now += 24 * HOUR - 1;
		expect(code('server', 'open')).toBe('not_yet');
		room.clock.now += 1;
		room.must('server', 'open');
		expect(own('birgit').batch?.comments).toHaveLength(4);
	});

	it('is the only one: nothing changes it afterwards, and it does not come again', () => {
		writing('tess', 'jonas', 'leila', 'piotr');
		submitted('tess', 'jonas', 'leila');
		const id = write('piotr');
		enter('release');
		const was = JSON.stringify(batch());
		for (const [by, verb, payload] of [
			['piotr', 'write', { id, comment: comment() }],
			['piotr', 'submit', {}],
			['piotr', 'drop', { id }],
			['piotr', 'decline', { reason: 'Too late anyway' }],
			['tess', 'withdraw', {}],
			['tess', 'rate', { rating: 'shares', value: 1 }],
			['femi', 'giveBack', { id, reason: 'Not enough' }],
			['birgit', 'swap', { person: 'rafa', reason: 'Late help' }],
			['oskar', 'question', { text: 'And this?' }],
			['ines', 'postpone', { days: 3 }]
		] as const)
			expect([verb, code(by, verb, payload)]).toEqual([verb, 'released']);
		enter('release');
		room.must('server', 'left', { person: 'tess' });
		expect(JSON.stringify(batch())).toBe(was);
	});

	it('leaves out what came back and was not said anew', () => {
		writing('tess', 'jonas', 'leila', 'piotr');
		submitted('tess', 'jonas', 'leila', 'piotr');
		const { id } = own('tess').review!.comments[0]!;
		room.must('femi', 'giveBack', { id, reason: 'No behaviour' });
		enter('release');
		// three authors are left, and none of them has signed
		expect(batch()).toMatchObject({ comments: [], pools: [{ people: 3, shows: 'none' }] });
	});

	it('shows of three only what is signed, with the name, and their numbers', () => {
		writing('tess', 'jonas', 'leila');
		for (const [person, value] of Object.entries({ tess: 5, jonas: 4, leila: 4 }))
			room.must(person, 'rate', { rating: 'shares', value });
		write('tess', { situation: 'Occasion of tess', sign: true });
		room.must('tess', 'submit');
		submitted('jonas', 'leila');
		enter('release');
		expect(batch().comments).toMatchObject([
			{ situation: 'Occasion of tess', signed: { person: 'tess', name: 'tess' } }
		]);
		expect(batch().means).toEqual([{ rating: 'shares', groups: ['peers'], mean: 13 / 3, count: 3 }]);
	});

	it('shows no number of two', () => {
		writing('tess', 'jonas', 'leila', 'piotr');
		for (const person of ['tess', 'jonas']) room.must(person, 'rate', { rating: 'shares', value: 5 });
		submitted('tess', 'jonas', 'leila', 'piotr');
		enter('release');
		expect(batch().means).toEqual([]);
	});
});

describe('what is due', () => {
	const due = () =>
		room
			.matters()
			.map(({ person, text, when }) => [person, text.en, when && 'at' in when ? when.at : null])
			.sort(([a], [b]) => String(a).localeCompare(String(b)));

	it('is said with the date, of each in turn, and of nobody who is done', () => {
		expect(due()).toEqual([['ines', 'Set up the review', null]]);
		begin();
		enter('nominate');
		expect(due()).toEqual([['oskar', 'Nominate who is to write for you', after(3)]]);
		for (const person of ['tess', 'jonas', 'leila', 'piotr']) nominate(person);
		enter('approve');
		expect(due()).toEqual([['birgit', 'Decide who is to write for oskar', after(6)]]);
		enter('write');
		submitted('tess', 'jonas', 'leila');
		expect(due()).toEqual([['piotr', 'Write for oskar', after(16)]]);
		enter('moderate');
		room.must('femi', 'giveBack', { id: own('tess').review!.comments[0]!.id, reason: 'No behaviour' });
		expect(due()).toEqual([
			['femi', 'Read without names for oskar', after(20)],
			['piotr', 'Write for oskar', after(20)],
			['tess', 'A comment for oskar came back to you', after(20)]
		]);
		enter('release');
		expect(due()).toEqual([
			['birgit', 'Read what colleagues wrote for oskar', room.clock.now + 24 * HOUR],
			['oskar', 'Read what colleagues wrote for oskar', after(21)]
		]);
	});
});

describe('afterwards', () => {
	it('counts what was complete at first, and the days to the conversation', () => {
		writing('tess', 'jonas', 'leila', 'piotr');
		submitted('tess', 'jonas', 'leila', 'piotr');
		room.must('femi', 'giveBack', { id: own('tess').review!.comments[0]!.id, reason: 'No behaviour' });
		room.must('tess', 'revise', { id: own('tess').review!.comments[0]!.id, comment: comment() });
		enter('release');
		room.clock.now += 2 * DAY;
		enter('talk');
		expect(own('oskar').status.mirror).toEqual({ complete: 3, comments: 4, delay: 2 });
	});

	it('whoever is erased is nowhere in it, and what was pooled stays without their name', () => {
		writing('tess', 'jonas', 'leila');
		write('tess', { situation: 'Occasion of T', sign: true });
		room.must('tess', 'submit');
		submitted('jonas', 'leila');
		enter('release');
		const state = structuredClone(room.state);
		reviews.forget!(state, 'tess', {});
		expect(JSON.stringify(state)).not.toContain('tess');
		expect(typed<Pooled[]>(Object.values(state.pooled!))[0]).toMatchObject({ signed: null });
		expect(typed<Batch>(state.batch!.now).reviews).toBe(3);
	});

	it('says what it asks of whom: once for each who was asked and has not declined', () => {
		writing('tess', 'jonas');
		room.must('jonas', 'decline', { reason: 'No time for it' });
		expect(reviews.load!(room.state, null as never)).toEqual({ tess: 1 });
	});
});
