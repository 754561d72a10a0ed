import type { Holds } from '../testing.ts';
import type { ContactsRecord, ContactsState } from './model.ts';

export const holds: Holds<ContactsState, ContactsRecord> = (state, { record }) => {
	const wrong: string[] = [];
	const standing = Object.values(state.contacts).filter(({ dropped }) => !dropped);
	const shown = Object.keys(record.contacts ?? {});
	if (shown.length !== standing.length)
		wrong.push(`${shown.length} of ${standing.length} contacts are shown`);
	if (standing.some(({ name }) => name === '')) wrong.push('somebody without a name');
	return wrong;
};
