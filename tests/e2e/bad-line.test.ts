/** Commands while the line is bad: what waits says so, nothing typed is lost, and a second click asks nothing twice. */
import { createRoom, join, must } from '../support/api.ts';
import { expect, open, reload, test } from '../support/browser.ts';
import { powerCut, press, stage } from '../support/walkthrough.ts';

test.describe.configure({ timeout: 90_000 });

const DAY = 24 * 60 * 60_000;
const TITLE = 'Reading a P&L in 20 minutes';

test('dates, while the server is out of breath, gone, and says no', async ({ server, person }) => {
	const ines = await person('Ines Fontaine');
	const greta = await person('Greta Holm');
	const { room } = await createRoom(ines.guest, { title: 'Lunch at the bank', format: 'lunch-and-learn' });
	await join(greta.guest, room.id);
	const dates = [7, 14].map((days) => Math.floor((Date.now() + days * DAY) / 60_000) * 60_000);
	let second = '';
	for (const at of dates) {
		const made = await must<{ slots: string[] }>(ines.guest, room.id, 'slots.open', { at, place: 'Canteen' });
		second = made.slots[0]!;
	}
	const [host, speaker] = [ines.page, greta.page];
	await open(host, `/r/${room.code}`);
	await press(host, 'Open P1 Dates');
	/** Commands go through here; while it is cut nobody comes through. */
	const line = { cut: false };
	await speaker.routeWebSocket(/socket\.io/, (socket) => {
		if (line.cut) void socket.close();
		else socket.connectToServer();
	});
	await open(speaker, `/r/${room.code}`);
	const claim = speaker.getByRole('button', { name: 'Speak on this date' }).first();
	await claim.click();

	await test.step('what is half written is there again after a reload', async () => {
		await speaker.getByLabel('What you will speak about').fill(TITLE);
		await speaker.getByLabel('First takeaway').fill('Margin before volume');
		await reload(speaker);
		await claim.click();
		await expect(speaker.getByLabel('What you will speak about')).toHaveValue(TITLE);
		await expect(speaker.getByLabel('First takeaway')).toHaveValue('Margin before volume');
	});

	await test.step('a date that was taken in the dark of a power cut is taken when it is over', async () => {
		await powerCut(server, [host, speaker], async () => {
			await press(speaker, 'Take the date');
			await expect(speaker.getByText('1 change waiting')).toBeVisible();
			await expect(speaker.getByLabel('What you will speak about')).toHaveValue(TITLE);
		});
		for (const page of [host, speaker])
			await expect(stage(page).getByRole('heading', { name: TITLE })).toBeVisible();
		await expect(speaker.getByText('1 change waiting')).toHaveCount(0);
	});

	await test.step('two clicks while the server does not answer are one, and it says that they wait', async () => {
		const signUp = stage(host).getByRole('button', { name: `Sign up: ${TITLE}` });
		await expect(signUp).toBeVisible();
		server.freeze();
		await signUp.dblclick();
		await expect(host.getByText('1 change waiting')).toBeVisible();
		server.thaw();
		await expect(stage(host).getByText('You have a seat')).toBeVisible();
		await expect(host.getByText('waiting')).toHaveCount(0);
	});

	await test.step('a refusal that comes late is told, though its form is closed', async () => {
		await press(speaker, 'Speak on this date');
		await speaker.getByLabel('What you will speak about').fill('One-offs, and how to see them');
		await powerCut(server, [host], async () => {
			line.cut = true;
			await press(speaker, 'Take the date');
			await expect(speaker.getByText('1 change waiting')).toBeVisible();
			await press(speaker, 'Cancel');
		});
		await must(ines.guest, room.id, 'slots.claim', { slot: second, title: 'Cash is not profit' });
		line.cut = false;
		await expect(speaker.getByText('Ines Fontaine speaks on this date.')).toBeVisible({ timeout: 30_000 });
	});
});
