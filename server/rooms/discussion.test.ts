import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { balance } from '#lib/blocks/floor/figures.ts';
import type { FloorDesk, FloorRecord } from '#lib/blocks/floor/model.ts';
import type { FormRecord } from '#lib/blocks/form/model.ts';
import type { ListDesk, ListRecord } from '#lib/blocks/list/model.ts';
import type { PollRecord } from '#lib/blocks/poll/model.ts';
import type { RosterRecord } from '#lib/blocks/roster/model.ts';
import { typed } from '#lib/blocks/testing.ts';
import { discussionDemo } from '#lib/formats/demos/discussion.ts';
import type { Demo } from '#lib/formats/demo.ts';
import { discussion } from '#lib/formats/discussion.ts';
import { may } from '#lib/formats/permissions.ts';
import { resolve, roomSettings } from '#lib/formats/resolve.ts';
import { methods } from '../../tests/formats/methods.ts';
import { recordOf, rehearse } from '../../tests/support/rehearse.ts';
import { sceneOf, type World } from './world.ts';

const inMeeting = (world: World, name: string) => {
	const instance = world.instances.get(name)!;
	return instance.block.publish(world.states.get(name)!, sceneOf(world, instance));
};

describe('the discussion group of the demo', () => {
	const room = rehearse(discussion, discussionDemo);
	const first = room.finished[0]!;
	const record = <Record>(name: string, world = first) => typed<Record>(inMeeting(world, name).record);

	it('gave all twelve votes: 5, 4, 2, 1', () => {
		const { items, tally } = record<ListRecord>('topics');
		const votes = Object.fromEntries(Object.values(items).map(({ id, text }) => [text, tally[id]]));
		expect(votes).toEqual({
			'Passkeys for staff login': 5,
			'AI note-takers in client calls': 4,
			'Low-code forms': 2,
			'The Wi-Fi on floor 3': 1
		});
	});

	it('gave passkeys four minutes more by thumbs: 4 up, 1 across, 1 down', () => {
		const { results } = record<PollRecord>('continue');
		expect(Object.values(results)).toMatchObject([{ is: 'single', totals: { up: 4, side: 1, down: 1 } }]);
		const { items } = record<ListRecord>('topics');
		const passkeys = Object.values(items).find(({ text }) => text.startsWith('Passkeys'))!;
		expect(passkeys.status.is).toBe('done');
		expect(passkeys.spent).toBeGreaterThan(8 * 60_000);
	});

	it('talked evenly enough: 9, 6, 5, 4, 3, 1 is a balance of 0.91', () => {
		const { shares } = typed<FloorDesk>(inMeeting(first, 'floor').desk);
		const turns = Object.values(shares).map((one) => one.turns);
		expect(turns.sort((a, b) => b - a)).toEqual([9, 6, 5, 4, 3, 1]);
		expect(record<FloorRecord>('floor').figures.group!.balance).toBe(0.91);
	});

	it('would have been told to hear from Ana at 20, 3, 2, 1, 1, 1: a balance of 0.57', () => {
		expect(balance([20, 3, 2, 1, 1, 1])).toBe(0.57);
	});

	it('kept the concern without its author, and got its answer six days later', () => {
		const concern = /no personal phone/;
		const there = Object.values(record<ListRecord>('notes').items).find(({ text }) => concern.test(text))!;
		expect(there).toMatchObject({
			askers: [],
			unnamed: 1,
			sort: 'concern',
			owner: { name: 'Tomasz Brandt' }
		});
		const now = record<ListRecord>('notes', room.world);
		const then = Object.values(now.items).find(({ text }) => concern.test(text))!;
		expect(then).toMatchObject({ status: { is: 'done', how: 'writing' } });
		expect(then.answer!.text).toMatch(/Hardware keys for 40 people/);
		const desk = typed<ListDesk>(inMeeting(first, 'notes').desk);
		expect(JSON.stringify([there, desk])).not.toContain('Jonas');
	});

	it('opens its next meeting with what was not talked about; votes are history there, no rank', () => {
		const { items, tally } = record<ListRecord>('topics', room.world);
		expect(Object.values(items).map(({ text, carried }) => [text, carried?.votes])).toEqual(
			expect.arrayContaining([
				['Low-code forms', 2],
				['The Wi-Fi on floor 3', 1]
			])
		);
		expect(tally).toEqual({});
	});

	it('took along what Ana said', () => {
		const { entries } = record<FormRecord>('takeaways');
		expect(Object.values(entries).map(({ entry }) => entry.text)).toContain(
			'Ask clients before the note-taker joins.'
		);
	});
});

describe('a discussion without attribution', () => {
	const settings = { options: { unattributed: true } };
	const signed = discussionDemo.steps.map((step) =>
		'run' in step && step.run === 'notes.submit'
			? { ...step, with: (seen: never) => ({ ...(step.with?.(seen) as object), anonymous: true }) }
			: step
	);
	const room = rehearse(discussion, { ...discussionDemo, settings, steps: signed } as Demo);

	it('names nobody beside what was said, neither for the room nor for those who lead', () => {
		const [first] = room.finished;
		for (const name of ['ideas', 'topics', 'notes', 'takeaways']) {
			const { record, desk } = inMeeting(first!, name);
			const said = JSON.stringify([{ ...record, figures: {} }, desk]).replaceAll(/"owner":\{[^}]*\}/g, '');
			for (const key of ['kofi', 'ana', 'jonas', 'meera', 'piotr', 'sofia'])
				expect(said, name).not.toContain(room.people[key]);
		}
		const { turns } = typed<FloorRecord>(inMeeting(first!, 'floor').record);
		const over = Object.values(turns).filter(({ ended }) => ended !== null);
		expect(over.length).toBeGreaterThan(20);
		expect(over.every(({ person, name }) => person === '' && name === '')).toBe(true);
	});
});

describe('a Socratic seminar', () => {
	const seminar = resolve(discussion, 'socratic', v.parse(roomSettings, {}));

	it('has something to do for everybody who comes in without choosing, or only observes', () => {
		expect(seminar.guest).toBe('second');
		expect(seminar.roles.participant).toMatchObject({ open: false });
		for (const [phase, speaks, watches] of [
			['S2', 'first', 'second'],
			['S3', 'second', 'first']
		] as const) {
			expect(may(seminar, phase, speaks, 'floor.start')).toBe(true);
			expect(may(seminar, phase, watches, 'floor.start')).toBe(false);
			for (const role of [watches, 'observer']) expect(may(seminar, phase, role, 'rubric.submit')).toBe(true);
		}
		for (const role of ['first', 'second']) {
			expect(may(seminar, 'S4', role, 'notes.submit')).toBe(true);
			expect(may(seminar, 'S4', role, 'actions.done')).toBe(true);
		}
	});

	it('splits those who take part in two circles by lot', () => {
		const socratic = methods['discussion/socratic'];
		const room = rehearse(discussion, {
			...socratic!,
			people: socratic!.people.map((one) =>
				one.role === 'first' || one.role === 'second' ? { ...one, role: 'participant' } : one
			),
			steps: [{ by: 'kofi', run: 'roster.split' }]
		});
		const { counts } = recordOf<RosterRecord>(room, 'roster');
		const [first = 0, second = 0] = [counts.first, counts.second];
		expect(first - second === 0 || first - second === 1).toBe(true);
		expect(counts).toMatchObject({ facilitator: 1, scribe: 1, observer: 1 });
		expect(counts.participant).toBeUndefined();
	});
});
