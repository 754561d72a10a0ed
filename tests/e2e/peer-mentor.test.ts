/** Three who are new, three who know the ropes, and the ninety days of two of them. */
import type { Locator, Page } from '@playwright/test';
import type { Json } from '#lib/blocks/block.ts';
import { dayAt, plusDays } from '#lib/blocks/days.ts';
import { createRoom, guest, join, must, type Guest } from '../support/api.ts';
import { expect, gallery, reload, test } from '../support/browser.ts';
import type { Server } from '../support/server.ts';
import { accessible, inPhase, narrow, photographer, press, sizes, stage } from '../support/walkthrough.ts';

const pictures = photographer('peer-mentor');

const HOURS = [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 600 }));
const STUCK = 'two escalation routes';
const QUESTION = 'Which escalation route?';
const ANSWER = 'Money that is still moving: the duty desk, by phone.';

const card = (
	job: string,
	team: string,
	place: string,
	knows: string[],
	skills: string[],
	interests: string[]
): { [key: string]: Json } => ({
	...{ job, team, place, knows, skills, interests, hours: HOURS, languages: ['en'] },
	timeZone: 'Europe/London'
});

/** Points of Mei, Omar and Sofia: Nia 90, 80, 30; Jon 85, 40, 35; Eva 60, 70, 65. */
const CARDS = {
	jon: card(
		'Case handler',
		'Cards',
		'London',
		['card disputes'],
		['Python'],
		['chess', 'running', 'choir', 'cooking']
	),
	eva: card('Controller', 'Finance', 'Lisbon', ['month end'], ['forecasting'], ['chess', 'running']),
	mei: card(
		'Data engineer',
		'Data',
		'Leeds',
		['case tool', 'card disputes', 'month end'],
		['SQL', 'Python'],
		['roses']
	),
	omar: card('Investigator', 'Fraud', 'London', ['case tool', 'month end'], ['SQL'], ['chess', 'running']),
	sofia: card(
		'Cash manager',
		'Treasury',
		'Lisbon',
		['month end'],
		['negotiating'],
		['choir', 'cooking', 'hiking']
	)
};

/** A form on the stage, by its name. */
const form = (page: Page, name: string): Locator =>
	stage(page)
		.locator('section.pile')
		.filter({ has: page.getByRole('heading', { name, exact: true }) });

/** A section of the panel; on a small screen it is behind a tab. */
const part = (page: Page, name: string): Locator => page.getByRole('region', { name });
async function tab(page: Page, name: string): Promise<void> {
	await page.getByRole('navigation', { name: 'Parts of the room' }).getByRole('button', { name }).click();
}

/** Lets days go by; what is due in the room is done once something moves in it. */
async function pass(server: Server, by: Guest, room: string, days: number): Promise<void> {
	await server.forward(days * 24 * 60);
	await must(by, room, 'roster.describe', { team: `Fraud, ${++passed}` });
}
let passed = 0;

test('ninety days: matched for 230 points, nine meetings, eleven of twelve met, one silence', async ({
	server,
	person
}) => {
	const ada = await person('Ada Kovacs', sizes.tablet);
	const nia = await person('Nia Roberts', sizes.phone);
	const omar = await person('Omar Haddad', sizes.desk);
	const [runner, mentee, mentor] = [ada.page, nia.page, omar.page];
	const pair = [mentee, mentor];
	const seats = { 'administrator-768': runner, 'mentee-360': mentee, 'mentor-1440': mentor };
	const others: Record<string, Guest> = {};
	const cohort = (
		await createRoom(ada.guest, { title: 'New in spring', format: 'peer-mentor', preset: 'cohort' })
	).room;
	for (const [name, role] of [
		['jon', 'mentee'],
		['eva', 'mentee'],
		['mei', 'mentor'],
		['omar', 'mentor'],
		['sofia', 'mentor']
	] as const) {
		others[name] =
			name === 'omar' ? omar.guest : await guest(server.origin, `${name[0]!.toUpperCase()}${name.slice(1)}`);
		await join(others[name], cohort.id, role);
		await must(others[name], cohort.id, 'pairing.join', CARDS[name]);
	}

	await test.step('P0: Nia opts in; the best whole is 230, and what is pinned costs points', async () => {
		await runner.goto(cohort.url);
		await expect(runner.getByText('2 looking, 3 offering 3 places')).toBeVisible();
		await mentee.goto(`/r/${cohort.code}`);
		await mentee.getByRole('radio', { name: 'Mentee' }).check();
		await press(mentee, 'Join');
		await press(mentee, 'I take part');
		await expect(mentee.getByText('Say when you can be met')).toBeVisible();
		await mentee.getByLabel('What you do').fill('Fraud analyst');
		await mentee.getByLabel('Team').fill('Fraud');
		await mentee.getByLabel('What your role works with, and you have to learn').fill('case tool');
		await mentee.getByLabel('Skills you want').fill('SQL');
		for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'])
			await mentee.getByRole('checkbox', { name: `${day}, 9 to 12` }).press('Space');
		await expect(mentee.getByText('15 hours a week.')).toBeVisible();
		await mentee.getByLabel('Languages (such as en, de)').fill('en');
		await mentee.getByLabel('Place').fill('Leeds');
		await mentee.getByLabel('What you like besides work').fill('hiking');
		await narrow(mentee);
		await accessible(mentee);
		await pictures(seats, 'p0-card');
		await press(mentee, 'I take part');
		await expect(mentee.getByText('You take part')).toBeVisible();

		await press(runner, 'Propose pairs');
		await expect(runner.getByText('3 pairs with 230 points in all.')).toBeVisible();
		const row = stage(runner).getByRole('listitem').filter({ hasText: 'Nia Roberts and Omar Haddad' });
		await expect(row.getByText('same case tool · offers SQL · 5 shared hours')).toBeVisible();
		await expect(row.getByText('80', { exact: true })).toBeVisible();
		await accessible(runner);
		await pictures(seats, 'p0-proposed');
		await gallery(runner, 'peer-mentor-p0-proposed');
		await runner.getByRole('button', { name: 'More on Nia Roberts and Omar Haddad' }).click();
		await runner.getByRole('menuitem', { name: 'Rule out' }).click();
		await expect(runner.getByText('1 laid down by you')).toBeVisible();
		await press(runner, 'Propose again');
		await expect(runner.getByText(/3 pairs with 195 points/)).toBeVisible();
		await runner.getByText('1 laid down by you').click();
		await press(runner, 'Allow');
		await expect(runner.getByText('1 laid down by you')).toHaveCount(0);
		await press(runner, 'Propose again');
		await expect(runner.getByText('3 pairs with 230 points in all.')).toBeVisible();
		await press(runner, 'Confirm all 3');
		await expect(runner.getByText('3 of 3 open')).toBeVisible();
		await expect(mentee.getByText('You meet')).toBeVisible();
		await expect(mentee.getByRole('heading', { name: 'Omar Haddad' })).toBeVisible();
		await pictures(seats, 'p0-confirmed');
	});

	const first = dayAt(Date.now());
	let room = { id: '', code: '' };
	const run = (by: Guest, type: string, payload: Json = {}) =>
		must<{ id: string; item: string }>(by, room.id, type, payload);
	await test.step('P1: the first day makes the plan; Nia ticks, Omar writes down that they met', async () => {
		await mentee.getByRole('link', { name: 'Nia Roberts & Omar Haddad' }).first().click();
		await inPhase([mentee], 'P0 Before day one');
		const code = new URL(mentee.url()).pathname.split('/')[2]!;
		room = { code, id: (await join(nia.guest, code)).room.id };
		await expect(mentee.getByText('No plan yet')).toBeVisible();
		await mentor.goto(`/r/${code}`);
		await mentor.getByLabel('The first day').fill(first);
		await press(mentor, 'Set the first day');
		await inPhase(pair, 'P1 Week 1: arrive');
		await expect(stage(mentee).getByText('0 of 16 done').first()).toBeVisible();
		for (const text of ['Badge, laptop and phone', 'Mail, chat and calendar'])
			await stage(mentee)
				.getByRole('checkbox', { name: `Done: ${text}` })
				.click();
		await expect(stage(mentor).getByText('2 of 16 done').first()).toBeVisible();
		// Hers to tick, not his.
		await expect(
			stage(mentor).getByRole('checkbox', { name: 'Done: Badge, laptop and phone' })
		).toBeDisabled();
		const fit = form(mentee, 'How it fits');
		await fit.getByText('good', { exact: true }).click();
		await fit.getByRole('button', { name: 'Submit' }).click();
		await expect(mentee.getByText('Meet once first, and write it down.')).toBeVisible();
		await pictures(seats, 'p1-plan');
		await gallery(mentee, 'peer-mentor-p1-mentee');
		await press(mentor, 'We have met');
		await mentor.getByLabel('What you talked about').fill('Who is who, and what a case is');
		await press(mentor, 'Write it down');
		for (const page of pair) await expect(stage(page).getByText('1 of 9 held')).toBeVisible();
		await fit.getByRole('button', { name: 'Submit' }).click();
		await expect(fit.getByRole('heading', { name: 'Yours' })).toBeVisible();
		await narrow(mentee);
		await accessible(mentor);
		await pictures(seats, 'p1');
		await expect(
			runner
				.getByRole('listitem')
				.filter({ hasText: 'Nia Roberts and Omar Haddad' })
				.getByText('Mentee: good')
		).toBeVisible({ timeout: 15_000 });
		await expect(mentor.getByText('Mentee: good')).toHaveCount(0);
	});

	await test.step('day 12: P2 has opened by itself; Nia meets Bea, whom Omar introduced', async () => {
		await press(mentor, 'Introduce somebody');
		await mentor.getByLabel('Who', { exact: true }).fill('Bea Lind');
		await mentor.getByLabel(/^Why it is worth/).fill('Legal: why we can’t tell the customer');
		await press(mentor, 'Put on the list');
		await expect(part(mentor, 'Contacts').getByText('through Omar Haddad')).toBeVisible();
		await run(omar.guest, 'meetings.set', { day: plusDays(first, 11) });
		await pass(server, omar.guest, room.id, 11);
		await inPhase(pair, 'P2 Days 8–30: learn');
		await Promise.all(pair.map((page) => reload(page)));
		await tab(mentee, 'Contacts');
		await press(mentee, 'We have met: Bea Lind');
		await mentee.getByLabel(/^What you learned/).fill('There is a law, and it has a name.');
		await press(mentee, 'Save');
		await expect(part(mentee, 'Contacts').getByText('1 of 12 met')).toBeVisible();
		await narrow(mentee);
		await pictures(seats, 'p2-contact');
		await gallery(mentor, 'peer-mentor-p2');
	});

	await test.step('day 30: clarity 3; what she is stuck on is an item of the plan', async () => {
		for (const day of [10, 17, 24])
			await run(omar.guest, 'meetings.add', {
				day: plusDays(first, Math.min(day, 11)),
				topics: `Week ${day}`
			});
		await run(omar.guest, 'meetings.set', {
			at: Date.parse(`${plusDays(first, 30)}T09:30:00Z`),
			place: 'Coffee bar'
		});
		await pass(server, omar.guest, room.id, 18);
		await reload(mentee);
		const pulse = form(mentee, 'Pulse');
		await pulse.getByText('Day 30').click();
		for (const [legend, value] of [
			['I know what is expected of me', 3],
			['I belong here', 4],
			['I get things done', 3]
		] as const)
			await pulse.getByRole('group', { name: legend }).getByText(String(value), { exact: true }).click();
		await pulse.getByLabel(/^Stuck on/).fill(STUCK);
		await expect(stage(mentee).getByText('Coffee bar')).toBeVisible();
		await pictures(seats, 'p2-pulse');
		await pulse.getByRole('button', { name: 'Submit' }).click();
		// A line takes two points.
		await expect(stage(mentor).getByText('Day 30: 3', { exact: true }).first()).toBeVisible();
		const item = stage(mentor).locator('.row').filter({ hasText: STUCK });
		await expect(item.getByText('Somebody is stuck on it')).toBeVisible();
		await expect(item.getByText('Omar Haddad')).toBeVisible();
	});

	await test.step('a question, its answer, and the FAQ: only because she says so, and without her name', async () => {
		const { item } = await run(nia.guest, 'questions.submit', { text: QUESTION });
		await run(omar.guest, 'questions.answer', { item, text: ANSWER });
		await mentee.getByRole('button', { name: 'Put it into the FAQ' }).click();
		await expect(mentee.getByText('In the FAQ, without a name')).toBeVisible();
		await stage(mentor)
			.getByRole('tab', { name: /Answered/ })
			.click();
		await expect(stage(mentor).getByText('In the FAQ, without a name')).toBeVisible();
		await narrow(mentee);
		await pictures(seats, 'p2-faq');
	});

	await test.step('day 37, then ten days of silence: at day 47 Omar is nudged, and they meet', async () => {
		await pass(server, omar.guest, room.id, 7);
		await inPhase(pair, 'P3 Days 31–60: contribute');
		await run(omar.guest, 'meetings.add', {
			day: plusDays(first, 36),
			topics: 'Escalation, with two real cases'
		});
		await run(omar.guest, 'meetings.set', { day: null });
		await pass(server, nia.guest, room.id, 10);
		await expect(stage(mentor).getByText('Quiet for 10 days')).toBeVisible();
		await expect(stage(mentee).getByText('Mentor was reminded after 10 quiet days.')).toBeVisible();
		await pictures(seats, 'p3-quiet');
		await run(omar.guest, 'meetings.add', { day: plusDays(first, 46), topics: 'A case with a gap in it' });
		await expect(stage(mentor).getByText('Quiet for 10 days')).toHaveCount(0);
	});

	await test.step('day 90: nine meetings of nine, eleven of twelve met; Ada sees figures and no word', async () => {
		for (const name of [
			'Tom',
			'Sana',
			'Piet',
			'Lena',
			'Marek',
			'Yusuf',
			'Ana',
			'Ruth',
			'Dev',
			'Hana',
			'Ingrid'
		]) {
			const { id } = await run(omar.guest, 'contacts.add', { name, through: 'Omar' });
			if (name !== 'Ingrid') await run(nia.guest, 'contacts.meet', { id, day: plusDays(first, 46) });
		}
		for (const day of [40, 43, 45])
			await run(omar.guest, 'meetings.add', { day: plusDays(first, day), topics: `Day ${day}` });
		await pass(server, nia.guest, room.id, 44);
		await pass(server, nia.guest, room.id, 0);
		await inPhase(pair, 'P5 Close');
		await Promise.all(pair.map((page) => reload(page)));
		await expect(part(mentor, 'Meetings').getByText('9 of 9 held')).toBeVisible();
		await expect(stage(mentor).getByText('11 of 12 met')).toBeVisible();
		await form(mentee, 'Become a mentor?').getByText('Yes', { exact: true }).click();
		await form(mentee, 'Become a mentor?').getByRole('button', { name: 'Submit' }).click();
		await expect(form(mentee, 'Become a mentor?').getByRole('heading', { name: 'Yours' })).toBeVisible();
		await mentor
			.getByLabel('What the plan should have from the beginning')
			.fill('Both escalation routes on one page.');
		for (const answer of ['Week 1', 'Mentor', 'For the next pairs'])
			await form(mentor, 'For the next ones').getByText(answer, { exact: true }).click();
		await form(mentor, 'For the next ones').getByRole('button', { name: 'Submit' }).click();
		await expect(stage(mentor).getByText('Both escalation routes on one page.')).toBeVisible();
		await narrow(mentee);
		await accessible(mentee);
		await pictures(seats, 'p5');
		await gallery(mentee, 'peer-mentor-p5-mentee');
		await gallery(mentor, 'peer-mentor-p5-mentor');

		await runner.goto(`/r/${room.code}`);
		await expect(runner.getByText('9 of 9 held')).toBeVisible();
		await expect(runner.getByText('of 17 done')).toBeVisible();
		for (const word of [STUCK, QUESTION, ANSWER, 'Bea', 'Escalation', 'Who is who'])
			await expect(runner.getByText(word)).toHaveCount(0);
		await accessible(runner);
		await gallery(runner, 'peer-mentor-administrator');
		await runner.goto(cohort.url);
		await expect(stage(runner).getByText('Meetings: 9 of 9')).toBeVisible();
		await expect(stage(runner).getByText('Fit, mentee: good')).toBeVisible();
		await gallery(runner, 'peer-mentor-cohort');

		await press(mentor, 'End meeting');
		await expect(stage(runner).getByText('Both escalation routes on one page.')).toBeVisible();
		await press(runner, 'Adopt');
		await expect(stage(runner).getByText('17', { exact: true })).toBeVisible();
		await gallery(runner, 'peer-mentor-template');
	});
});
