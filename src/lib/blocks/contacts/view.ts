/** What the views of the contacts look at. */
import type { Handle } from '../block.ts';
import { dayAt } from '../days.ts';
import { DEFAULTS, type Contact, type ContactsRecord, type ContactsSettings } from './model.ts';

export type ContactsHandle = Handle<ContactsRecord, null, null, Partial<ContactsSettings>>;

export interface Seen {
	settings: ContactsSettings;
	/** Those still to be met first, then in the order in which they were met. */
	contacts: Contact[];
	met: number;
	today: string;
}

export function seen(handle: ContactsHandle): Seen {
	const contacts = Object.values(handle.record.contacts ?? {}).sort(
		(a, b) => (a.met ?? '').localeCompare(b.met ?? '') || a.at - b.at
	);
	return {
		settings: { ...DEFAULTS, ...handle.settings },
		contacts,
		met: contacts.filter((one) => one.met !== null).length,
		today: dayAt(handle.now())
	};
}

export const mayChange = (handle: ContactsHandle, contact: Contact, verb: string): boolean =>
	!handle.frozen &&
	handle.may(verb) &&
	(contact.by === handle.me.id || seen(handle).settings.owners.includes(handle.me.role));
