import { m } from '#lib/paraglide/messages.js';
import type { Handle, Text } from '../block.ts';
import type { ReportedFact } from '../wish.ts';
import type { ProgrammeDesk, ProgrammeOwn, ProgrammeRecord } from './model.ts';
import type { Settings } from './settings.ts';

export type ProgrammeHandle = Handle<ProgrammeRecord, ProgrammeDesk, ProgrammeOwn, Settings>;

/** "3 of 4", "yes", "written". */
export function valueWords({ value, of, word }: ReportedFact, text: (text: Text) => string): string {
	if (word) return text(word);
	// of nothing there is no share
	if (value === null || (of === 0 && value === 0)) return '–';
	if (typeof value === 'boolean') return value ? m.programme_yes() : m.programme_no();
	return of === null || of === 0 ? String(value) : m.programme_fact_of({ value: String(value), of });
}
