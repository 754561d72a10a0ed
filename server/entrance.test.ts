import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEntrance, TRIES, WRONG_CODES, type Entrance } from './entrance.ts';
import { createLimiter } from './identity/limits.ts';
import { hall, somebody } from './rooms/testing.ts';

const HOME = '203.0.113.1';
const ELSEWHERE = '198.51.100.1';

let house: Awaited<ReturnType<typeof hall>>;
let entrance: Entrance;
let ahead = 0;

beforeEach(async () => {
	house = await hall();
	ahead = 0;
	entrance = createEntrance({
		rooms: house.rooms,
		wrong: createLimiter({ ...WRONG_CODES, lifted: false }),
		tries: createLimiter({ ...TRIES, lifted: false }),
		now: () => Date.now() + ahead
	});
});
afterEach(() => house.rooms.close());

/** Tries so many codes that no room has. */
async function guess(count: number, address = HOME): Promise<void> {
	for (let n = 0; n < count; n++)
		await entrance.find(null, `${(1e6 + n).toString(36).toUpperCase()}22`.slice(0, 6), address);
}

const enter = (who: string, code: string, address = HOME) =>
	entrance.enter(somebody(who), code, null, address);

describe('the entrance', () => {
	it('stops whoever tries codes out, with right ones too, and for how long; people elsewhere come in', async () => {
		const room = await house.open();
		await guess(WRONG_CODES.points + 1);
		const stopped = await entrance.find(null, room.code, HOME);
		expect(stopped).toEqual({ room: null, wait: expect.any(Number) });
		expect(stopped.wait).toBeGreaterThan(0);
		expect(stopped.wait).toBeLessThanOrEqual(WRONG_CODES.seconds);
		// a right code is answered as a wrong one
		expect(await entrance.find(null, '222222', HOME)).toEqual({ room: null, wait: expect.any(Number) });
		expect(await enter('eve', room.code)).toMatchObject({
			ok: false,
			status: 429,
			refusal: { code: 'too_fast' },
			retryAfter: expect.any(Number)
		});
		expect(await enter('tom', room.code, ELSEWHERE)).toMatchObject({ ok: true });
	});

	it('lets a hall follow whoever came first from its address, however many codes were wrong', async () => {
		const room = await house.open();
		const other = await house.open();
		expect(await enter('first', room.code)).toMatchObject({ ok: true });
		await guess(WRONG_CODES.points + 1);
		for (let n = 0; n < 50; n++) expect(await enter(`p${n}`, room.code)).toMatchObject({ ok: true });
		expect(await enter('p1', other.code)).toMatchObject({ status: 429 });
		ahead = 11 * 60_000;
		expect(await enter('late', room.code)).toMatchObject({ status: 429 });
	});

	it('never stops those who are in a room already, nor anybody who has its id', async () => {
		const room = await house.open();
		await room.join('tom');
		await guess(WRONG_CODES.points + 1);
		const found = await entrance.find(somebody('tom'), room.code, HOME);
		expect(found).toMatchObject({ room: { id: room.id }, wait: 0 });
		expect(await entrance.find(null, room.id, HOME)).toMatchObject({ room: { id: room.id }, wait: 0 });
		expect(await entrance.find(somebody('eve'), room.code, HOME)).toMatchObject({ room: null });
	});

	it('counts neither right codes nor what is none', async () => {
		const room = await house.open();
		for (let n = 0; n <= WRONG_CODES.points; n++) {
			await entrance.find(null, room.code, HOME);
			expect(await entrance.find(null, `no code ${n} at all`, HOME)).toEqual({ room: null, wait: 0 });
		}
		expect(await enter('tom', room.code)).toMatchObject({ ok: true });
	});

	it('has an end to what is tried where others may follow, too', async () => {
		const room = await house.open();
		await enter('first', room.code);
		await guess(WRONG_CODES.points + TRIES.points + 2);
		expect(await enter('p1', room.code)).toMatchObject({ status: 429 });
		expect(await entrance.find(somebody('first'), room.code, HOME)).toMatchObject({ wait: 0 });
	});
});
