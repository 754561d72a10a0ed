/** What the groups brought to everybody. */
import { m } from '#lib/paraglide/messages.js';
import type { Report } from '../report.ts';
import { byGroup } from './brought.ts';
import type { GroupsRecord } from './model.ts';

export const report: Report = (tables, context) => {
	const { notes = {} } = tables as Partial<GroupsRecord>;
	const brought = byGroup(Object.values(notes));
	if (brought.length === 0) return [];
	return [
		{
			name: context.instance,
			heading: m.groups_report(),
			kind: 'list',
			entries: brought.flatMap(({ number, notes }) =>
				notes.map(({ id, text }) => ({
					item: id,
					said: text,
					by: null,
					about: [m.groups_number({ number })]
				}))
			)
		}
	];
};
