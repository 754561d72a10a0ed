/** "Reading a P&L in 20 minutes": from a topic that 27 want to what came of it, with the projector on. */
import type { Page } from '@playwright/test';
import { createRoom, guest, join, must, type Guest } from '../support/api.ts';
import { expect, gallery, shot, test } from '../support/browser.ts';
import { sync } from '../support/sync.ts';
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

const PLACE = 'Canteen, 2nd floor';
const TOPIC = 'Reading a P&L in 20 minutes';
const BILL = 'Where does my team’s cloud bill sit?';
const AWS = 'What does AWS cost my department?';
const NAMED = 'Why did Jörg’s accruals change at quarter end?';
const REWORDED = 'Who approves an accrual at quarter end?';
const REASON = 'Please leave the colleague’s name out.';
const TRY = 'Add cost per claim to the Monday deck.';
const MORE = 'Examples from claims';
const ANSWER = 'The head of the cost centre, and treasury above 20,000 a quarter.';
const LEFT = ['What does “accrued” mean?', 'Does a refund lower revenue?', 'Where can I practise?'];
const TAKEAWAYS = ['Margin before volume', 'One-offs', 'Cash ≠ profit'] as const;
const OTHERS = [
	'How do I tell a one-off from a bad habit?',
	'Is cost per claim an overhead?',
	'What is the difference between margin and markup?',
	'If profit went up, why did we have less cash?',
	'Warum stehen Abschreibungen auf Softwarelizenzen nicht bei den IT-Kosten?',
	'Which three lines should I read first?'
];

const pictures = photographer('lunch-and-learn');

test('a colleague presents over lunch, the room asks, and two weeks later five have used it', async ({
	server,
	person,
	stranger
}) => {
	const ines = await person('Ines Fontaine', sizes.desk);
	const greta = await person('Greta Holm', sizes.tablet);
	const yusuf = await person('Yusuf Demir', sizes.phone);
	const projector = await stranger(sizes.desk);
	const [host, speaker, phone] = [ines.page, greta.page, yusuf.page];
	const everybody = [host, speaker, phone];
	const seats = { 'host-1440': host, 'speaker-768': speaker, 'attendee-360': phone };
	const { room } = await createRoom(ines.guest, { title: 'Lunch & Learn Berlin', format: 'lunch-and-learn' });
	const crowd: Guest[] = [];
	for (let number = 1; number <= 32; number++) {
		const one = await guest(server.origin, number === 1 ? 'Sam Okafor' : `Colleague ${number}`);
		await join(one, room.code);
		crowd.push(one);
	}
	const sam = crowd[0]!;
	const together = async (people: readonly Guest[], type: string, payload: (index: number) => object) => {
		await Promise.all(people.map((one, index) => must(one, room.id, type, payload(index) as never)));
	};
	const opens = (phase: string) => openPhase(host, everybody, phase);

	await test.step('P0: a topic is suggested on a phone; 27 want it and 2 could teach it', async () => {
		await host.goto(room.url);
		for (const page of [speaker, phone]) await comeIn(page, room.code);
		await inPhase(everybody, 'P0 Topics');
		await pictures(seats, 'p0-empty');
		await press(phone, 'Suggest a topic');
		await press(phone, 'Send');
		await expect(phone.getByText('Fill this in first.')).toBeVisible();
		await phone.getByLabel('Your topic').fill(TOPIC);
		await press(phone, 'Send');
		await expect(stage(host).getByText(TOPIC)).toBeVisible();
		const topic = await itemOf(ines.guest, room.id, 'topics', TOPIC);
		await together(crowd.slice(0, 26), 'topics.vote', () => ({ item: topic }));
		await must(crowd[5]!, room.id, 'topics.offer', { item: topic });
		await phone.getByRole('button', { name: new RegExp(`: ${TOPIC}`) }).click();
		await press(speaker, 'I could teach it');
		for (const page of everybody) {
			await expect(stage(page).locator('.vote').filter({ hasText: '27' })).toBeVisible();
			await expect(stage(page).getByText('2 people could teach it')).toBeVisible();
		}
		await narrow(phone);
		await accessible(phone);
		await pictures(seats, 'p0');
	});

	let slot = '';

	await test.step('P1: a date is opened, Greta takes it, 34 sign up, and nobody sees who', async () => {
		await must(ines.guest, room.id, 'roster.assign', { person: sam.person.id, role: 'helper' });
		await opens('P1 Dates');
		await expect(stage(phone).getByText('No date yet')).toBeVisible();
		await press(host, 'Open for sign-up');
		await expect(host.getByText('Choose a day and a time.')).toBeVisible();
		const [day, hour] = await inTwoHours(host);
		await host.getByLabel('Day', { exact: true }).fill(day);
		await host.getByLabel('At what time').fill(hour);
		await host.getByLabel(/^Place/).fill(PLACE);
		await pictures({ 'host-1440': host }, 'p1-opening');
		await press(host, 'Open for sign-up');
		for (const page of everybody) await expect(stage(page).getByText(PLACE)).toBeVisible();
		slot = await idOf(ines.guest, room.id, 'slots', 'slots', () => true);

		await press(speaker, 'Speak on this date');
		await press(speaker, 'Take the date');
		await expect(speaker.getByText('Say in one line what you will speak about.')).toBeVisible();
		await expect(speaker.getByLabel('With a helper at my side')).toBeChecked();
		await pictures({ 'speaker-768': speaker }, 'p1-claiming');
		await speaker.getByLabel('What you will speak about').fill(TOPIC);
		await press(speaker, 'Take the date');
		for (const page of everybody) {
			await expect(stage(page).getByRole('heading', { name: TOPIC })).toBeVisible();
			await expect(stage(page).getByText('Would like a helper')).toBeVisible();
		}
		await must(sam, room.id, 'slots.help', { slot });
		await expect(stage(phone).getByText('Sam Okafor helps')).toBeVisible();

		await stage(phone)
			.getByRole('button', { name: `Sign up: ${TOPIC}` })
			.click();
		await expect(stage(phone).getByText('You have a seat')).toBeVisible();
		await together(crowd, 'slots.signUp', () => ({ slot }));
		await must(ines.guest, room.id, 'slots.signUp', { slot });
		for (const page of everybody) await expect(stage(page).getByText('34 of 40 seats taken')).toBeVisible();
		const link = stage(phone).getByRole('link', { name: 'Add to calendar' });
		const file = await phone.request.get((await link.getAttribute('href'))!);
		expect(file.headers()['content-disposition']).toBe(
			'attachment; filename="reading-a-p-l-in-20-minutes.ics"'
		);
		expect(await file.text()).toContain(`SUMMARY:${TOPIC}`);
		await narrow(phone);
		await accessible(phone);
		await pictures(seats, 'p1');
		for (const [who, page] of Object.entries(seats)) {
			await page.emulateMedia({ colorScheme: 'dark' });
			await shot(page, `lunch-and-learn-p1-${who}-dark`);
			await page.emulateMedia({ colorScheme: null });
		}
	});

	await test.step('P2: the speaker prepares three takeaways and an exercise', async () => {
		await opens('P2 Prepare');
		await press(speaker, 'Prepare the talk');
		await speaker.getByLabel('First takeaway').fill(TAKEAWAYS[0]);
		await press(speaker, 'Save');
		await expect(speaker.getByText('Three things to take away, no more and no fewer.')).toBeVisible();
		await expect(speaker.getByLabel('First takeaway')).toHaveValue(TAKEAWAYS[0]);
		await speaker.getByLabel('Second takeaway').fill(TAKEAWAYS[1]);
		await speaker.getByLabel('Third takeaway').fill(TAKEAWAYS[2]);
		await speaker.getByLabel('One exercise').fill('Which line would you ask about first, and whom?');
		await expect(stage(phone).getByText('Not recorded')).toBeVisible();
		await speaker.getByRole('checkbox', { name: 'My talk may be recorded' }).check();
		await press(speaker, 'Save');
		await expect(stage(phone).getByText('Will be recorded')).toBeVisible();
		for (const page of everybody) await expect(stage(page).getByText(TAKEAWAYS[2])).toBeVisible();
		await pictures(seats, 'p2');
	});

	await test.step('P3: 21 of the 34 come; Greta is the speaker, and the projector says what it is about', async () => {
		await press(host, 'Start meeting');
		await inPhase(everybody, 'P3 Settle');
		const link = await host.getByRole('link', { name: 'Projector' }).getAttribute('href');
		await projector.goto(link!);
		await expect(projector.locator('.code')).toHaveText(`${room.code.slice(0, 3)} ${room.code.slice(3)}`);
		await expect(projector.getByText(TAKEAWAYS[2])).toBeVisible();
		await expect(projector.getByText('Will be recorded')).toBeVisible();
		// Ines and Yusuf are in the room; Greta speaks and has no seat.
		await expect(stage(phone).getByText('You are counted')).toBeVisible();
		await together(crowd.slice(0, 19), 'slots.arrive', () => ({}));
		for (const page of everybody) await expect(stage(page).getByText('21 of 34 came (62%)')).toBeVisible();
		await accessible(phone);
		await pictures({ ...seats, 'projector-1440': projector }, 'p3');
	});

	/** What the others will try, in the order of the crowd. */
	const taken: string[] = [];
	const submitted: Record<string, string> = {};
	const submit = async (by: Guest, text: string, anonymous = false) => {
		const { item } = await must<{ item: string }>(by, room.id, 'questions.submit', { text, anonymous });
		submitted[text] = item;
		return item;
	};
	const approved = async (by: Guest, text: string, anonymous = false) => {
		await must(sam, room.id, 'questions.approve', { item: await submit(by, text, anonymous) });
	};

	await test.step('P4: questions queue quietly; the desk alone sees what waits, and nobody who asked', async () => {
		await opens('P4 Talk');
		await press(phone, 'Ask a question');
		await expect(phone.getByText('A moderator reads it first.')).toBeVisible();
		await phone.getByLabel('Your question').fill(BILL);
		await press(phone, 'Send');
		await expect(stage(phone).getByText('Waits for approval')).toBeVisible();
		await expect(stage(host).getByText(BILL)).toBeVisible();
		await expect(projector.getByText(BILL)).toHaveCount(0);
		await press(host, 'Approve');
		await expect(projector.getByText(BILL)).toBeVisible();

		await press(phone, 'Ask a question');
		await phone.getByLabel('Your question').fill(NAMED);
		await phone.getByRole('checkbox', { name: 'Ask without my name' }).check();
		await expect(phone.getByText('Nobody in the room can see who asked')).toBeVisible();
		await pictures({ 'attendee-360': phone }, 'p4-asking');
		await accessible(phone);
		await press(phone, 'Send');
		const waiting = stage(host).getByRole('listitem').filter({ hasText: NAMED });
		await expect(waiting.getByText('Anonymous')).toBeVisible();
		await expect(waiting.getByText('Yusuf')).toHaveCount(0);
		await expect(projector.getByText(NAMED)).toHaveCount(0);
		await pictures({ ...seats, 'projector-1440': projector }, 'p4-waiting');
		await waiting.getByRole('button', { name: 'Return' }).click();
		await host.getByLabel('Reason').fill(REASON);
		await host.getByRole('dialog').getByRole('button', { name: 'Return' }).click();
		await expect(stage(phone).getByText('Came back to you')).toBeVisible();
		await expect(stage(phone).getByText(REASON)).toBeVisible();
		await shot(phone, 'lunch-and-learn-p4-returned-attendee-360');
		await press(phone, 'Reword');
		await phone.getByLabel('Say it anew').fill(REWORDED);
		await press(phone, 'Send');
		await stage(host)
			.getByRole('listitem')
			.filter({ hasText: REWORDED })
			.getByRole('button', { name: 'Approve', exact: true })
			.click();
		await expect(stage(speaker).getByText(REWORDED)).toBeVisible();
		await expect(stage(phone).locator('.question').filter({ hasText: REWORDED })).toHaveCount(1);

		for (const [index, text] of OTHERS.entries()) await approved(crowd[index + 1]!, text, index % 2 === 1);
		for (const [index, text] of LEFT.entries()) await approved(crowd[index + 10]!, text);
		await approved(crowd[20]!, AWS, true);
		const bill = await itemOf(ines.guest, room.id, 'questions', BILL);
		await together(crowd.slice(0, 5), 'questions.vote', () => ({ item: bill }));
		// What most want comes first, and takes its buttons along.
		await expect(stage(phone).locator('.question').first().getByText(BILL)).toBeVisible();
		await phone.getByRole('button', { name: /: Where does my team/ }).click();
		await together(crowd.slice(3, 7), 'questions.vote', () => ({ item: submitted[AWS]! }));
		for (const [index, text] of OTHERS.entries()) {
			await together(crowd.slice(8, 14 - index), 'questions.vote', () => ({ item: submitted[text]! }));
		}
	});

	await test.step('P4: two that ask the same are merged: everybody who voted counts once', async () => {
		await press(host, `More for “${AWS}”`);
		await host.getByRole('menuitem', { name: 'Merge into another one' }).click();
		await host.getByLabel('Merge into', { exact: true }).selectOption(BILL);
		await host.getByRole('dialog').getByRole('button', { name: 'Merge' }).click();
		for (const page of everybody) {
			const top = stage(page).locator('.question').first();
			await expect(top.getByText(BILL)).toBeVisible();
			await expect(top.locator('.vote')).toContainText('8');
			await expect(stage(page).getByText(AWS)).toHaveCount(0);
		}
		await accessible(host);
		await narrow(phone);
		await pictures({ ...seats, 'projector-1440': projector }, 'p4');
	});

	await test.step('P5: the top question goes on stage, everywhere', async () => {
		await opens('P5 Questions');
		await press(host, 'Take the first question');
		for (const page of [...everybody, projector]) {
			await expect(stage(page).locator('.onstage, .stage').getByText(BILL).first()).toBeVisible();
		}
		await expect(projector.getByText('Next up')).toBeVisible();
		await expect(projector.getByText('8 votes')).toBeVisible();
		await expect(projector.getByText(OTHERS[0]!)).toBeVisible();
		// Who asked without a name is nowhere, for those who moderate neither.
		for (const page of [...everybody, projector]) {
			await expect(stage(page).getByText('Colleague 21')).toHaveCount(0);
		}
		// A button half under the bar at the bottom scrolls out of it; axe takes it for a small one.
		await accessible(phone, ['.question .under']);
		await accessible(projector);
		await narrow(phone);
		for (const [who, page] of Object.entries({ host, speaker, attendee: phone, projector })) {
			await gallery(page, `lunch-and-learn-p5-${who}`);
		}
	});

	await test.step('P5: the server dies; everything that was seen is there when it is back', async () => {
		await press(host, 'Answered, next question');
		await expect(projector.locator('.stage').getByText(OTHERS[0]!)).toBeVisible();
		await powerCut(server, everybody, () => shot(phone, 'lunch-and-learn-p5-offline-attendee-360'));
		for (const page of everybody) {
			await expect(stage(page).locator('.onstage').getByText(OTHERS[0]!)).toBeVisible();
		}
		await inPhase(everybody, 'P5 Questions');
		await expect(phone.getByText('Answered live').first()).toBeAttached();
	});

	await test.step('P5: seven are answered live', async () => {
		for (const text of OTHERS.slice(1)) {
			await press(host, 'Answered, next question');
			await expect(stage(host).locator('.onstage').getByText(text)).toBeVisible();
			await expect(projector.locator('.stage').getByText(text)).toBeVisible();
		}
		await press(host, 'Answered, next question');
		await expect(stage(host).locator('.onstage').getByText(OTHERS.at(-1)!)).toHaveCount(0);
		await press(host, 'Back to queue');
		await expect(host.locator('dl.figures')).toContainText(/11\s*asked\s*7\s*answered/);
		await pictures({ ...seats, 'projector-1440': projector }, 'p5-answered');
	});

	await test.step('P6: everybody takes one thing to try, with their name', async () => {
		await opens('P6 One thing I’ll try');
		await phone.getByLabel('I will').fill(TRY);
		await press(phone, 'Submit');
		for (const page of [host, speaker]) await expect(page.getByText(TRY).first()).toBeVisible();
		await expect(projector.getByText(TRY)).toBeVisible();
		// Those who listen are in no list of people, and are named all the same.
		await expect(projector.getByText('Yusuf Demir')).toBeVisible();
		await narrow(phone);
		await accessible(phone);
		await pictures({ ...seats, 'projector-1440': projector }, 'p6');
		for (const [index, by] of crowd.slice(1, 16).entries()) {
			const entry = { text: `Try number ${index + 1}.` };
			taken.push((await must<{ id: string }>(by, room.id, 'try.submit', { entry })).id);
		}
	});

	await test.step('P7: ratings without names, which nobody sees before they are closed', async () => {
		await opens('P7 Feedback');
		const useful = phone.getByRole('group', { name: 'Useful for my work' });
		await useful.getByText('5', { exact: true }).click();
		await phone.getByRole('group', { name: 'Clear' }).getByText('4', { exact: true }).click();
		await phone.getByLabel(/I would like more of/).fill(MORE);
		await pictures({ ...seats, 'projector-1440': projector }, 'p7');
		await accessible(phone);
		await press(phone, 'Submit');
		await together(crowd.slice(1, 9), 'feedback.submit', () => ({ entry: { useful: 4, clear: 5 } }));
		await expect(stage(speaker).getByText(/9 of \d+ have answered/)).toBeVisible();
		for (const page of [host, speaker, projector]) await expect(page.getByText(MORE)).toHaveCount(0);
	});

	await test.step('P8: the speaker reads the ratings first and answers in writing what was left', async () => {
		await opens('P8 Next day');
		await expect(
			stage(phone)
				.getByText(/Greta Holm answers by/)
				.first()
		).toBeVisible();
		await press(speaker, `More for “${REWORDED}”`);
		await speaker.getByRole('menuitem', { name: 'Answer in writing' }).click();
		await speaker.getByLabel('Answer', { exact: true }).fill(ANSWER);
		await press(speaker, 'Publish the answer');
		await expect(stage(phone).getByText(ANSWER).first()).toBeVisible();
		for (const text of LEFT) {
			await must(greta.guest, room.id, 'questions.answer', {
				item: submitted[text]!,
				text: 'In the portal.'
			});
		}
		const ratings = speaker.getByRole('button', { name: 'Feedback', exact: true });
		await expect(ratings).toBeVisible();
		await pictures(seats, 'p8');
		await ratings.click();
		await expect(speaker.getByText(MORE)).toBeVisible();
		await shot(speaker, 'lunch-and-learn-p8-ratings-speaker-768');
		for (const page of [host, phone, projector]) await expect(page.getByText(MORE)).toHaveCount(0);
		const bill = await itemOf(ines.guest, room.id, 'questions', BILL);
		await must(sam, room.id, 'questions.promote', { item: bill });
	});

	await test.step('the meeting ends, and the next one begins', async () => {
		await press(host, 'End meeting');
		for (const page of everybody) await expect(page.getByText('Meeting 1 has ended.')).toBeVisible();
		await pictures({ ...seats, 'projector-1440': projector }, 'ended');
	});

	await test.step('the record keeps it, and the next meeting begins with the cloud bill', async () => {
		await phone.getByRole('link', { name: 'See the record' }).click();
		await expect(phone.getByRole('heading', { name: 'How it went' })).toBeVisible();
		const record = phone.locator('main');
		for (const text of [BILL, REWORDED, ANSWER, TAKEAWAYS[2], TRY]) {
			await expect(record.getByText(text).first()).toBeAttached();
		}
		await expect(record.getByText(MORE)).toHaveCount(0);
		await narrow(phone);
		await accessible(phone);
		await shot(phone, 'lunch-and-learn-record-360');
		const answer = await phone.request.get(`/api/rooms/${room.code}/export?as=markdown&meeting=1`);
		const markdown = await answer.text();
		for (const text of [BILL, ANSWER, TRY, '21 of 34 came (62%)']) expect(markdown).toContain(text);
		for (const text of [NAMED, REASON, MORE]) expect(markdown).not.toContain(text);

		const topic = stage(host).locator('.question').filter({ hasText: BILL });
		await expect(topic.getByText('8 votes as a question')).toBeVisible();
		await expect(stage(host).locator('.answers').getByText(ANSWER)).toBeVisible();
		await shot(host, 'lunch-and-learn-next-host-1440');
	});

	await test.step('two weeks on, in the next meeting, 14 reply and 5 used it', async () => {
		await server.forward(14 * 24 * 60);
		await must(ines.guest, room.id, 'roster.describe', { team: 'People development' });
		await phone.goto('/week');
		const asked = phone.locator('.wait').filter({ hasText: TRY });
		await expect(asked.getByText('Did you use what you wanted to try?')).toBeVisible();
		await shot(phone, 'lunch-and-learn-used-week-360');
		await asked.getByRole('link').click();
		const mine = phone.getByRole('article').filter({ hasText: TRY });
		await mine.getByRole('radio', { name: 'Yes' }).check();
		await mine.getByLabel(/What came of it/).fill('The Monday deck has a new line.');
		await pictures({ 'attendee-360': phone }, 'used-asked');
		await accessible(phone);
		await press(phone, 'Send');
		await together(crowd.slice(1, 14), 'applied.submit', (index) => ({
			id: taken[index]!,
			entry: { used: index < 4 ? 'yes' : 'not-yet' }
		}));
		await expect(host.getByText('14 of 16 have replied')).toBeVisible();
		for (const page of everybody) await expect(page.getByText('36%')).toHaveCount(0);
		await press(host, 'Close the answers');
		await expect(host.getByText('5 of 14 (36%)')).toBeVisible();
		await expect(host.getByText('The Monday deck has a new line.')).toBeVisible();
		await narrow(phone);
		await accessible(host);
		await pictures(seats, 'used-closed');
	});
});

/** The id of what was written in a browser, read from the record as any client does. */
const itemOf = (by: Guest, room: string, instance: string, text: string): Promise<string> =>
	idOf(by, room, instance, 'items', (item) => item.text === text);

async function idOf(
	by: Guest,
	room: string,
	instance: string,
	collection: string,
	is: (item: { text?: string }) => boolean
): Promise<string> {
	const synced = sync(by.origin, room, 'm1/record', by.token);
	await synced.ready();
	const items = [...synced.doc.getMap<{ id: string; text?: string }>(instance).entries()];
	synced.close();
	const found = items.find(([key, item]) => key.startsWith(`${collection}/`) && is(item));
	if (!found) throw new Error(`${instance} has no such entry.`);
	return found[1].id;
}

/** Day and time where that page is. */
const inTwoHours = (page: Page): Promise<[day: string, time: string]> =>
	page.evaluate(() => {
		const then = new Date(Date.now() + 7_200_000);
		const local = new Date(then.getTime() - then.getTimezoneOffset() * 60_000).toISOString();
		return [local.slice(0, 10), local.slice(11, 16)];
	});
