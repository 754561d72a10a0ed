/** One meeting of "Lending Ops", its third, as a coach, a presenter and their group go through it. */
import type { Page } from '@playwright/test';
import { createRoom, guest, join, must, type Guest } from '../support/api.ts';
import { expect, gallery, reload, shot, test } from '../support/browser.ts';
import {
	accessible,
	comeIn,
	giveRole,
	inPhase,
	narrow,
	openPhase,
	photographer,
	powerCut,
	press,
	sizes,
	stage
} from '../support/walkthrough.ts';

const ISSUE = 'Mortgage approvals take 19 working days; brokers are leaving.';
const KEPT = 'Who gains from it being slow?';
const FIRST = 'What happens between day 3 and day 11?';
const PROBLEM = 'We have no shared definition of a complete file.';
const CHECKLIST = 'A one-page checklist with two underwriters on 20 files';
const BRIEF = 'We try one definition of a complete file on 20 files.';
const PRIVATE = 'I had the answer before I had a question.';
const LEARNED = 'We measured days, not hand-backs.';
const DUE = `${new Date().getFullYear() + 1}-05-14`;

const pictures = photographer('action-learning');

async function putOnBoard(page: Page, kind: string, text: string): Promise<void> {
	const dock = page.getByRole('form', { name: 'Put something on the board' });
	await dock.getByRole('textbox').focus();
	await dock.getByRole('button', { name: kind }).click();
	await dock.getByRole('textbox').fill(text);
	await dock.getByRole('button', { name: 'Put on board' }).click();
}

async function submitSentence(page: Page, text: string): Promise<void> {
	await page.getByLabel('The problem, in one sentence').fill(text);
	await press(page, 'Seal it');
	await expect(page.getByText('Yours, sealed')).toBeVisible();
}

test('a group meets for the third time: from an issue to another problem, an action and what was learned', async ({
	server,
	person
}) => {
	const ruth = await person('Ruth Adeyemi', sizes.desk);
	const priya = await person('Priya Raman', sizes.desk);
	const aisha = await person('Aisha Noor', sizes.tablet);
	const tom = await person('Tom Bauer', sizes.phone);
	const [coach, presenter, member, phone] = [ruth.page, priya.page, aisha.page, tom.page];
	const everybody = [coach, presenter, member, phone];
	const seats = {
		'coach-1440': coach,
		'presenter-1440': presenter,
		'member-768': member,
		'member-360': phone
	};
	const marek = await guest(server.origin, 'Marek Kowalski');
	const lena = await guest(server.origin, 'Lena Sommer');
	const { room } = await createRoom(ruth.guest, { title: 'Lending Ops', format: 'action-learning' });
	for (const one of [marek, lena]) await join(one, room.code);

	await test.step('people come in with the code, and the coach gives Priya her role', async () => {
		await coach.goto(room.url);
		await inPhase([coach], 'P0 Issue');
		for (const page of [presenter, member, phone]) {
			await comeIn(page, room.code);
			await inPhase([page], 'P0 Issue');
		}
		await giveRole(coach, 'Priya Raman', 'Presenter');
		await expect(coach.getByText('Presenter', { exact: true })).toBeVisible();
	});

	const opens = (phase: string) => openPhase(coach, everybody, phase);
	const through = async (phases: readonly string[]) => {
		for (const phase of phases) await openPhase(coach, [coach], phase);
	};
	const promised: Record<string, string> = {};
	await test.step('two short meetings came before, and two promises were made in the second', async () => {
		for (const meeting of [1, 2]) {
			await press(coach, 'Start meeting');
			await through(['P2 Present', 'P3 Questions', 'P4 Problem']);
			const { id: entry } = await must<{ id: string }>(priya.guest, room.id, 'problem.submit', {
				entry: { text: `What the problem was in meeting ${meeting}.` }
			});
			await must(ruth.guest, room.id, 'problem.reveal');
			await must(priya.guest, room.id, 'problem.accept', { entry });
			await through(['P5 Explore', 'P6 Commit']);
			if (meeting === 2) {
				const due = `${new Date().getFullYear() + 1}-01-15`;
				const promise = async (by: Guest, text: string) => {
					const made = await must<{ id: string }>(by, room.id, 'actions.add', { text, due });
					promised[by.person.name] = made.id;
				};
				await promise(tom.guest, 'Shadow two valuations');
				await promise(marek, 'Count re-requests for one week');
			}
			await through(['P7 Learning']);
			await server.forward(10);
			await press(coach, 'End meeting');
			await expect(coach.getByText(`Meeting ${meeting} has ended.`)).toBeVisible();
		}
	});

	// The clock was put forward under their hands.
	await Promise.all(everybody.map(reload));

	await test.step('P0: an issue is written ahead of time, and nobody else can read it', async () => {
		await expect(coach.getByText('meeting 3')).toBeVisible();
		await press(presenter, 'Seal it');
		await expect(presenter.getByText('Fill this in first.')).toBeVisible();
		await presenter.getByLabel('My issue').fill(ISSUE);
		await presenter
			.getByLabel('What I have tried')
			.fill('Overtime in March. It moved the average by one day.');
		await press(presenter, 'Seal it');
		await expect(presenter.getByText('Yours, sealed')).toBeVisible();
		for (const page of [coach, member, phone]) {
			await expect(page.getByText('1 of 5 have submitted')).toBeVisible();
			await expect(page.getByText(ISSUE)).toHaveCount(0);
		}
		await accessible(presenter);
		await narrow(phone);
		await pictures(seats, 'p0');
	});

	await test.step('P1: what was promised is reviewed, and P3 stays locked until it is', async () => {
		await press(coach, 'Start meeting');
		await inPhase(everybody, 'P1 Review');
		await pictures(seats, 'p1');
		await accessible(phone);
		await phone.getByLabel('What I learned (optional)').fill('Half the wait is re-keying.');
		await press(phone, 'Done');
		await expect(stage(coach).getByText('Half the wait is re-keying.')).toBeVisible();
		await expect(stage(coach).getByText('1 of 2 answered')).toBeVisible();

		await through(['P2 Present']);
		await press(coach, 'Open P3 Questions');
		await expect(coach.getByText('P3 is locked until P1 is done')).toBeVisible();
		await press(coach, 'Back to P1 Review');
		await inPhase(everybody, 'P1 Review');
		await must(marek, room.id, 'actions.review', {
			id: promised['Marek Kowalski']!,
			outcome: 'not',
			learned: ''
		});
		for (const page of everybody)
			await expect(stage(page).getByText('Every action has its answer.')).toBeVisible();
	});

	await test.step('P2: the issue is open, and questions are noted for oneself', async () => {
		await opens('P2 Present');
		for (const page of everybody) await expect(stage(page).getByText(ISSUE).first()).toBeVisible();
		const question = phone.getByRole('textbox', { name: 'Your question' });
		await question.fill('Let us talk about day 3');
		await press(phone, 'Keep for later');
		await expect(phone.getByText('One question, ending in “?”.')).toBeVisible();
		await expect(question).toHaveValue('Let us talk about day 3');
		for (const text of [FIRST, KEPT]) {
			await question.fill(text);
			await press(phone, 'Keep for later');
			await expect(stage(phone).getByText(text)).toBeVisible();
		}
		for (const page of [coach, presenter, member]) await expect(page.getByText(FIRST)).toHaveCount(0);
		await narrow(phone);
		await pictures(seats, 'p2');
	});

	await test.step('P3: questions and answers, one statement, and the mirror of it', async () => {
		await opens('P3 Questions');
		const kept = stage(phone).getByRole('listitem').filter({ hasText: FIRST });
		await kept.getByRole('button', { name: 'Ask' }).click();
		const asked = stage(presenter).getByRole('listitem').filter({ hasText: FIRST });
		await asked.getByRole('button', { name: 'Answer', exact: true }).click();
		await asked.getByLabel('Your answer').fill('It waits for income documents.');
		await asked.getByRole('button', { name: 'Answer', exact: true }).click();
		for (const page of everybody) {
			await expect(stage(page).getByText('It waits for income documents.')).toBeVisible();
		}

		const question = member.getByRole('textbox', { name: 'Your question' });
		await question.fill('Have you tried an e-signature tool?');
		await expect(member.getByText('“Have you tried” hides advice.')).toBeVisible();
		await question.fill('Who decides a file is complete?');
		await question.press('Enter');
		const second = stage(presenter)
			.getByRole('listitem')
			.filter({ hasText: 'Who decides a file is complete?' });
		await second.getByRole('button', { name: 'Answer', exact: true }).click();
		await second.getByLabel('Your answer').fill('Three people, differently.');
		await second.getByRole('button', { name: 'Answer', exact: true }).click();
		await expect(stage(phone).getByText('Three people, differently.')).toBeVisible();

		// Lena gives advice aloud: the coach taps her turn and says what it was.
		await coach
			.getByRole('group', { name: 'Tap whoever speaks' })
			.getByRole('button', { name: 'Lena' })
			.click();
		await expect(stage(phone).getByText('Lena Sommer').first()).toBeVisible();
		await press(coach, 'End this turn');
		await press(coach, 'Tag this turn of Lena Sommer');
		await coach.getByRole('menuitem', { name: 'This was: Statement' }).click();
		await expect(stage(member).getByText('Statement', { exact: true })).toBeVisible();

		const further: [Guest, number][] = [
			[tom.guest, 4],
			[aisha.guest, 3],
			[marek, 4],
			[lena, 1]
		];
		for (const [by, count] of further) {
			for (let number = 1; number <= count; number++) {
				await must(by, room.id, 'floor.say', { text: `Question ${number} of ${by.person.name}?` });
			}
		}
		for (const page of everybody) {
			await expect(stage(page).getByText('14 of 15')).toBeVisible();
			await expect(stage(page).getByText('(0.93)')).toBeVisible();
			await expect(stage(page).getByText('Balance 0.97')).toBeVisible();
			await expect(page.getByText(KEPT)).toHaveCount(page === phone ? 1 : 0);
		}
		await press(coach, 'Reflect');
		await expect(phone.getByText('A pause to reflect')).toBeVisible();
		await pictures(seats, 'p3');
		await gallery(coach, 'action-learning-p3-coach');
		await gallery(member, 'action-learning-p3-member');
		await gallery(presenter, 'action-learning-p3-presenter');
		await press(coach, 'Go on');
		await expect(phone.getByText('A pause to reflect')).toHaveCount(0);
		await accessible(coach);
		await narrow(phone);
	});

	await test.step('P4: one sentence each, sealed; they open together and the presenter accepts one', async () => {
		await opens('P4 Problem');
		await submitSentence(phone, 'We are a slow team.');
		await submitSentence(presenter, 'My team is slow, and I cannot say why.');
		const sealed = async (by: Guest, text: string) =>
			must(by, room.id, 'problem.submit', { entry: { text } });
		await sealed(marek, 'Our team is too slow for the brokers.');
		await sealed(lena, 'A slow team without the right tools.');
		await expect(coach.getByText('4 of 5 have submitted')).toBeVisible();
		for (const page of [coach, presenter, member]) {
			await expect(page.getByText('We are a slow team.')).toHaveCount(0);
		}
		await pictures(seats, 'p4-sealed');
		await member.getByLabel('The problem, in one sentence').fill(PROBLEM);
		await press(member, 'Seal it');
		for (const page of everybody) {
			await expect(stage(page).getByText('We are a slow team.')).toBeVisible();
			await expect(stage(page).getByText('4 of 5 wrote “slow” and “team”')).toBeVisible();
			await expect(stage(page).getByText(PROBLEM)).toBeVisible();
		}
		await expect(coach.getByRole('button', { name: 'Accept this one' })).toHaveCount(0);
		await pictures(seats, 'p4-revealed');
		await accessible(presenter);
		const sentence = stage(presenter).getByRole('listitem').filter({ hasText: PROBLEM });
		await sentence.getByRole('button', { name: 'Accept this one' }).click();
		for (const page of everybody) {
			await expect(stage(page).getByText('accepted by Priya Raman')).toBeVisible();
		}
	});

	await test.step('P5: on the board together; the server dies, and nothing that was seen is lost', async () => {
		await opens('P5 Explore');
		for (const page of everybody) await expect(stage(page).getByText(PROBLEM)).toBeVisible();
		await putOnBoard(member, 'Question', 'Who decides a file is complete?');
		await putOnBoard(phone, 'Idea', 'Let brokers tick the same list before they send.');
		await putOnBoard(presenter, 'Experiment', 'One page that two underwriters share cuts re-requests.');
		await presenter.getByLabel('We test').fill('20 files, both underwriters, until 14 May.');
		await presenter.keyboard.press('Escape');
		const seen = [
			'Who decides a file is complete?',
			'Let brokers tick the same list',
			'20 files, both underwriters'
		];
		for (const page of everybody) {
			for (const text of seen) await expect(stage(page).getByText(text).first()).toBeVisible();
		}
		await accessible(coach);
		await accessible(phone);
		await pictures(seats, 'p5');

		await powerCut(server, everybody, async () => {
			await putOnBoard(member, 'Question', 'Which of the three would a broker recognise as fair?');
			await expect(stage(member).getByText('Which of the three').first()).toBeVisible();
			await shot(member, 'action-learning-p5-offline-member-768');
		});
		for (const page of everybody) {
			await expect(stage(page).getByText('Which of the three').first()).toBeVisible({ timeout: 20_000 });
			for (const text of [...seen, PROBLEM]) await expect(stage(page).getByText(text).first()).toBeVisible();
		}
		await inPhase(everybody, 'P5 Explore');
		await narrow(phone);
		await gallery(coach, 'action-learning-p5-coach');
		await gallery(member, 'action-learning-p5-member');
	});

	await test.step('P6: Priya commits, and the sponsor sees what she releases and nothing else', async () => {
		await opens('P6 Commit');
		await pictures(seats, 'p6');
		await press(presenter, 'Commit');
		await expect(presenter.getByText('Write down the first step')).toBeVisible();
		await presenter.getByLabel('First step').fill(CHECKLIST);
		await presenter.getByLabel('By when').fill(DUE);
		await presenter.getByLabel(/^How others will see/).fill('Fewer than 3 re-requests per file');
		await press(presenter, 'Commit');
		for (const page of everybody) await expect(stage(page).getByText(CHECKLIST)).toBeVisible();
		await expect(stage(phone).getByText(/14 May/)).toBeVisible();

		const max = await person('Dr. Maximiliane Wittgenstein-Hohenfelsen (Risikocontrolling)', sizes.desk);
		await max.page.goto(room.url);
		await max.page.getByRole('radio', { name: /^Sponsor/ }).check();
		await gallery(max.page, 'action-learning-door');
		await press(max.page, 'Join');
		await presenter.getByLabel('For the sponsor').fill(BRIEF);
		await press(presenter, 'Keep as draft');
		await expect(presenter.getByRole('button', { name: 'Hand on' })).toBeVisible();
		await expect(max.page.getByText(BRIEF)).toHaveCount(0);
		await press(presenter, 'Hand on');
		await expect(max.page.getByText(BRIEF)).toBeVisible();
		await press(presenter, `More on “${CHECKLIST}”`);
		await presenter.getByRole('menuitem', { name: 'Show it to the Sponsor' }).click();
		await expect(max.page.getByText(CHECKLIST)).toBeVisible();
		for (const text of [ISSUE, PROBLEM, FIRST, 'Count re-requests for one week']) {
			await expect(max.page.getByText(text)).toHaveCount(0);
		}
		await accessible(presenter);
		await pictures({ ...seats, 'sponsor-1440': max.page }, 'p6-committed');
		await max.context.close();
	});

	await test.step('P7: it runs its full time; a learning goes as far as its author says', async () => {
		await opens('P7 Learning');
		await press(coach, 'End meeting');
		await expect(coach.getByText(/P7 runs its full time/)).toBeVisible();
		for (const [page, text, reach] of [
			[presenter, LEARNED, 'For everybody at work'],
			[phone, PRIVATE, 'For me: only I see it']
		] as const) {
			await page.getByLabel('What I take with me').fill(text);
			await page.getByRole('radio', { name: reach }).check();
			await press(page, 'Submit');
			await expect(stage(page).getByText(text)).toBeVisible();
		}
		for (const page of [coach, member, phone]) await expect(stage(page).getByText(LEARNED)).toBeVisible();
		for (const page of [coach, member, presenter]) await expect(page.getByText(PRIVATE)).toHaveCount(0);
		await accessible(phone);
		await narrow(phone);
		await pictures(seats, 'p7');
		await gallery(presenter, 'action-learning-p7-presenter');
		await server.forward(10);
		await press(coach, 'End meeting');
		for (const page of everybody) await expect(page.getByText('Meeting 3 has ended.')).toBeVisible();
		await pictures(seats, 'ended');
	});

	await test.step('the record says what was decided, promised and learned, and can be taken along', async () => {
		await member.getByRole('link', { name: 'See the record' }).click();
		await expect(member.getByRole('heading', { name: 'How it went' })).toBeVisible();
		const record = member.locator('main');
		for (const text of [PROBLEM, CHECKLIST, LEARNED, FIRST, 'Half the wait is re-keying.', KEPT]) {
			await expect(record.getByText(text).first()).toBeVisible();
		}
		await expect(record.getByText('14 of 15 (0.93)')).toBeVisible();
		await expect(record.getByText('4 of 5 wrote “slow” and “team”')).toBeVisible();
		await expect(record.getByText('0.97')).toBeVisible();
		await expect(record.getByText(PRIVATE)).toHaveCount(0);
		await accessible(member);
		await shot(member, 'action-learning-record-768');
		const answer = await member.request.get(`/api/rooms/${room.code}/export?as=markdown&meeting=3`);
		const markdown = await answer.text();
		for (const text of [PROBLEM, CHECKLIST, LEARNED, '14 of 15', '4 of 5 wrote'])
			expect(markdown).toContain(text);
		expect(markdown).not.toContain(PRIVATE);
		expect(markdown).not.toContain(BRIEF);
	});

	await test.step('the next meeting opens with what was promised', async () => {
		await press(coach, 'Start meeting');
		await inPhase([coach, presenter], 'P1 Review');
		for (const text of [CHECKLIST, 'Count re-requests for one week']) {
			await expect(stage(coach).getByText(text)).toBeVisible();
		}
		await expect(stage(coach).getByText('Shadow two valuations')).toHaveCount(0);
		await expect(stage(coach).getByText('0 of 2 answered')).toBeVisible();
		await shot(coach, 'action-learning-next-p1-coach-1440');
	});
});
