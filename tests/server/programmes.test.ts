import { describe, expect, it } from 'vitest';
import { blocks } from '#lib/blocks/rules.ts';
import { lunchAndLearnDemo } from '#lib/formats/demos/lunch-and-learn.ts';
import { lunchAndLearn } from '#lib/formats/lunch-and-learn.ts';
import { programmeKinds, seriesLines } from '#lib/workspace/programmes.ts';
import { fakeChance, hall } from '../../server/rooms/testing.ts';
import { openDemo, steps } from '../support/demo-room.ts';

describe('the calendar of lunches', () => {
	it('is found among the programmes, as one room with many dates', () => {
		const kinds = programmeKinds([lunchAndLearn]);
		expect(kinds.map(({ format, preset, text }) => [format, preset, text.en])).toEqual([
			['lunch-and-learn', null, 'Lunch-and-learn calendar']
		]);
	});

	it('shows whoever runs it its dates and figures: how many signed up and came, first talks, answers', async () => {
		const known = { formats: { 'lunch-and-learn': lunchAndLearn }, blocks };
		const house = await hall(undefined, fakeChance(), { known, tick: 0 });
		const calendar = await openDemo(house, 'lunch-and-learn', lunchAndLearnDemo);
		for await (const _ of steps(house, calendar, lunchAndLearnDemo));
		const { dates, facts } = seriesLines(calendar, 'person-ines', calendar.now);
		expect(Object.fromEntries(facts.map(({ name, value }) => [name, value]))).toMatchObject({
			'Came, of those signed up': '21/34',
			'First-time speakers': '1/1',
			'Questions answered, this date': '11/11',
			'Used it two weeks on, of those who replied': '5/14'
		});
		expect(dates.filter(({ is }) => is === 'over').map(({ title }) => title)).toContain(
			'Reading a P&L in 20 minutes'
		);
		expect(dates.map(({ title, notes }) => [title, notes])).toContainEqual([
			'Pivot tables without fear',
			['Not recorded']
		]);
		const person = { id: 'person-ines', name: 'Ines', account: true, email: null, locale: null };
		const made = await house.rooms.create(person, { title: 'Lunches', format: 'lunch-and-learn' });
		const empty = await house.rooms.find(made.ok ? made.value.room.id : '');
		// before the first date there is nothing of which a share could be told
		const ahead = seriesLines(empty!, person.id, empty!.now).facts;
		expect(Object.fromEntries(ahead.map(({ name, value }) => [name, value]))).toMatchObject({
			'Came, of those signed up': '–',
			'First-time speakers': '–'
		});
		expect(JSON.stringify([dates, facts])).not.toContain('person-');
		await house.rooms.close();
		await house.committer.drain();
	});
});
