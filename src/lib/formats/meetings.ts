/** When a group meets next: an instance `dates`, for formats to declare. */
import { allow, text, type Permissions, type Use, type Who } from './format.ts';
import { planning } from './verbs.ts';

/** Everybody in these roles is expected. */
export const meetings = (expects: readonly string[], minutes: number): Use => ({
	block: 'slots',
	scope: 'room',
	name: text('Next meeting', 'Nächstes Treffen'),
	settings: { expects: [...expects], minutes, talks: false }
});

export const planningMeetings = (leads: Who, group: Who): Permissions => ({
	...allow('dates', planning, leads),
	'dates.seen': group
});
