import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { reports } from '#lib/blocks/reports.ts';
import type { SlotsState } from '#lib/blocks/slots/model.ts';
import { blocks } from '#lib/blocks/rules.ts';
import { formats } from '#lib/formats/index.ts';
import { lunchAndLearn } from '#lib/formats/lunch-and-learn.ts';
import { collectMinutes } from '#lib/record/collect.ts';
import type { Phase } from '#lib/formats/format.ts';
import { fakeChance, hall } from '../../server/rooms/testing.ts';
import { memberOf, nowOf } from '../../server/rooms/world.ts';

const known = { formats, blocks };

it('a room that was left in a phase which its format has no more can be ended, keeps what was said in it, and holds the next date', async () => {
	const last: Phase = { ...lunchAndLearn.phases.at(-1)!, id: 'P9', enter: [], may: { 'used.submit': '*' } };
	const older = { ...lunchAndLearn, phases: [...lunchAndLearn.phases, last] };
	const before = await hall(undefined, fakeChance(), {
		known: { ...known, formats: { ...formats, [older.name]: older } },
		tick: 0
	});
	const made = await before.open({ title: 'Lunches', format: older.name });
	const people = ['ada', 'ben', 'cay'];
	for (const person of people) await made.join(person);
	while (nowOf(made.room.world)?.phase !== 'P9') await made.must('hedda', 'agenda.advance', made.expects());
	for (const [index, person] of people.entries())
		await made.must(person, 'used.submit', { entry: { used: 'yes', what: `It helped ${index} times` } });
	await before.rooms.close();
	await before.committer.drain();

	const house = await hall(before.database, before.chance, { known, tick: 0 });
	const room = (await house.rooms.get(made.id))!;
	let commands = 0;
	const host = (type: string, payload: object = {}) =>
		room.command('hedda', `again${++commands}`, type, payload);
	const expects = () => ({ expects: nowOf(room.world)!.run });
	const hedda = memberOf(room.world, 'hedda')!;

	// it stands where the last of what is left stands
	expect(nowOf(room.world)).toMatchObject({ phase: 'P8', status: 'after' });
	expect(room.stage(hedda)).toContain('list');
	expect(await host('agenda.advance', expects())).toMatchObject({ ok: false, error: { code: 'no_phase' } });
	expect(await host('agenda.end', expects())).toMatchObject({ ok: true });
	expect(room.world.row.meeting).toBe(2);
	expect((await house.store.meetings(made.id))[0]?.ended).not.toBeNull();

	// what was said in it is not lost: it stands in the record of that meeting, without a name
	const record = new Y.Doc();
	Y.applyUpdate(record, await house.hub.read(`${made.id}/m1/record`));
	const minutes = collectMinutes({
		...{ room: room.world.row, meeting: 1, format: room.world.format, record },
		...{ documents: new Map(), reports, locale: 'en' }
	});
	const said = minutes.sections.flatMap(({ instance, entries }) => (instance === 'used' ? entries : []));
	expect(said).toContainEqual(expect.objectContaining({ said: 'It helped 2 times', by: null }));
	expect(minutes.chapters.at(-1)).toMatchObject({ phase: 'P9' });

	await host('slots.open', { at: house.chance.now() + 3_600_000, place: '', zone: 'Europe/Berlin' });
	expect(await host('agenda.start', expects())).toMatchObject({ ok: true });
	// a block's state is known to the block alone
	const { slots } = room.world.states.get('slots') as SlotsState;
	expect(Object.values(slots)).toMatchObject([{ is: 'closed', meeting: 2 }]);
	await house.rooms.close();
});
