import { describe, expect, it } from 'vitest';
import { blankProfile } from '#lib/blocks/profile.ts';
import { readProfile, type ProfileTexts } from './profile-input.ts';

const read = (texts: ProfileTexts) => readProfile(texts, blankProfile);

describe('a profile from texts', () => {
	it('keeps lists without repetition, languages as codes and time zones as IANA writes them', () => {
		const { data, problems } = read({
			job: '  Fraud \u202e analyst ',
			languages: 'Deutsch; English, de',
			timeZone: 'europe/berlin',
			offers: 'SQL, sql; Excel',
			mentoring: 'Ja',
			capacity: '3'
		});
		expect(problems).toEqual([]);
		expect(data).toMatchObject({
			job: 'Fraud analyst',
			languages: ['de', 'en'],
			timeZone: 'Europe/Berlin',
			offers: ['SQL', 'Excel'],
			mentoring: { open: true, capacity: 3 }
		});
	});

	it('leaves alone what is not given, and clears what is given empty', () => {
		const before = { ...blankProfile, team: 'Claims', offers: ['SQL'], timeZone: 'Europe/Berlin' };
		expect(readProfile({}, before).data).toEqual(before);
		const { data } = readProfile({ team: '', offers: '', timeZone: '' }, before);
		expect(data).toMatchObject({ team: null, offers: [], timeZone: null });
	});

	it.each([
		['job', 'x'.repeat(81), 'too-long'],
		['offers', 'x'.repeat(81), 'too-long'],
		['wants', Array.from({ length: 21 }, (_, n) => `w${n}`).join(','), 'too-many'],
		['languages', 'Klingonisch', 'language-unknown'],
		['languages', 'en; zzz', 'language-unknown'],
		['timeZone', 'Berlin', 'time-zone-unknown'],
		['timeZone', '+02:00', 'time-zone-unknown'],
		['hours', 'whenever', 'hours-unreadable'],
		['mentoring', 'perhaps', 'yes-or-no'],
		['capacity', '0', 'capacity'],
		['capacity', '11', 'capacity'],
		['capacity', '2.5', 'capacity'],
		['capacity', 'two', 'capacity']
	])('says what is wrong with %s: %s', (field, text, code) => {
		expect(read({ [field]: text }).problems).toMatchObject([{ field, code }]);
	});
});
