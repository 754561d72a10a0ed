/** "Generative AI for customer letters", from the motion to the record, as a chair, both sides and the audience see it. */
import type { Page } from '@playwright/test';
import { command, createRoom, guest, join, must, type Guest } from '../support/api.ts';
import { expect, gallery, shot, test } from '../support/browser.ts';
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

const MOTION = 'This bank should let branch staff use generative AI for customer letters.';
const CLAIM_FOR = 'Drafting a letter takes staff less than half the time.';
const PILOT = 'Letters take 22 min; pilot 9 min, n=140.';
const REWORDED = 'Letters take 22 min; pilot 9 min, n=140, complaints excluded.';
const CLAIM_AGAINST = 'One wrong rate in a letter costs more than the minutes saved.';
const MEMO = 'Wrong rate = mis-selling; compliance memo 12 March.';
const LEFT_OUT = 'Leaves out complaints, which take longest.';
const SIGNS = 'Who signs the letter?';
const RATES = 'Would you draft without rates?';
const BETTER = 'Staff lose thirteen minutes on every letter that follows a template.';
const OURS = 'Whoever signed a wrong rate has to answer for words that nobody wrote.';
const AGREED = 'Drafting yes, rates and complaints no.';
const TEMPLATES = 'List the templates that may be drafted';
const DUE = `${new Date().getFullYear() + 1}-06-03`;
const LONG_NAME = 'Anneliese von Hohenlohe-Winkelbach (Kundenservice Nord-Ost)';

const pictures = photographer('debate');

async function claim(page: Page, text: string): Promise<void> {
	await press(page, 'Add the first claim');
	await page.getByLabel('Claim, one sentence').fill(text);
	await press(page, 'Add claim');
	await press(page, 'Done');
	await expect(stage(page).getByText('Unsupported: no card yet')).toBeVisible();
}

async function card(page: Page, words: { quote: string; kind: string; source: string }): Promise<void> {
	await stage(page).getByRole('button', { name: 'Add card' }).click();
	const dialog = page.getByRole('dialog', { name: 'A new card' });
	await dialog.getByRole('button', { name: 'Add card' }).click();
	await expect(dialog.getByText('A card needs the words it quotes.')).toBeVisible();
	await dialog.getByLabel('Quote, word for word').fill(words.quote);
	await dialog.getByRole('radio', { name: words.kind }).check();
	await dialog.getByLabel('Source').fill(words.source);
	await dialog.getByRole('button', { name: 'Add card' }).click();
	await expect(stage(page).getByText(words.quote)).toBeVisible();
}

/** The poll that is up, as its ballot names it. */
async function pollOn(page: Page): Promise<string> {
	const name = await stage(page).getByRole('radio').first().getAttribute('name');
	return name!.replace(/^poll-/, '');
}

test('a debate from its motion to the shift of twelve votes, and on into the next', async ({
	server,
	person,
	stranger
}) => {
	const ingrid = await person('Ingrid Solberg', sizes.desk);
	const dev = await person('Dev Malhotra', sizes.tablet);
	const mo = await person('Mo Haddad', sizes.desk);
	const anneliese = await person(LONG_NAME, sizes.phone);
	const [chair, pro, con, phone] = [ingrid.page, dev.page, mo.page, anneliese.page];
	const everybody = [chair, pro, con, phone];
	const seats = { 'chair-1440': chair, 'for-768': pro, 'against-1440': con, 'audience-360': phone };
	const { room } = await createRoom(ingrid.guest, {
		title: 'Generative AI for customer letters',
		format: 'debate'
	});
	const seat = async (name: string, role?: string): Promise<Guest> => {
		const one = await guest(server.origin, name);
		await join(one, room.code);
		if (role) await must(ingrid.guest, room.id, 'roster.assign', { person: one.person.id, role });
		return one;
	};
	const audience: Guest[] = [];

	/** A page more is a lot for a machine with two cores: only for a picture. */
	async function projected(name: string): Promise<void> {
		if (!process.env.SCREENSHOTS) return;
		const page = await stranger(sizes.desk);
		await page.goto((await chair.getByRole('link', { name: 'Projector' }).getAttribute('href'))!);
		await expect(page.getByRole('main').getByText(/\w/).first()).toBeVisible();
		await gallery(page, name);
		await page.close();
	}

	await test.step('people come in with the code, and the chair gives the sides', async () => {
		await chair.goto(room.url);
		await inPhase([chair], 'P0 Prepare');
		for (const page of [pro, con, phone]) {
			await comeIn(page, room.code);
			await inPhase([page], 'P0 Prepare');
		}
		await press(con, 'Put my name in');
		await expect(chair.getByText('Drawn by lot. Names in: 1.')).toBeVisible();
		for (const [name, role] of [
			['Dev Malhotra', 'Speaker for'],
			['Mo Haddad', 'Speaker against']
		]) {
			await press(chair, `Give to …: ${role}`);
			const seats = chair.getByRole('dialog', { name: `Who is ${role}?` });
			await seats.getByRole('button', { name: `Give ${role} to ${name}` }).click();
			await expect(seats.getByText('1 free')).toBeVisible();
			await chair.keyboard.press('Escape');
		}
		await expect(chair.getByText('Drawn by lot. Names in: 0.')).toBeVisible();
		await expect(stage(pro).getByRole('button', { name: 'Add the first claim' })).toBeVisible();
		await seat('Hana Svobodová', 'speaker-for');
		await seat('Luis Ferreira', 'speaker-against');
		for (let number = 1; number <= 12; number++) audience.push(await seat(`Voter ${number}`));
	});
	const [first] = audience as [Guest];
	const leaver = audience[11]!;

	const opens = (phase: string) => openPhase(chair, everybody, phase);

	await test.step('P0: nothing opens without a motion; each side prepares for its own eyes', async () => {
		await expect(stage(phone).getByText('There is no motion yet')).toBeVisible();
		await press(chair, 'Write the motion');
		const dialog = chair.getByRole('dialog', { name: 'Motion' });
		await dialog.getByLabel(/^The motion, one sentence/).fill(MOTION);
		await dialog.getByLabel('What its words mean').fill('“Letters” are those that a named person signs.');
		await dialog.getByRole('button', { name: 'Save' }).click();
		for (const page of everybody) await expect(stage(page).getByText(MOTION)).toBeVisible();
		await claim(pro, CLAIM_FOR);
		await card(pro, { quote: PILOT, kind: 'Own data', source: 'Pilot log' });
		await claim(con, CLAIM_AGAINST);
		await card(con, { quote: MEMO, kind: 'Expert', source: 'Head of conduct risk' });
		for (const [page, hidden] of [
			[chair, PILOT],
			[chair, MEMO],
			[con, PILOT],
			[pro, MEMO],
			[phone, PILOT],
			[phone, CLAIM_AGAINST]
		] as const) {
			await expect(page.getByText(hidden)).toHaveCount(0);
		}
		await accessible(pro);
		await narrow(phone);
		await pictures(seats, 'p0');
	});

	await test.step('P1: thirteen vote; neither how nor the totals can be seen', async () => {
		await press(chair, /^(Start meeting|Open P1 Vote before)$/);
		await inPhase(everybody, 'P1 Vote before');
		await stage(phone).getByRole('radio', { name: 'Undecided' }).check();
		const poll = await pollOn(phone);
		const choices = [
			...Array<string>(6).fill('for'),
			...Array<string>(3).fill('against'),
			'undecided',
			'undecided',
			'for'
		];
		for (const [index, by] of audience.entries()) {
			await must(by, room.id, 'poll.vote', { poll, choice: choices[index]! });
		}
		for (const page of everybody) await expect(stage(page).getByText(/^13 of 13 voted/)).toBeVisible();
		await expect(stage(pro).getByRole('radio')).toHaveCount(0);
		expect((await command(dev.guest, room.id, 'poll.vote', { poll, choice: 'for' })).ok).toBe(false);
		await accessible(phone);
		await narrow(phone);
		await pictures(seats, 'p1');
	});

	await test.step('P2: both cases are on the table, and the chair lets the four speak', async () => {
		await opens('P2 Openings');
		await press(chair, /^First speaker: /);
		for (const page of everybody) await expect(stage(page).getByText('Dev Malhotra').first()).toBeVisible();
		// A tablet shows one side at a time.
		await expect(stage(pro).getByText(PILOT)).toBeVisible();
		for (const page of [chair, con]) {
			for (const text of [PILOT, MEMO]) await expect(stage(page).getByText(text)).toBeVisible();
		}
		await press(chair, 'Grant 30 s');
		await accessible(chair);
		await narrow(phone);
		await pictures(seats, 'p2');
		await gallery(chair, 'debate-p2-chair');
		await gallery(phone, 'debate-p2-audience');
		await projected('debate-p2-projector');
		await press(chair, /^Next speaker: /);
		await expect(stage(phone).getByText('Mo Haddad').first()).toBeVisible();

		await stage(con)
			.getByRole('article')
			.filter({ hasText: PILOT })
			.getByRole('button', { name: 'Challenge' })
			.click();
		const dialog = con.getByRole('dialog');
		await dialog.getByRole('button', { name: 'Challenge' }).click();
		await expect(dialog.getByText('Say in one sentence what is wrong with the card.')).toBeVisible();
		await dialog.getByLabel('What is wrong with it, in one sentence').fill(LEFT_OUT);
		await dialog.getByRole('button', { name: 'Challenge' }).click();
		for (const page of [chair, pro]) await expect(stage(page).getByText(LEFT_OUT)).toBeVisible();
	});

	await test.step('P3: questions from side to side; the challenge is ruled on and the card reworded', async () => {
		await opens('P3 Cross-questions');
		const line = con.getByRole('textbox', { name: 'Your question' });
		await line.fill('Who read the nine-minute letters');
		await line.press('Enter');
		await expect(con.getByText('One question, ending in “?”.')).toBeVisible();
		await line.fill('Who read the nine-minute letters?');
		await line.press('Enter');
		const asked = stage(pro).getByRole('listitem').filter({ hasText: 'Who read the nine-minute letters?' });
		await asked.getByRole('button', { name: 'Answer', exact: true }).click();
		await asked.getByLabel('Your answer').fill('The clerk who signed them, every one.');
		await asked.getByRole('button', { name: 'Answer', exact: true }).click();
		for (const page of everybody) {
			await expect(stage(page).getByText('The clerk who signed them, every one.')).toBeVisible();
		}
		await press(chair, 'Rule on it');
		const ruling = chair.getByRole('dialog');
		await ruling.getByRole('radio', { name: 'Stands, reworded' }).check();
		await ruling.getByLabel('Why').fill('The log has no complaints in it.');
		await ruling.getByRole('button', { name: 'Rule on it' }).click();
		await expect(stage(pro).getByText('Stands, once reworded')).toBeVisible();
		await stage(pro)
			.getByRole('article')
			.filter({ hasText: PILOT })
			.getByRole('button', { name: /^What to do with card/ })
			.click();
		await pro.getByRole('menuitem', { name: 'Reword' }).click();
		await pro.getByLabel('Quote, word for word').fill(REWORDED);
		await press(pro, 'Save');
		await expect(stage(chair).getByText('Stands, reworded')).toBeVisible();
		await expect(stage(chair).getByText(REWORDED)).toBeVisible();
		await narrow(phone);
		await pictures(seats, 'p3');
		await gallery(pro, 'debate-p3-for');
		await projected('debate-p3-projector');
	});

	await test.step('P4: what most want to know goes on stage; the server dies, and nothing is lost', async () => {
		await opens('P4 From the floor');
		const made = await must<{ item: string }>(first, room.id, 'floorq.submit', { text: SIGNS });
		for (const by of audience.slice(1, 9)) await must(by, room.id, 'floorq.vote', { item: made.item });
		await stage(phone)
			.getByRole('button', { name: new RegExp(`: ${SIGNS.replace('?', '\\?')}$`) })
			.click();
		await press(phone, 'Ask a question');
		const dialog = phone.getByRole('dialog');
		await dialog.getByRole('textbox').fill(RATES);
		await dialog.getByRole('button', { name: 'Send' }).click();
		await expect(stage(chair).getByText(RATES)).toBeVisible();
		await pictures(seats, 'p4');
		await accessible(chair);
		await accessible(phone);

		await powerCut(server, everybody);
		for (const page of everybody) {
			for (const text of [SIGNS, RATES]) await expect(stage(page).getByText(text).first()).toBeVisible();
		}
		await inPhase(everybody, 'P4 From the floor');
		await expect(stage(chair).getByText(REWORDED)).toBeVisible();
		await narrow(phone);
	});

	await test.step('P5: the closings; somebody leaves before the second vote', async () => {
		await opens('P5 Closings');
		await press(chair, /^First speaker: Mo/);
		await expect(stage(phone).getByText('Mo Haddad').first()).toBeVisible();
		await pictures(seats, 'p5');
		await must(leaver, room.id, 'roster.leave');
	});

	await test.step('P6: each states the other’s case; Mo’s is fair at the second try', async () => {
		await opens('P6 Switch');
		const state = async (page: Page, text: string, button: string) => {
			await page.getByLabel('State the other side’s best case').fill(text);
			await press(page, button);
			await expect(stage(page).getByText(text)).toBeVisible();
		};
		await press(con, 'Say it');
		await expect(con.getByText('Write what speaks for the other side.')).toBeVisible();
		await state(con, 'They say it is fast.', 'Say it');
		await pro.getByLabel('What is missing').fill('Fast at what?');
		await press(pro, 'Not yet');
		await expect(stage(con).getByText('Fast at what?')).toBeVisible();
		await state(con, BETTER, 'Try again');
		await press(pro, 'Fair');
		for (const page of everybody) await expect(stage(page).getByText('Fair at try 2')).toBeVisible();
		await state(pro, OURS, 'Say it');
		await press(con, 'Fair');
		await expect(stage(phone).getByText('Fair at try 1')).toBeVisible();
		await accessible(con);
		await narrow(phone);
		await pictures(seats, 'p6');
	});

	await test.step('P7: twelve vote again, and closing the vote shows against ahead by 25 points', async () => {
		await opens('P7 Vote after');
		await stage(phone).getByRole('radio', { name: 'Against' }).check();
		const poll = await pollOn(phone);
		for (const [index, by] of audience.slice(0, 11).entries()) {
			await must(by, room.id, 'poll.vote', { poll, choice: index < 6 ? 'for' : 'against' });
		}
		for (const page of everybody) await expect(stage(page).getByText(/^12 of 1[23] voted/)).toBeVisible();
		for (const page of everybody) await expect(page.getByText('+25 points')).toHaveCount(0);
		await pictures(seats, 'p7-sealed');
		await press(chair, 'Close the vote');
		for (const page of everybody) {
			await expect(stage(page).getByText('Against wins')).toBeVisible();
			await expect(stage(page).getByText('+25 points')).toBeVisible();
			await expect(stage(page).getByText('3 before, 6 after')).toBeVisible();
			await expect(stage(page).getByText('6 before, 6 after')).toBeVisible();
			await expect(stage(page).getByText('3 before, 0 after')).toBeVisible();
			await expect(stage(page).getByText('12 people voted both times; only they count.')).toBeVisible();
		}
		await accessible(chair);
		await narrow(phone);
		await pictures(seats, 'p7');
		await gallery(chair, 'debate-p7-chair');
		await gallery(phone, 'debate-p7-audience');
		await projected('debate-p7-projector');
	});

	await test.step('P8: what both agree on, what stays open, who does what', async () => {
		await opens('P8 Debrief');
		await chair.getByLabel('What both sides agree on').fill(AGREED);
		await press(chair, 'Submit');
		for (const page of everybody) await expect(stage(page).getByText(AGREED)).toBeVisible();
		await pro.getByLabel('First step').fill(TEMPLATES);
		await pro.getByLabel('By when').fill(DUE);
		await pro.getByLabel(/^How others will see/).fill('The list is on the branch page');
		await press(pro, 'Commit');
		for (const page of everybody) await expect(stage(page).getByText(TEMPLATES)).toBeVisible();
		await expect(chair.getByText(/^2 in the library/).first()).toBeVisible();
		await accessible(phone);
		await narrow(phone);
		await pictures(seats, 'p8');
		await press(chair, 'End meeting');
		for (const page of everybody) await expect(page.getByText('Meeting 1 has ended.')).toBeVisible();
	});

	await test.step('the record has the result, the reworded card and the promise, and can be taken along', async () => {
		await phone.getByRole('link', { name: 'See the record' }).click();
		await expect(phone.getByRole('heading', { name: 'How it went' })).toBeVisible();
		const record = phone.locator('main');
		for (const text of [MOTION, REWORDED, AGREED, TEMPLATES, BETTER]) {
			await expect(record.getByText(text).first()).toBeVisible();
		}
		await accessible(phone);
		await narrow(phone);
		await shot(phone, 'debate-record-360');
		const answer = await phone.request.get(`/api/rooms/${room.code}/export?as=markdown&meeting=1`);
		const markdown = await answer.text();
		for (const text of [MOTION, REWORDED, AGREED, TEMPLATES, SIGNS]) expect(markdown).toContain(text);
	});

	await test.step('the next debate finds the surviving cards in the library, and the promise', async () => {
		await expect(pro.getByText('Cards that survived earlier debates of this room.').first()).toBeVisible();
		await expect(pro.getByText(REWORDED).first()).toBeVisible();
		await expect(chair.getByText(TEMPLATES).first()).toBeVisible();
		await gallery(pro, 'debate-next-p0-for');
	});
});
