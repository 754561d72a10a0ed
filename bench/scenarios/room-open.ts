import { createRoom, must, type Guest } from '../../tests/support/api.ts';
import { nowIn, toTheBoard } from '../../tests/support/opened.ts';
import { DESK, launch, PHONE, sit } from '../browser.ts';
import { quantile } from '../figures.ts';
import { atMost, ms, type Section } from '../report.ts';
import { startPeerloom } from '../subjects.ts';

const seats = {
	'action learning at the board, 1440 px': { format: 'action-learning', phase: 'P5', options: DESK },
	'debate, opening speeches, 1440 px': { format: 'debate', phase: 'P2', options: DESK },
	'lunch and learn, questions, 360 px': { format: 'lunch-and-learn', phase: 'P5', options: PHONE }
} as const;

type Seat = (typeof seats)[keyof typeof seats];

/** From the address to a room that answers, with nothing cached: a new browser context each time. */
export async function roomOpen(times: number): Promise<Section> {
	const subject = await startPeerloom();
	const browser = await launch();
	const rows: string[][] = [];
	let slowest = 0;
	try {
		for (const [name, seat] of Object.entries(seats)) {
			const first = await sit(browser, subject.server.origin, 'Host', seat.options);
			const url = await roomIn(first.guest, seat);
			const answers: number[] = [];
			const paints: number[] = [];
			// the first opening warms the server up and does not count
			for (let n = 0; n <= times; n++) {
				const { page, guest } = await sit(browser, subject.server.origin, `Guest ${n}`, seat.options);
				await page.request.post(`/api/rooms/${url.slice(-6)}/join`, {
					data: {},
					headers: { origin: subject.server.origin, authorization: `Bearer ${guest.token}` }
				});
				await page.goto(url, { waitUntil: 'commit' });
				await page.waitForFunction(() => performance.getEntriesByName('peerloom:answers').length > 0);
				const { answer, paint } = await page.evaluate(() => ({
					answer: performance.getEntriesByName('peerloom:answers')[0]!.startTime,
					paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN
				}));
				if (n > 0) answers.push(answer);
				if (n > 0) paints.push(paint);
				await page.context().close();
			}
			const median = quantile(answers, 0.5);
			slowest = Math.max(slowest, median);
			rows.push([name, ms(quantile(paints, 0.5)), ms(median), ms(Math.max(...answers))]);
			await first.page.context().close();
		}
	} finally {
		await browser.close();
		await subject.close();
	}
	return {
		title: 'Opening a room, in a real browser',
		about:
			`Headless Chromium on the machine of the server; ${times} openings each in a new context, so that nothing is ` +
			`cached. A room answers when its documents are there and its stage is drawn (the mark \`peerloom:answers\`).`,
		columns: ['room', 'first picture ms', 'answers ms (median)', 'slowest ms'],
		rows,
		says: [
			`A cold open answers within ${ms(slowest)} ms in the median of the slowest room ` +
				`${atMost(slowest, 1000, 'ms', 'browser and server share two cores')}.`
		]
	};
}

/** A room in that phase; its address. */
async function roomIn(host: Guest, { format, phase }: Seat): Promise<string> {
	const joined = await createRoom(host, { title: 'Opened often', format });
	const { room } = joined;
	const opened = { ...joined, host, notes: '', record: 'm1/record' };
	if (format === 'debate') {
		await must(host, room.id, 'evidence.motion', {
			text: 'This bank should let staff draft letters.',
			terms: ''
		});
	}
	if (format === 'action-learning') {
		await toTheBoard(opened);
		return room.url;
	}
	let now = await nowIn(opened);
	await must(host, room.id, 'agenda.start', { expects: now.run });
	while ((now = await nowIn(opened)).phase !== phase) {
		await must(host, room.id, 'agenda.advance', { expects: now.run });
	}
	return room.url;
}
