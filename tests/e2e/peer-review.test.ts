/** Oskar, cycle "H1": from five nominations to 9 of 10; and what each can see of it at which moment. */
import type { Page } from '@playwright/test';
import type { Json } from '#lib/blocks/block.ts';
import { command, createRoom, demand, join, must, type Guest } from '../support/api.ts';
import { expect, gallery, reload, test } from '../support/browser.ts';
import {
	accessible,
	inPhase,
	narrow,
	openPhase,
	photographer,
	press,
	sizes,
	stage
} from '../support/walkthrough.ts';

const DAY = 24 * 60;
const PURPOSE = 'To learn from the first half of the year. It decides nothing about pay.';
const pictures = photographer('peer-review');

/** Somebody with an account, as better-auth's own client makes one. */
async function account(origin: string, name: string): Promise<Guest> {
	const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;
	const made = await demand<{ token: string }>(origin, '/api/auth/sign-up/email', {
		body: { name, email, password: 'correct horse' }
	});
	const guest = { origin, token: made.token, person: { id: '', name } };
	const { people } = await demand<{ people: { id: string; name: string }[] }>(
		origin,
		`/api/people?q=${encodeURIComponent(name)}`,
		{ token: made.token }
	);
	return { ...guest, person: people.find((one) => one.name === name)! };
}

async function signIn(page: Page, { person: { name } }: Guest): Promise<Page> {
	const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;
	const answer = await page.request.post('/api/auth/sign-in/email', {
		data: { email, password: 'correct horse' },
		headers: { origin: new URL((await page.request.get('/healthz')).url()).origin }
	});
	expect(answer.status(), await answer.text()).toBe(200);
	return page;
}

/** By a button of the phase's own; on a phone the tab under it may be called the same. */
const tap = (page: Page, name: string) => stage(page).getByRole('button', { name, exact: true }).click();

async function choose(page: Page, label: string, name: string): Promise<void> {
	await page.getByRole('searchbox', { name: label }).fill(name);
	await page.getByRole('list', { name: label }).getByRole('button', { name }).click();
}

const said = (situation: string, behaviour: string, impact: string, kind = 'continue', next = '') => ({
	comment: { kind, situation, behaviour, impact, next, project: '', month: '2026-01', sign: false }
});

/** One after the other, as on the page. */
async function write(
	page: Page,
	parts: { when: string; what: string; led: string; next?: string; month: string }
) {
	await page.getByLabel('When and where was it?').fill(parts.when);
	await page.getByLabel('What did the person do?').fill(parts.what);
	await page.getByLabel('What did it lead to?').fill(parts.led);
	if (parts.next) await page.getByLabel('Next time (optional)').fill(parts.next);
	await page.getByLabel('In which month').fill(parts.month);
}

test('a cycle: Oskar nominates five, four write, one of them late; two themes, one goal, 4, 7 and 9', async ({
	server,
	stranger
}) => {
	const named = async (name: string) => account(server.origin, name);
	const [ines, oskar, birgit] = [
		await named('Ines Moreau'),
		await named('Oskar Lindgren'),
		await named('Birgit Sommer')
	];
	const [femi, tess, jonas] = [
		await named('Femi Adeyemi'),
		await named('Tess Novak'),
		await named('Jonas Wirth')
	];
	const [leila, piotr, rafa] = [
		await named('Leila Haddad'),
		await named('Piotr Zielinski'),
		await named('Rafael Costa')
	];
	const page = async (who: Guest, size: object) => signIn(await stranger(size), who);
	const organiser = await page(ines, sizes.desk);
	const reviewee = await page(oskar, sizes.phone);
	const manager = await page(birgit, sizes.desk);
	const moderator = await page(femi, sizes.tablet);
	const reviewer = await page(tess, sizes.phone);

	const { room: cycle } = await createRoom(ines, { title: 'H1', format: 'peer-review', preset: 'cycle' });
	let room = '';
	const run = <Result = Json | undefined>(by: Guest, type: string, payload: Json = {}) =>
		must<Result>(by, room, type, payload);
	/** Days go by; the room is told to look at its clock, by a command that nobody may give. */
	const days = async (count: number, pages: readonly Page[] = []) => {
		await server.forward(count * DAY);
		await command(femi, room, 'reviews.turn');
		await Promise.all(pages.map((one) => reload(one)));
	};

	await test.step('set-up: what it is for, who takes part, who moderates; then it is locked', async () => {
		await organiser.goto(cycle.url);
		await inPhase([organiser], 'C0 Set-up');
		await accessible(organiser);
		await gallery(organiser, 'peer-review-cycle-empty');
		await organiser.getByLabel('What it is for').fill(PURPOSE);
		await press(organiser, 'Keep');
		await organiser.getByRole('searchbox', { name: 'Add people' }).fill('Oskar');
		await press(organiser, /^Add Oskar Lindgren/);
		await expect(stage(organiser).getByText('The directory does not say')).toBeVisible();
		await press(organiser, 'Name the manager');
		await choose(organiser, 'Manager of Oskar Lindgren', 'Birgit Sommer');
		await expect(stage(organiser).getByText('reports to Birgit Sommer')).toBeVisible();
		await choose(organiser, 'Somebody who reads without names', 'Femi Adeyemi');
		await expect(stage(organiser).getByText('Fewer than 5 people take part.')).toBeVisible();
		await gallery(organiser, 'peer-review-cycle');
		await press(organiser, 'Start the cycle');
		await organiser.getByRole('dialog').getByRole('button', { name: 'Start the cycle' }).click();
		await inPhase([organiser], 'C1 Running');
		await expect(stage(organiser).getByText('Oskar Lindgren · H1')).toBeVisible();
		await expect(stage(organiser).getByText('Ahead: P1 Nominate')).toBeVisible();
	});

	await test.step('P1: five people, and why; nobody from outside and not oneself', async () => {
		await reviewee.goto('/');
		await reviewee
			.getByRole('link', { name: /Oskar Lindgren · H1/ })
			.first()
			.click();
		await inPhase([reviewee], 'P1 Nominate');
		const code = new URL(reviewee.url()).pathname.split('/')[2]!;
		room = (await join(oskar, code)).room.id;
		await expect(stage(reviewee).getByText(PURPOSE)).toBeVisible();
		await tap(reviewee, 'Nominate');
		await expect(reviewee.getByText('Choose somebody first.')).toBeVisible();
		await choose(reviewee, 'Who', 'Tess Novak');
		await tap(reviewee, 'Nominate');
		await expect(reviewee.getByText('Give a reason, in a sentence.')).toBeVisible();
		await pictures({ 'reviewee-360': reviewee }, 'p1-form');
		await reviewee.getByLabel('Why this person').fill('We run the vendor calls together.');
		await tap(reviewee, 'Nominate');
		await expect(reviewee.getByText('Nominated: 1 of 5')).toBeVisible();
		await reviewee
			.getByLabel('What would you like to hear about? (optional)')
			.fill('How do I come across in calls?');
		await tap(reviewee, 'Keep');
		for (const { person } of [jonas, leila, piotr, rafa])
			await run(oskar, 'reviews.nominate', { person: person.id, reason: 'We work on the same files' });
		await expect(reviewee.getByText('Nominated: 5 of 5')).toBeVisible();
		await accessible(reviewee);
		await narrow(reviewee);
		await gallery(reviewee, 'peer-review-p1');
	});

	await test.step('P2: the manager approves; who it is in the end the reviewee is not told', async () => {
		await manager.goto(reviewee.url());
		await days(3, [manager, reviewee]);
		await inPhase([manager, reviewee], 'P2 Approve');
		for (const name of ['Tess Novak', 'Jonas Wirth', 'Leila Haddad', 'Piotr Zielinski'])
			await press(manager, `Approve ${name}`);
		await expect(stage(manager).getByText('Asked', { exact: true })).toHaveCount(4);
		await press(manager, 'Somebody else instead of Rafael Costa');
		await accessible(manager);
		await gallery(manager, 'peer-review-p2');
		await press(manager, 'Cancel');
		await expect(stage(reviewee).getByText('Asked', { exact: true })).toHaveCount(0);
		await expect(stage(reviewee).getByText('You are not told')).toBeVisible();
	});

	await test.step('P3: situation, behaviour, impact; a word for a trait is pointed out', async () => {
		await run(piotr, 'reviews.decline', { reason: 'I changed teams and saw too little.' });
		await days(3);
		await reviewer.goto(reviewee.url());
		await expect(reviewer.getByText('You are asked to write for Oskar Lindgren')).toBeVisible();
		await expect(reviewer.getByText('How do I come across in calls?')).toBeVisible();
		await tap(reviewer, 'Consider');
		await write(reviewer, {
			when: 'Vendor call, 9 April',
			what: 'You were abrasive',
			led: '',
			month: '2026-04'
		});
		await expect(reviewer.getByText('“abrasive” says what somebody is.')).toBeVisible();
		await tap(reviewer, 'Keep');
		await expect(reviewer.getByText('Say what it led to')).toBeVisible();
		await gallery(reviewer, 'peer-review-p3-form');
		await write(reviewer, {
			...{ when: 'Vendor call, 9 April', what: 'You answered for Tess', led: 'She had the fix' },
			...{ next: 'Pause.', month: '2026-04' }
		});
		await tap(reviewer, 'Keep');
		await expect(reviewer.getByText('What you have written')).toBeVisible();
		await accessible(reviewer);
		await narrow(reviewer);
		await tap(reviewer, 'Seal and submit');
		await expect(reviewer.getByText('Sealed', { exact: true })).toBeVisible();
		await gallery(reviewer, 'peer-review-p3');
		await run(
			jonas,
			'reviews.write',
			said('Storm backlog, March', 'you posted the rule change daily', 'nobody reworked files')
		);
		await run(jonas, 'reviews.submit');
		await run(leila, 'reviews.write', said('In meetings', 'He is abrasive', 'It is not nice', 'consider'));
		await run(leila, 'reviews.submit');
		await inPhase([reviewee], 'P3 Write');
		await expect(stage(reviewee).getByText('3 of 4 have submitted')).toBeVisible();
		await reviewee
			.getByLabel(/^Continue: when it went well/)
			.fill('I wrote the rule changes down every evening.');
		await reviewee.getByLabel(/^Consider: what I would do/).fill('Let whoever owns the case speak first.');
		await press(reviewee, 'Seal it');
	});

	await test.step('P4: read without names, one given back; the fourth is late, and nothing shows', async () => {
		await days(10);
		await moderator.goto(reviewee.url());
		await expect(moderator.getByText('3 comments have come in')).toBeVisible();
		for (const name of ['Leila', 'Jonas', 'Tess Novak'])
			await expect(moderator.getByText(name)).toHaveCount(0);
		const trait = moderator.getByRole('article').filter({ hasText: 'He is abrasive' });
		await trait.getByRole('button', { name: 'Give back' }).click();
		await trait.getByLabel('What is missing').fill('No situation and no behaviour yet.');
		await gallery(moderator, 'peer-review-p4');
		await accessible(moderator);
		await trait.getByRole('button', { name: 'Give back' }).click();
		await expect(moderator.getByText('With its author')).toBeVisible();
		await run(
			rafa,
			'reviews.write',
			said('Tender, January', 'you sent the questions a week ahead', 'we came with prices')
		);
		await run(rafa, 'reviews.submit');
		await expect(stage(reviewee).getByText('4 of 4 have submitted')).toBeVisible();
		for (const one of [reviewee, manager, organiser])
			await expect(one.getByText('Vendor call, 9 April')).toHaveCount(0);
	});

	await test.step('P5: everything at once for Oskar, counts alone for the manager until a day later', async () => {
		const leilas = await signIn(await stranger(sizes.desk), leila);
		await leilas.goto(reviewee.url());
		await expect(leilas.getByText('No situation and no behaviour yet.')).toBeVisible();
		await press(leilas, 'Change');
		await write(leilas, {
			...{ when: 'Flood files, 22 April', what: 'You said “obvious” twice', led: 'I stopped asking' },
			month: '2026-04'
		});
		await press(leilas, 'Send again');
		await expect(leilas.getByRole('article').getByText('Flood files, 22 April')).toBeVisible();
		await days(4, [reviewee, manager]);
		await inPhase([reviewee, manager], 'P5 Read alone');
		for (const text of [
			'Vendor call, 9 April',
			'Storm backlog, March',
			'Flood files, 22 April',
			'Tender, January'
		])
			await expect(stage(reviewee).getByText(text)).toBeVisible();
		for (const name of ['Tess Novak', 'Jonas', 'Leila', 'Rafael', 'abrasive'])
			await expect(stage(reviewee).getByRole('article').getByText(name)).toHaveCount(0);
		await expect(stage(reviewee).getByText('Pooled, not anonymous')).toBeVisible();
		await expect(stage(manager).getByText(/^Released. You read it from/)).toBeVisible();
		await expect(manager.getByText('Storm backlog, March')).toHaveCount(0);
		await accessible(reviewee);
		await narrow(reviewee);
		await gallery(reviewee, 'peer-review-p5');
		await press(manager, 'Start meeting');
		await expect(manager.getByText('Both have to have read it')).toBeVisible();
	});

	await test.step('P6: two themes and a goal that Tess supports', async () => {
		await days(1, [reviewee, manager]);
		await expect(stage(manager).getByText('Storm backlog, March')).toBeVisible();
		await press(manager, 'Start meeting');
		await inPhase([reviewee, manager], 'P6 Conversation');
		for (const [one, text] of [
			[reviewee, 'Shares rules early'],
			[manager, 'Leaves little room']
		] as const) {
			await stage(one).getByLabel('What runs through it').fill(text);
			await tap(one, 'Submit');
			for (const page of [reviewee, manager]) await expect(stage(page).getByText(text)).toBeVisible();
		}
		await stage(reviewee)
			.getByLabel('What I want to be able to do')
			.fill('In vendor calls the owner speaks first');
		await stage(reviewee).getByLabel('What is counted').fill('8 of 10');
		await stage(reviewee)
			.getByRole('group', { name: 'Where it stands now' })
			.getByText('2', { exact: true })
			.click();
		await stage(reviewee)
			.getByRole('group', { name: 'Where it should stand' })
			.getByText('8', { exact: true })
			.click();
		await choose(reviewee, 'Who supports me', 'Tess Novak');
		await narrow(reviewee);
		await pictures({ 'reviewee-360': reviewee }, 'p6-goal');
		await gallery(reviewee, 'peer-review-p6-reviewee');
		await tap(reviewee, 'Set the goal');
		await expect(
			stage(manager).getByRole('heading', { name: 'In vendor calls the owner speaks first' })
		).toBeVisible();
		await expect(stage(manager).getByText(/Tess Novak/)).toBeVisible();
		await gallery(manager, 'peer-review-p6');
	});

	await test.step('P7: check-ins 4, 7 and 9 of 10, one of them by Tess', async () => {
		await openPhase(manager, [reviewee, manager], 'P7 Check-ins');
		for (const [one, value] of [
			[reviewee, 4],
			[reviewer, 7],
			[reviewee, 9]
		] as const) {
			await days(30, [one]);
			await stage(one).getByRole('radiogroup').last().getByText(String(value), { exact: true }).click();
			await tap(one, 'Check in');
			await expect(stage(one).getByText(`Today: ${value}.`)).toBeVisible();
		}
		await accessible(reviewer);
		await gallery(reviewer, 'peer-review-p7-supporter');
		await expect(stage(manager).getByRole('img', { name: /From 2 to 9 on a scale to 10/ })).toBeVisible();
		await gallery(manager, 'peer-review-p7');
	});

	await test.step('whoever runs the cycle sees how far it is, and nothing of what was written', async () => {
		await reload(organiser);
		await expect(stage(organiser).getByText('Submitted: 4 of 4')).toBeVisible({ timeout: 20_000 });
		await expect(stage(organiser).getByText('Check-ins: 3 of 3')).toBeVisible({ timeout: 20_000 });
		for (const text of ['Storm backlog', 'Vendor call', 'Tess Novak', 'Leaves little room'])
			await expect(organiser.getByText(text)).toHaveCount(0);
		await accessible(organiser);
		await gallery(organiser, 'peer-review-cycle-running');
	});
});
