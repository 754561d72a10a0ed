/** "New tech Thursday": topics, votes, thumbs, a concern that is answered, and a fishbowl. */
import type { Page } from '@playwright/test';
import type { Json } from '#lib/blocks/block.ts';
import { command, createRoom, guest, join, must, type Guest } from '../support/api.ts';
import { expect, gallery, reload, saved, test } from '../support/browser.ts';
import { published } from '../support/sync.ts';
import {
	accessible,
	comeIn,
	inPhase,
	narrow,
	openPhase,
	photographer,
	powerCut,
	press,
	sizes,
	stage
} from '../support/walkthrough.ts';

const PASSKEYS = 'Passkeys for staff login';
const NOTE_TAKERS = 'AI note-takers in client calls';
const FORMS = 'Low-code forms';
const WIFI = 'The Wi-Fi on floor 3';
const CONCERN = 'Warehouse staff have no personal phone.';
const ANSWER = 'Hardware keys for 40 people: ordered, handed out at the gate.';
const TAKEAWAY = 'Ask clients before the note-taker joins.';

const pictures = photographer('discussion');

async function submitTopic(page: Page, text: string): Promise<void> {
	await page.getByLabel('A topic').fill(text);
	await press(page, 'Seal it');
	await expect(stage(page).getByText(text)).toBeVisible();
}

const itemsOf = async (by: Guest, room: string, document: string, instance: string) =>
	Object.values(await published<{ id: string; text: string }>(by, room, document, instance, 'items'));

/** A vote, by the topic's own button. */
const vote = (page: Page, topic: string) =>
	stage(page).locator('article', { hasText: topic }).getByRole('button', { name: /vote/i }).first().click();

test('a discussion group talks about what it chose, and a concern gets its answer', async ({
	server,
	person
}) => {
	const kofi = await person('Kofi Mensah', sizes.desk);
	const ana = await person('Ana Ruiz', sizes.tablet);
	const jonas = await person('Jonas Weber', sizes.phone);
	const [facilitator, member, phone] = [kofi.page, ana.page, jonas.page];
	const everybody = [facilitator, member, phone];
	const seats = { 'facilitator-1440': facilitator, 'member-768': member, 'member-360': phone };
	const [meera, piotr, sofia, tomasz] = await Promise.all(
		['Meera Iyer', 'Piotr Zieliński', 'Sofia Lindqvist', 'Tomasz Brandt'].map((name) =>
			guest(server.origin, name)
		)
	);
	const { room } = await createRoom(kofi.guest, { title: 'New tech Thursday', format: 'discussion' });
	for (const one of [meera!, piotr!, sofia!]) await join(one, room.code);
	await join(tomasz!, room.code, 'observer');
	const does = (by: Guest, type: string, payload: { [key: string]: Json }) =>
		must(by, room.id, type, payload);
	const opens = (phase: string) => openPhase(facilitator, everybody, phase);

	await test.step('P1: topics are sealed, those written ahead as well', async () => {
		await facilitator.goto(room.url);
		await inPhase([facilitator], 'P1 Topics');
		for (const page of [member, phone]) await comeIn(page, room.code);
		await does(sofia!, 'ideas.submit', { entry: { text: FORMS } });
		await press(facilitator, 'Start meeting');
		await inPhase(everybody, 'P1 Topics');
		await submitTopic(member, NOTE_TAKERS);
		await does(piotr!, 'ideas.submit', { entry: { text: PASSKEYS } });
		await does(ana.guest, 'ideas.submit', { entry: { text: WIFI } });
		await expect(facilitator.getByText('3 of 6 have submitted')).toBeVisible();
		for (const page of [facilitator, phone]) await expect(page.getByText(NOTE_TAKERS)).toHaveCount(0);
		await pictures(seats, 'p1');
		await accessible(member);
		await narrow(phone);
	});

	await test.step('P2 and P3: everything opens together; nobody sees a count while the vote is on', async () => {
		await opens('P2 Pitch');
		for (const page of everybody)
			for (const text of [PASSKEYS, NOTE_TAKERS, FORMS, WIFI])
				await expect(stage(page).getByText(text)).toBeVisible();
		await opens('P3 Vote');
		await vote(facilitator, PASSKEYS);
		await vote(facilitator, NOTE_TAKERS);
		await vote(phone, PASSKEYS);
		await vote(phone, NOTE_TAKERS);
		await vote(member, NOTE_TAKERS);
		await vote(member, WIFI);
		const topics = await itemsOf(kofi.guest, room.id, 'm1/record', 'topics');
		const id = (text: string) => topics.find((item) => item.text === text)!.id;
		for (const [by, text] of [
			[meera!, PASSKEYS],
			[meera!, NOTE_TAKERS],
			[piotr!, PASSKEYS],
			[piotr!, FORMS],
			[sofia!, PASSKEYS],
			[sofia!, FORMS]
		] as const)
			await does(by, 'topics.vote', { item: id(text), votes: 1 });
		const third = await command(sofia!, room.id, 'topics.vote', { item: id(WIFI), votes: 1 });
		expect(third).toMatchObject({ ok: false, error: { code: 'budget' } });
		await expect(stage(phone).getByText('0 votes left')).toBeVisible();
		await pictures(seats, 'p3');
		await gallery(phone, 'discussion-p3-member');
		await narrow(phone);
	});

	await test.step('P4: the most wanted first; when its box is over, thumbs give it four minutes more', async () => {
		await opens('P4 Discuss');
		await press(facilitator, 'Take the first topic');
		for (const page of everybody)
			await expect(stage(page).getByRole('timer').first()).toHaveAccessibleName(/left/i);
		await expect(stage(phone).getByText(PASSKEYS).first()).toBeVisible();
		await press(phone, 'Write a note');
		const dialog = phone.getByRole('dialog');
		await press(phone, 'Concern');
		await dialog.getByLabel('Your note').fill(CONCERN);
		await dialog.getByLabel('Without my name').check();
		await press(phone, 'Send');
		for (const page of everybody) await expect(stage(page).getByText(CONCERN)).toBeVisible();
		await pictures(seats, 'p4');
		await gallery(facilitator, 'discussion-p4-facilitator');
		await gallery(phone, 'discussion-p4-member');
		await accessible(facilitator);
		await narrow(phone);

		await powerCut(server, everybody);
		await server.forward(8);
		await Promise.all(everybody.map(reload));
		// Timers of the server run by the real clock; the next command lets it look at the other one.
		await does(meera!, 'notes.submit', {
			text: 'The works council asks who sees the logins.',
			sort: 'question'
		});
		await expect(stage(phone).getByText('Carry on with this topic?')).toBeVisible();
		const current = await published<string>(kofi.guest, room.id, 'm1/record', 'continue', 'current');
		const poll = current.poll ?? '';
		await pictures(seats, 'p4-thumbs');
		for (const page of everybody) {
			await stage(page).getByRole('button', { name: 'Up' }).click();
			await saved(page);
		}
		await does(meera!, 'continue.vote', { poll, choice: 'up' });
		await does(piotr!, 'continue.vote', { poll, choice: 'side' });
		await does(sofia!, 'continue.vote', { poll, choice: 'down' });
		await press(facilitator, 'Close the vote');
		await expect(stage(facilitator).getByRole('button', { name: '2 more minutes' })).toBeVisible();
		await press(facilitator, 'Done, next topic');
		await expect(stage(phone).getByText(NOTE_TAKERS).first()).toBeVisible();
	});

	await test.step('the concern has somebody who owes the answer', async () => {
		const items = await itemsOf(kofi.guest, room.id, 'm1/record', 'notes');
		const due = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
		const concern = items.find(({ text }) => text === CONCERN)!;
		await does(kofi.guest, 'notes.assign', { item: concern.id, owner: tomasz!.person.id, due });
		await expect(stage(member).getByText(/Tomasz Brandt/)).toBeVisible();
	});

	await test.step('P5: a round; who has nothing passes', async () => {
		await opens('P5 Takeaways');
		await member.getByLabel('I take with me').fill(TAKEAWAY);
		await press(member, 'Submit');
		for (const page of [facilitator, phone]) await expect(stage(page).getByText(TAKEAWAY)).toBeVisible();
		await pictures(seats, 'p5');
		await accessible(phone);
		await press(facilitator, 'End meeting');
		await expect(facilitator.getByText('Meeting 1 has ended.')).toBeVisible();
	});

	await test.step('six days later IT security answers; what was left opens the next meeting', async () => {
		const items = await itemsOf(tomasz!, room.id, 'm2/record', 'notes');
		const concern = items.find(({ text }) => text === CONCERN)!;
		await does(tomasz!, 'notes.answer', { item: concern.id, text: ANSWER });
		// Those who moderate find what is settled in a place of its own.
		await facilitator.getByRole('tab', { name: /Settled/ }).click();
		for (const page of everybody) {
			await expect(stage(page).getByText(ANSWER).first()).toBeVisible();
			for (const text of [FORMS, WIFI]) await expect(stage(page).getByText(text)).toBeVisible();
			await expect(stage(page).getByText(PASSKEYS)).toHaveCount(0);
		}
	});

	await test.step('the record says what was talked about, and whose the concern was says nobody', async () => {
		await facilitator.goto(`${room.url}/m/1`);
		for (const text of [PASSKEYS, CONCERN, TAKEAWAY])
			await expect(facilitator.getByText(text).filter({ visible: true }).first()).toBeVisible();
		// What stands among the topics is not told twice.
		await expect(facilitator.getByText(PASSKEYS).filter({ visible: true })).toHaveCount(1);
		const row = facilitator.locator('li, article, tr', { hasText: CONCERN }).first();
		await expect(row).not.toContainText('Jonas');
		await accessible(facilitator);
		await gallery(facilitator, 'discussion-record');
	});

	await test.step('what was taken away stands in everybody’s digest, and leads back to the record', async () => {
		await phone.goto('/digest');
		await expect(phone.getByRole('heading', { name: 'New tech Thursday' })).toBeVisible();
		await accessible(phone);
		await narrow(phone);
		await gallery(phone, 'digest');
		await phone.getByRole('link', { name: TAKEAWAY }).click();
		await phone.waitForURL(/\/m\/1/);
		await expect(phone.locator('.landed')).toContainText(TAKEAWAY);
	});
});

test('in a fishbowl one chair stays empty, and in 1-2-4-all the notes come along', async ({
	server,
	person
}) => {
	const kofi = await person('Kofi Mensah', sizes.desk);
	const ana = await person('Ana Ruiz', sizes.phone);
	const others = await Promise.all(['Meera', 'Piotr', 'Sofia'].map((name) => guest(server.origin, name)));
	await test.step('fishbowl', async () => {
		const { room } = await createRoom(kofi.guest, {
			title: 'Bowl',
			format: 'discussion',
			preset: 'fishbowl'
		});
		for (const one of others) await join(one, room.code);
		await kofi.page.goto(room.url);
		await comeIn(ana.page, room.code);
		await press(kofi.page, 'Start meeting');
		await openPhase(kofi.page, [kofi.page, ana.page], 'F2 Circle');
		for (const one of others) await must(one, room.id, 'floor.sit', {});
		await press(ana.page, 'Take the empty chair');
		await expect(stage(kofi.page).getByText('Empty chair', { exact: true })).toHaveCount(1);
		await press(kofi.page, 'Take the empty chair');
		await expect(stage(ana.page).getByText(/All chairs are taken/)).toBeVisible();
		await press(ana.page, 'I speak now');
		await expect(ana.page.getByText(/One chair stays empty/).first()).toBeVisible();
		await press(kofi.page, 'Leave the circle');
		await expect(stage(ana.page).getByText(/All chairs are taken/)).toHaveCount(0);
		await press(ana.page, 'I speak now');
		await expect(stage(kofi.page).getByText('speaking now')).toBeVisible();
		await accessible(ana.page);
		await narrow(ana.page);
		await pictures({ 'facilitator-1440': kofi.page, 'member-360': ana.page }, 'fishbowl');
		await gallery(ana.page, 'discussion-fishbowl-member');
	});
	await test.step('1-2-4-all', async () => {
		const { room } = await createRoom(kofi.guest, {
			title: 'All',
			format: 'discussion',
			preset: 'one-two-four-all'
		});
		for (const one of others) await join(one, room.code);
		await kofi.page.goto(room.url);
		await comeIn(ana.page, room.code);
		const both = [kofi.page, ana.page];
		await press(kofi.page, 'Start meeting');
		await openPhase(kofi.page, both, 'A1 One');
		await ana.page.getByLabel('Note', { exact: true }).fill('Begin with the gate.');
		await press(ana.page, 'Add note');
		await expect(stage(ana.page).getByText('Begin with the gate.')).toBeVisible();
		await expect(kofi.page.getByText('Begin with the gate.')).toHaveCount(0);
		await openPhase(kofi.page, both, 'A2 Two');
		await expect(stage(ana.page).getByText('Begin with the gate.')).toBeVisible();
		await pictures({ 'facilitator-1440': kofi.page, 'member-360': ana.page }, 'pairs');
		await openPhase(kofi.page, both, 'A4 Four');
		await expect(stage(kofi.page).getByText('Begin with the gate.')).toBeVisible();
		await openPhase(kofi.page, both, 'A5 All');
		for (const page of both) await expect(stage(page).getByText('Begin with the gate.')).toBeVisible();
		await accessible(ana.page);
		await pictures({ 'facilitator-1440': kofi.page, 'member-360': ana.page }, 'all');
	});
});
