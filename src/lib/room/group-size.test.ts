import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { formats } from '#lib/formats/index.ts';
import { resolve, roomSettings } from '#lib/formats/resolve.ts';
import { groupSize } from './group-size.ts';

const settings = v.parse(roomSettings, {});
const sized = (format: string, preset: string | null, counts: Record<string, number>) =>
	groupSize(resolve(formats[format]!, preset, settings), counts);

describe('the number of people in a room', () => {
	it('is right for a Troika of three, and wrong below and above', () => {
		const trio = { coach: 1, presenter: 1, member: 1 };
		expect(sized('action-learning', 'troika', trio)).toEqual({ people: 3, is: 'right' });
		expect(sized('action-learning', 'troika', { coach: 1, presenter: 1 })).toMatchObject({ is: 'few' });
		expect(sized('action-learning', 'troika', { ...trio, member: 2 })).toMatchObject({ is: 'many' });
	});

	it('counts nobody who stands outside: three and a sponsor are too few for a set', () => {
		expect(sized('action-learning', null, { coach: 1, presenter: 1, member: 1, sponsor: 2 })).toEqual({
			people: 3,
			is: 'few'
		});
	});

	it('counts nobody who only watches', () => {
		expect(sized('discussion', null, { facilitator: 1, participant: 11, observer: 5 })).toEqual({
			people: 12,
			is: 'right'
		});
	});

	it('counts a crowd that takes part', () => {
		expect(sized('debate', null, { chair: 1, audience: 6 })).toEqual({ people: 7, is: 'right' });
	});
});
