/** What commands and settings carry in many blocks. */
import * as v from 'valibot';
import { isDay } from './fields.ts';

/** Of a person, an entry, a turn. */
export const id = v.pipe(v.string(), v.maxLength(64));

/** What somebody says; may be empty. */
export const words = (most: number) => v.pipe(v.string(), v.trim(), v.maxLength(most));

/** A day, as 2026-05-14. */
export const day = v.pipe(
	v.string('Choose a day, such as 2026-05-14.'),
	v.check((given) => isDay(given), 'Choose a day, such as 2026-05-14.')
);
