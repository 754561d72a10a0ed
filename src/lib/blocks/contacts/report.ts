import { m } from '#lib/paraglide/messages.js';
import { dayWords } from '../days.ts';
import type { Report } from '../report.ts';
import { DEFAULTS, type ContactsRecord, type ContactsSettings } from './model.ts';

export const report: Report = (tables, { instance, title, settings, locale }) => {
	const { contacts = {} } = tables as Partial<ContactsRecord>;
	const { wanted } = { ...DEFAULTS, ...(settings as Partial<ContactsSettings>) };
	const all = Object.values(contacts).sort(
		(a, b) => (a.met ?? '9').localeCompare(b.met ?? '9') || a.at - b.at
	);
	if (all.length === 0) return [];
	const met = all.filter((one) => one.met !== null).length;
	return [
		{
			name: instance,
			heading: title,
			kind: 'list',
			note: wanted === null ? m.contacts_met_count({ met }) : m.contacts_met_of({ met, wanted }),
			entries: all.map(({ id, name, why, through, met, learned, at }) => ({
				item: id,
				said: why ? `${name}: ${why}` : name,
				by: null,
				...(learned ? { reply: { said: learned, by: null } } : {}),
				state:
					met === null
						? { is: 'plain' as const, word: m.contacts_to_meet() }
						: { is: 'good' as const, word: m.contacts_met_at({ day: dayWords(met, locale) }) },
				about: through ? [m.contacts_through_name({ name: through })] : [],
				at
			}))
		}
	];
};
