/** Nadia and Ben, from a goal at 3 to a goal at 7 six meetings later; and Sara, who is told next to nothing. */
import type { Locator, Page } from '@playwright/test';
import type { Json } from '#lib/blocks/block.ts';
import { createRoom, must, type Guest } from '../support/api.ts';
import { expect, gallery, reload, shot, test } from '../support/browser.ts';
import { nowIn, type Opened } from '../support/opened.ts';
import {
	accessible,
	comeIn,
	inPhase,
	narrow,
	openPhase,
	photographer,
	press,
	sizes,
	stage
} from '../support/walkthrough.ts';

const GOAL = 'Present to the risk committee without reading slides';
const SIGN = 'Two questions answered without notes.';
const DIARY = 'I have never told anybody how little I sleep before a committee.';
const NOTES = 'She looks at the door when she says “committee”.';
const SECRET = 'Find out whether I want to lead a team';
const REALITY = 'I rehearse the slides, never the opening.';
const SEPTEMBER = `${new Date().getFullYear() + 1}-09-30`;
const FRIDAY = `${new Date().getFullYear() + 1}-05-08`;

const pictures = photographer('coaching');

/** On small screens the side is a row of tabs. */
async function tab(page: Page, name: string): Promise<void> {
	await page.getByRole('navigation', { name: 'Parts of the room' }).getByRole('button', { name }).click();
}

const tap = (within: Locator, legend: string, value: number) =>
	within.getByRole('group', { name: legend }).getByText(String(value), { exact: true }).click();

/** The goal's own sheet. */
const sheet = (page: Page) => stage(page).getByRole('article').filter({ hasText: GOAL });

async function rate(page: Page, value: number, shows: string): Promise<void> {
	const goal = sheet(page);
	await tap(goal, 'Where does it stand now?', value);
	await goal.getByLabel('What shows it (optional)').fill(shows);
	await goal.getByRole('button', { name: 'Put on the scale' }).click();
	await expect(goal.getByText(`In this phase: ${value}.`)).toBeVisible();
}

/** One after the other: two who write at the same place at the same moment write into each other's words. */
async function write(page: Page, text: string, everybody: readonly Page[]): Promise<void> {
	const editor = stage(page).getByRole('textbox', { name: 'Shared text' });
	await editor.click();
	await page.keyboard.press('ControlOrMeta+End');
	await page.keyboard.type(`${text}\n`);
	await editor.blur();
	for (const one of everybody) await expect(stage(one).getByText(text)).toBeVisible();
}

async function option(page: Page, text: string): Promise<void> {
	await stage(page).getByLabel('One way to go').fill(text);
	await press(page, 'Write it down');
	await expect(stage(page).getByRole('listitem').filter({ hasText: text })).toBeVisible();
}

test('two colleagues, six meetings: from 3 to 7, and the sponsor knows how many', async ({
	server,
	person
}) => {
	const nadia = await person('Nadia Rahimi', sizes.phone);
	const ben = await person('Ben Okoro', sizes.desk);
	const sara = await person('Sara Lindqvist', sizes.tablet);
	const [coachee, coach, sponsor] = [nadia.page, ben.page, sara.page];
	const pair = [coachee, coach];
	const seats = { 'coachee-360': coachee, 'coach-1440': coach, 'sponsor-768': sponsor };
	const made = await createRoom(nadia.guest, { title: 'Nadia and Ben', format: 'coaching' });
	const { room } = made;
	const opened = { ...made, host: nadia.guest, record: 'm1/record', notes: '' } satisfies Opened;
	const run = <Result = Json | undefined>(by: Guest, type: string, payload: Json = {}) =>
		must<Result>(by, room.id, type, payload);

	await test.step('P0: the goal comes first, with a scale and a sign; until then there is no coach', async () => {
		await coachee.goto(room.url);
		await inPhase([coachee], 'P0 Goal first');
		await press(coachee, 'Open P1 Match and contract');
		await expect(coachee.getByText('First a goal, with a scale and a sign of success')).toBeVisible();
		await press(coachee, 'Set the goal');
		await expect(coachee.getByText('Say in one sentence what you want')).toBeVisible();
		await coachee.getByLabel('What I want to be able to do').fill(GOAL);
		await coachee.getByLabel('Area (optional)').fill('Presenting');
		await tap(stage(coachee), 'Where it stands now', 3);
		await tap(stage(coachee), 'Where it should stand', 7);
		await coachee.getByLabel('Sign of success').fill(SIGN);
		await coachee.getByLabel('By when (optional)').fill(SEPTEMBER);
		// The stage scrolls by itself: a row that is too wide would not show on the page.
		expect(await stage(coachee).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(
			0
		);
		await accessible(coachee);
		await pictures(seats, 'p0-form');
		await press(coachee, 'Set the goal');
		await expect(stage(coachee).getByRole('heading', { name: GOAL })).toBeVisible();
		await expect(
			stage(coachee).getByRole('img', { name: 'From 3 to 3 on a scale to 10; the target is 7.' })
		).toBeVisible();

		await press(coachee, 'Set another goal');
		await coachee.getByLabel('What I want to be able to do').fill(SECRET);
		await coachee.getByRole('radio', { name: 'Only you' }).check();
		await press(coachee, 'Set the goal');
		await expect(stage(coachee).getByRole('heading', { name: SECRET })).toBeVisible();
		await tab(coachee, 'My journal');
		await expect(coachee.getByText('Only you can open this')).toBeVisible();
		await coachee.getByRole('textbox', { name: 'My journal' }).click();
		await coachee.keyboard.type(DIARY);
		await narrow(coachee);
		await pictures(seats, 'p0-journal');
	});

	await test.step('P1: Nadia asks, Ben says yes; whoever has not been asked sees nothing', async () => {
		for (const page of [coach, sponsor]) {
			await comeIn(page, room.code);
			await expect(page.getByText('You are here as Invited')).toBeVisible();
			await expect(page.getByText(GOAL)).toHaveCount(0);
		}
		await press(coachee, 'Open P1 Match and contract');
		await inPhase([coachee], 'P1 Match and contract');
		await gallery(coachee, 'coaching-p1-match');
		await press(coachee, 'Ask Ben Okoro to be Coach');
		await expect(coach.getByText('Nadia Rahimi asks you to be Coach')).toBeVisible();
		await accessible(coach);
		await pictures(seats, 'p1-asked');
		await press(coach, 'Yes, I will');
		await inPhase([coach], 'P1 Match and contract');
		await expect(stage(coachee).getByText('Ben Okoro said yes')).toBeVisible();
		await press(coachee, 'Ask Sara Lindqvist to be Sponsor');
		await press(sponsor, 'Yes, I will');
		await expect(sponsor.getByText('0 of 6 held')).toBeVisible();
		await expect(stage(coachee).getByText('Sara Lindqvist said yes')).toBeVisible();

		await press(coachee, 'Start meeting');
		await expect(coachee.getByText('The contract comes first')).toBeVisible();
		await coachee.getByLabel('How often, how long, where').fill('Every two weeks, 45 minutes, six times');
		await coachee.getByLabel('What stays between us').fill('Everything.');
		await coachee.getByLabel(/^The exceptions/).fill('If somebody is in danger.');
		await press(coachee, 'Submit');
		for (const [page, name] of [
			[coachee, 'Nadia Rahimi'],
			[coach, 'Ben Okoro']
		] as const) {
			await press(page, 'I agree and sign');
			await expect(stage(coach).getByText(`Signed by ${name}`)).toBeVisible();
		}
		await accessible(coachee);
		await pictures(seats, 'p1-contract');

		await expect(coach.getByText('Only you can open this')).toBeVisible();
		await coach.getByRole('textbox', { name: 'My notes' }).click();
		await coach.keyboard.type(NOTES);
		for (const page of [coach, sponsor])
			for (const text of [DIARY, SECRET]) await expect(page.getByText(text)).toHaveCount(0);
		for (const page of [coachee, sponsor]) await expect(page.getByText(NOTES)).toHaveCount(0);
	});

	await test.step('P2 to P4: nothing to review yet; both write the page, and either moves on', async () => {
		await press(coachee, 'Start meeting');
		await inPhase(pair, 'P2 Review');
		await openPhase(coach, pair, 'P3 Goal');
		await write(coach, 'What should be there at the end of today?', pair);
		await write(
			coachee,
			'One thing I can do before the next committee, not a course that lasts for months.',
			pair
		);
		// On a phone the button is the phase alone.
		await press(coachee, 'P4 Reality');
		await inPhase(pair, 'P4 Reality');
		await write(coachee, REALITY, pair);
		for (const page of pair) {
			await expect(stage(page).getByText(/Written by the coach: \d+.?% of this page/)).toBeVisible({
				timeout: 15_000
			});
		}
		await accessible(coach);
		await narrow(coachee);
		await pictures(seats, 'p4');
		await gallery(coach, 'coaching-p4-coach');
	});

	await test.step('P5: three options before one is chosen; a suggestion only once it is asked for', async () => {
		await openPhase(coach, pair, 'P5 Options');
		await expect(stage(coach).getByLabel('Your suggestion')).toHaveCount(0);
		await expect(
			stage(coach).getByText('Ask. A suggestion is in place once one is wished for.')
		).toBeVisible();
		await press(coachee, 'P6 Will');
		await expect(coachee.getByText('Three or more options come first')).toBeVisible();
		await option(coachee, 'Record a 2-minute opening');
		await option(coachee, 'Swap slots with Omar');
		await expect(stage(coachee).getByText('1 more before you choose').first()).toBeVisible();
		await press(coachee, 'I’d like a suggestion');
		await expect(stage(coach).getByText('Nadia Rahimi would like a suggestion.')).toBeVisible();
		await pictures(seats, 'p5-wish');
		await stage(coach).getByLabel('Your suggestion').fill('Ask for questions early');
		await press(coach, 'Write it down');
		await expect(stage(coach).getByLabel('Your suggestion')).toHaveCount(0);
		await expect(stage(coachee).getByText('Ask for questions early')).toBeVisible();
		await press(coachee, 'Choose “Record a 2-minute opening”');
		for (const page of pair) await expect(stage(page).getByText('Chosen', { exact: true })).toBeVisible();
		await accessible(coachee);
		await narrow(coachee);
		await pictures(seats, 'p5');
		await gallery(coachee, 'coaching-p5-coachee');
		await gallery(coach, 'coaching-p5-coach');
	});

	await test.step('P6: a step with a confidence of 6 is too large; smaller, it is 8', async () => {
		await openPhase(coach, pair, 'P6 Will');
		await coachee.getByLabel('First step').fill('Record three openings');
		await coachee.getByLabel('By when').fill(FRIDAY);
		await coachee.getByLabel(/^What could come in between/).fill('No room: booked 12:30');
		await press(coachee, 'Commit');
		await expect(coachee.getByText('Say how sure you are')).toBeVisible();
		await tap(stage(coachee), 'How sure am I that I will do it?', 6);
		await expect(coachee.getByText('Below 7 the step is too large.')).toBeVisible();
		await pictures(seats, 'p6-unsure');
		await press(coachee, 'Commit');
		await expect(stage(coach).getByText('Confidence 6 of 10')).toBeVisible();
		await press(coach, 'Open P7 Reflect');
		await expect(coach.getByText('A confidence below 7 means the step is too large')).toBeVisible();
		await press(coachee, 'Make it smaller');
		const editing = stage(coachee).locator('.editing');
		await editing.getByLabel('First step').fill('Record two openings');
		await editing.getByText('8', { exact: true }).click();
		await editing.getByRole('button', { name: 'Save' }).click();
		for (const page of pair) await expect(stage(page).getByText('Confidence 6, then 8 of 10')).toBeVisible();
		await accessible(coachee);
		await narrow(coachee);
		await pictures(seats, 'p6');
		await gallery(coachee, 'coaching-p6-coachee');
	});

	await test.step('P7, and the meeting ends before the close, which is for the last one', async () => {
		await openPhase(coach, pair, 'P7 Reflect');
		for (const [page, text] of [
			[coachee, 'Two is a number I can do.'],
			[coach, 'I nearly told her about my own first talk.']
		] as const) {
			await page.getByLabel('What I take with me').fill(text);
			await press(page, 'Submit');
			await expect(stage(page).getByRole('article').getByText(text)).toBeVisible();
		}
		await pictures(seats, 'p7');
		await press(coach, 'End meeting');
		for (const page of pair) await expect(page.getByText('Meeting 1 has ended.')).toBeVisible();
		await expect(sponsor.getByText('1 of 6 held')).toBeVisible();
	});

	await test.step('on Wednesday: a check-in in two taps', async () => {
		await server.forward(2 * 24 * 60);
		await Promise.all(pair.map((page) => reload(page)));
		const goal = sheet(coachee);
		await goal.getByRole('button', { name: 'Some of it' }).click();
		await goal.getByLabel('A few words (optional)').fill('One done, less awful.');
		await goal.getByRole('button', { name: 'Check in' }).click();
		await expect(goal.getByText('Today: Some of it.')).toBeVisible();
		await stage(coach).getByText('All 2 points as a table').click();
		await expect(stage(coach).getByText('One done, less awful.')).toBeVisible();
		await pictures(seats, 'between');
	});

	await test.step('meeting 2: what’s better? 4, “looked up twice”', async () => {
		await press(coachee, 'Start meeting');
		await inPhase(pair, 'P2 Review');
		await coachee.getByLabel('What I learned (optional)').fill('The second one was shorter, and better.');
		await press(coachee, 'Done');
		await expect(stage(coach).getByText('The second one was shorter, and better.')).toBeVisible();
		await rate(coachee, 4, 'Looked up twice.');
		await expect(sheet(coach).getByText('+1', { exact: true })).toBeVisible();
		await accessible(coach);
		await narrow(coachee);
		await pictures(seats, 'p2');
		await gallery(coachee, 'coaching-p2-coachee');
	});

	const move = async (verb: string, to?: string) => {
		const { run: expects } = await nowIn(opened);
		await run(ben.guest, `agenda.${verb}`, { expects, ...(to && { to }) });
	};
	/** The goal's id, as the room's own page of it says. */
	const goal = async () => {
		const { sync } = await import('../support/sync.ts');
		const record = sync(server.origin, room.id, opened.record, nadia.guest.token);
		await record.ready();
		const id = [...record.doc.getMap('goals').keys()].find((key) => key.startsWith('goals/'))!;
		record.close();
		return id.slice('goals/'.length);
	};
	await test.step('three more meetings go by: 5, 5, 6', async () => {
		const id = await goal();
		for (const value of [null, 5, 5, 6]) {
			const meeting = value === null ? 2 : Number(opened.record.slice(1, -'/record'.length)) + 1;
			opened.record = `m${meeting}/record`;
			if (value !== null) {
				await move('start');
				await run(nadia.guest, 'goals.rate', { id, value, said: '' });
			}
			await move('end');
		}
		opened.record = 'm6/record';
		await expect(coach.getByText('meeting 6 of 6')).toBeVisible();
		await expect(sponsor.getByText('5 of 6 held')).toBeVisible();
	});

	await test.step('meeting 6: 7; then the close, with the scale before and after', async () => {
		await press(coachee, 'Start meeting');
		await inPhase(pair, 'P2 Review');
		await rate(coachee, 7, SIGN);
		await openPhase(coach, pair, 'P3 Goal');
		await openPhase(coach, pair, 'P4 Reality');
		await openPhase(coach, pair, 'P5 Options');
		await expect(stage(coachee).getByText('From meeting 1').first()).toBeVisible();
		await option(coachee, 'Teach the opening to Omar');
		await press(coachee, 'Choose “Teach the opening to Omar”');
		await expect(stage(coach).getByText('Chosen', { exact: true })).toBeVisible();
		await openPhase(coach, pair, 'P6 Will');
		await openPhase(coach, pair, 'P7 Reflect');
		await openPhase(coach, pair, 'P8 Close');
		for (const page of pair) {
			await expect(
				sheet(page).getByRole('img', { name: 'From 3 to 7 on a scale to 10; the target is 7.' })
			).toBeVisible();
			await expect(sheet(page).getByText('+4', { exact: true })).toBeVisible();
		}
		await sheet(coachee).getByRole('button', { name: 'It is reached' }).click();
		await expect(sheet(coachee).getByRole('button', { name: 'It is reached' })).toHaveCount(0);
		await tap(stage(coachee), 'The two of us were a good match', 5);
		await press(coachee, 'Seal it');
		await expect(coach.getByText('1 of 2 have submitted')).toBeVisible();
		await tap(stage(coach), 'The two of us were a good match', 4);
		await press(coach, 'Seal it');
		for (const page of pair) {
			await expect(stage(page).getByText('5 of 5')).toBeVisible();
			await expect(stage(page).getByText('4 of 5')).toBeVisible();
		}
		await accessible(coachee);
		await accessible(coach);
		await narrow(coachee);
		await pictures(seats, 'p8');
		await gallery(coachee, 'coaching-p8');
	});

	await test.step('the sponsor sees “Active, 6 of 6 held”, and nothing else', async () => {
		await expect(sponsor.getByText('Active', { exact: true })).toBeVisible();
		await expect(sponsor.getByText('6 of 6 held')).toBeVisible();
		await expect(sponsor.getByText('No goal has been shared with you.')).toBeVisible();
		for (const text of [GOAL, SECRET, SIGN, REALITY, DIARY, NOTES, 'Omar'])
			await expect(sponsor.getByText(text)).toHaveCount(0);
		await accessible(sponsor);
		await gallery(sponsor, 'coaching-sponsor');
	});

	await test.step('the end is a record: of what was reached, and not of what was private', async () => {
		await press(coach, 'End meeting');
		await expect(sponsor.getByText('Closed', { exact: true })).toBeVisible();
		await coach.getByRole('link', { name: 'See the record' }).click();
		await expect(coach.getByText('+4, from 3 to 7')).toBeVisible();
		for (const text of [SECRET, DIARY, NOTES]) await expect(coach.getByText(text)).toHaveCount(0);
		await accessible(coach);
		await gallery(coach, 'coaching-record');
		await coachee.goto(`/r/${room.code}/m/1`);
		await expect(coachee.getByText('Record two openings')).toBeVisible();
		await narrow(coachee);
		await shot(coachee, 'coaching-record-360');
	});
});
