import { describe, expect, it } from 'vitest';
import type { Json, Member } from '#lib/blocks/block.ts';
import { Batch, SERVER } from './batch.ts';
import { fakeChance, registry } from './testing.ts';
import { agendaOf, furnish, memberOf, nowOf, withStates, type World } from './world.ts';

function room() {
	const chance = fakeChance();
	const row = {
		id: 'room',
		code: 'R4T9WB',
		screen: 'screen',
		title: 'A room',
		format: 'meet',
		preset: null,
		settings: {},
		state: 'open' as const,
		meeting: 1,
		demo: false,
		created: 0,
		updated: 0
	};
	const empty = withStates({ row, ...furnish(row, registry), states: new Map() }, null);
	const batch = new Batch(empty, registry, chance, {});
	const run = (by: string, type: string, payload: unknown = {}) => {
		const member: Member | null = memberOf(batch.world, by);
		const stranger = { ...SERVER, id: by, role: 'nobody' };
		const actor = member
			? { id: member.id, name: member.name, role: member.role, owner: member.owner, account: member.account }
			: stranger;
		return batch.run({ type, payload, by: by === 'server' ? SERVER : actor });
	};
	run('server', 'agenda.prepare');
	for (const [id, role] of [
		['hedda', 'host'],
		['tom', 'member']
	])
		run('server', 'roster.enter', {
			id,
			name: id,
			role,
			account: false,
			owner: id === 'hedda',
			admitted: true
		});
	return {
		batch,
		run,
		get world(): World {
			return batch.world;
		},
		notes: (instance = 'pad') =>
			Object.values(batch.world.states.get(instance)!.notes!).map((note) => (note as { text: string }).text),
		move: (verb: string, more: { [key: string]: Json } = {}) =>
			run('hedda', `agenda.${verb}`, { expects: nowOf(batch.world)!.run, ...more })
	};
}

const refused = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });

describe('a command', () => {
	it('changes the world and answers with its result', () => {
		const here = room();
		expect(here.run('tom', 'pad.add', { text: 'hello' })).toEqual({ ok: true, result: expect.any(String) });
		expect(here.notes()).toEqual(['hello']);
		expect(here.batch.touched).toContain('tom');
	});

	it('that is refused leaves nothing behind', () => {
		const here = room();
		const before = here.world;
		expect(here.run('tom', 'pad.spoil')).toMatchObject(refused('spoilt'));
		expect(here.world).toBe(before);
	});

	it('whose rule has a mistake throws and leaves nothing behind', () => {
		const here = room();
		const before = here.world;
		expect(() => here.run('tom', 'pad.crash')).toThrow('A rule with a mistake.');
		expect(here.world).toBe(before);
	});

	it('does not undo those before it in the batch, nor stop those after it', () => {
		const here = room();
		here.run('tom', 'pad.add', { text: 'one' });
		here.run('tom', 'pad.spoil');
		here.run('tom', 'pad.add', { text: 'two' });
		expect(here.notes()).toEqual(['one', 'two']);
	});

	it.each([
		['nothing.such'],
		['pad.such'],
		['pad.constructor'],
		['pad.toString'],
		['pad.__proto__'],
		['__proto__.add'],
		['shelf.constructor'],
		['pad'],
		['.add'],
		['pad.'],
		['']
	])('of the name "%s" is not known', (type) => {
		expect(room().run('hedda', type)).toMatchObject(refused('unknown'));
		expect(room().run('server', type)).toMatchObject(refused('unknown'));
	});

	it.each([[null], ['text'], [7], [[]], [{ text: 7 }], [{ text: null }], [{ text: 'x'.repeat(201) }], [{}]])(
		'with the payload %j is refused as invalid',
		(payload) => {
			const here = room();
			const before = here.world;
			expect(here.run('tom', 'pad.add', payload)).toMatchObject(refused('invalid'));
			expect(here.world).toBe(before);
		}
	);

	it('names the field that is wrong', () => {
		expect(room().run('tom', 'pad.add', { text: 7 })).toMatchObject({ error: { field: 'text' } });
	});

	it('takes no fields that it does not know', () => {
		const here = room();
		expect(here.run('tom', 'pad.add', JSON.parse('{"text":"a","__proto__":{"by":"x"}}'))).toMatchObject({
			ok: true
		});
		expect(({} as { by?: string }).by).toBeUndefined();
	});
});

describe('who may', () => {
	it('is told to come in first', () => {
		expect(room().run('stranger', 'pad.add', { text: 'x' })).toMatchObject(refused('not_member'));
	});

	it('is told that a role may not', () => {
		expect(room().run('tom', 'agenda.start', { expects: 'x' })).toMatchObject({
			ok: false,
			error: { code: 'forbidden', message: 'Member may not do this here.' }
		});
		expect(room().run('hedda', 'pad.ring')).toMatchObject(refused('forbidden'));
	});

	it('is told when it is open', () => {
		expect(room().run('hedda', 'pad.remove', { id: 'x' })).toMatchObject({
			ok: false,
			error: { code: 'not_open', message: 'This is not open yet: it opens in P2 Phase P2.' }
		});
	});

	it('is told that it was open until the phase ended, and when it opens again', () => {
		const here = room();
		for (const verb of ['start', 'advance']) expect(here.move(verb)).toMatchObject({ ok: true });
		expect(here.run('tom', 'pad.circle')).toMatchObject({
			error: {
				code: 'not_open',
				message:
					'P1 Phase P1 is over, and this was open until then. Nothing was changed. If it still matters, tell whoever leads.'
			}
		});
		expect(here.move('back', { to: 'P1' })).toMatchObject({ ok: true });
		expect(here.run('hedda', 'pad.remove', { id: 'x' })).toMatchObject({
			error: {
				template:
					'{over} is over, and this was open until then. Nothing was changed; it opens again in {next}.',
				params: { over: { en: 'P2 Phase P2' }, next: { en: 'P2 Phase P2' } }
			}
		});
	});

	it('is asked before the payload is looked at', () => {
		expect(room().run('stranger', 'pad.add', 7)).toMatchObject(refused('not_member'));
	});

	it('cannot act as the server by a name', () => {
		const here = room();
		const enter = { id: 'eve', name: 'Eve', role: 'host', account: false, owner: true, admitted: true };
		for (const by of ['tom', 'hedda', 'server-like'])
			expect(here.run(by, 'roster.enter', enter).ok).toBe(false);
		expect(here.run('tom', 'roster.succeed', { from: 'hedda', to: 'tom', name: 'T', account: true }).ok).toBe(
			false
		);
		expect(memberOf(here.world, 'eve')).toBeNull();
	});
});

describe('steps and wires', () => {
	it('a phase does what it does when it opens, and when it is left', () => {
		const here = room();
		here.move('start');
		expect(here.notes()).toEqual(['P1 has begun']);
		here.move('advance');
		expect(here.notes()).toEqual(['P1 has begun', 'P1 is over']);
		here.move('back');
		expect(here.notes()).toEqual(['P1 has begun', 'P1 is over', 'P2 is over', 'P1 has begun']);
	});

	it('a phase does what it does when it is left also when the meeting ends in it', () => {
		const here = room();
		here.move('start');
		here.move('advance');
		here.move('end');
		const [ended] = here.batch.finished;
		const notes = Object.values(ended!.states.get('pad')!.notes!) as { text: string }[];
		expect(notes.at(-1)?.text).toBe('P2 is over');
	});

	it('a step that is refused undoes the whole move', () => {
		const here = room();
		here.move('start');
		here.move('advance');
		const before = here.world;
		expect(here.move('advance')).toMatchObject(refused('spoilt'));
		expect(here.world).toBe(before);
		expect(nowOf(here.world)!.phase).toBe('P2');
	});

	it('an event runs what the format wires to it, as the server', () => {
		const here = room();
		here.move('start');
		here.move('advance');
		expect(here.run('hedda', 'shelf.add', { text: 'kept' })).toMatchObject({ ok: true });
		expect(here.notes('shelf')).toEqual(['kept']);
		expect(here.notes()).toContain('kept');
	});

	it('a wire that is refused undoes what set it off', () => {
		const here = room();
		here.move('start');
		here.move('advance');
		while (here.run('tom', 'pad.add', { text: 'more' }).ok);
		const before = here.world;
		expect(here.run('hedda', 'shelf.add', { text: 'kept' })).toMatchObject(refused('many'));
		expect(here.world).toBe(before);
	});

	it('wires that go round in circles are stopped, and leave nothing', () => {
		const here = room();
		here.move('start');
		const before = here.world;
		expect(() => here.run('tom', 'pad.circle')).toThrow('circles');
		expect(here.world).toBe(before);
	});

	it('a gate reads the facts of other blocks as they are in this batch', () => {
		const here = room();
		here.move('start');
		const [id] = Object.keys(here.world.states.get('pad')!.notes!);
		here.run('server', 'pad.remove', { id });
		here.move('back');
		expect(here.move('start')).toMatchObject({ ok: true });
		for (const note of Object.keys(here.world.states.get('pad')!.notes!))
			here.run('server', 'pad.remove', { id: note });
		expect(here.move('advance')).toMatchObject({
			ok: false,
			error: { code: 'gate', message: 'Write something first.' }
		});
	});
});

describe('the end of a meeting', () => {
	it('begins the next at once: what is carried over stays, the rest is new, the room’s own stays', () => {
		const here = room();
		here.move('start');
		here.move('advance');
		here.run('hedda', 'shelf.add', { text: 'kept' });
		here.run('tom', 'pad.whisper', { text: 'secret' });
		expect(here.move('end')).toMatchObject({ ok: true });
		expect(here.world.row.meeting).toBe(2);
		expect(nowOf(here.world)).toMatchObject({ phase: 'P0', status: 'ahead' });
		expect(agendaOf(here.world).visits).toEqual({});
		expect(here.notes()).toContain('kept');
		expect(here.world.states.get('pad')!.secrets).toEqual({});
		expect(here.notes('shelf')).toEqual(['kept']);
		expect(memberOf(here.world, 'tom')).not.toBeNull();
		expect(here.batch.finished.map((world) => world.row.meeting)).toEqual([1]);
	});

	it('counts for nothing when the next meeting cannot be made', () => {
		const here = room();
		here.move('start');
		here.move('advance');
		const finished = here.batch.finished.length;
		expect(here.run('hedda', 'agenda.end', { expects: 'passed' })).toMatchObject(refused('passed'));
		expect(here.batch.finished).toHaveLength(finished);
	});
});

describe('commands of the room itself', () => {
	it.each(['room.rename', 'room.lock', 'room.archive', 'room.configure'])(
		'"%s" is the owner’s alone',
		(type) => {
			const here = room();
			here.run('hedda', 'roster.assign', { person: 'tom', role: 'host' });
			for (const by of ['tom', 'stranger', 'server'])
				expect(
					here.run(by, type, { title: 'Mine', locked: true, archived: true, settings: {} })
				).toMatchObject(refused('forbidden'));
			expect(here.world.row).toMatchObject({ title: 'A room', state: 'open' });
		}
	);

	it('rename it, with a title that has something in it', () => {
		const here = room();
		expect(here.run('hedda', 'room.rename', { title: '  Claims ' })).toMatchObject({ ok: true });
		expect(here.world.row.title).toBe('Claims');
		for (const title of ['', '   ', 'x'.repeat(141), 7, null])
			expect(here.run('hedda', 'room.rename', { title })).toMatchObject({
				error: { code: 'invalid', field: 'title' }
			});
	});

	it('lock it, archive it and bring it back', () => {
		const here = room();
		here.run('hedda', 'room.lock', { locked: true });
		expect(here.world.row.state).toBe('locked');
		here.run('hedda', 'room.archive', { archived: true });
		expect(here.run('hedda', 'room.lock', { locked: false })).toMatchObject(refused('archived'));
		expect(here.run('tom', 'pad.add', { text: 'x' })).toMatchObject(refused('archived'));
		expect(here.move('start')).toMatchObject(refused('archived'));
		here.run('hedda', 'room.archive', { archived: false });
		expect(here.run('tom', 'pad.add', { text: 'x' })).toMatchObject({ ok: true });
	});

	it('set its durations and switches, and say which field is wrong', () => {
		const here = room();
		expect(here.run('hedda', 'room.configure', { settings: { minutes: { P1: 20 } } })).toMatchObject({
			ok: true
		});
		here.move('start');
		expect(nowOf(here.world)!.clock).toMatchObject({ total: 20 * 60_000 });
		for (const [settings, field] of [
			[{ minutes: { P9: 5 } }, 'settings.minutes'],
			[{ minutes: { P2: 5 } }, 'settings.minutes'],
			[{ options: { magic: true } }, 'settings.options'],
			[{ capacity: 1 }, 'settings.capacity'],
			[{ joining: 'magic' }, 'settings.joining']
		])
			expect(here.run('hedda', 'room.configure', { settings })).toMatchObject({
				error: { code: 'invalid', field }
			});
		expect(here.run('hedda', 'room.configure', { settings: {}, preset: 'other' })).toMatchObject(
			refused('begun')
		);
	});
});
