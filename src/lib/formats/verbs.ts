/** Verbs that formats give together; for `allow(instance, verbs, roles)`. */

/** Of a form, a seal, a list: to give an entry, and to take it back. */
export const submitting = ['submit', 'withdraw'] as const;

/** Of a list: what whoever moderates does with entries, whenever they come. */
export const moderating = [
	'approve',
	'return',
	'dismiss',
	'archive',
	'restore',
	'merge',
	'unmerge',
	'label',
	'pin',
	'star',
	'order',
	'approveFirst'
] as const;

/** Of a list that nobody approves. */
export const tidying = ['archive', 'dismiss', 'restore', 'merge', 'unmerge'] as const;

/** Of actions: what their owners do with them; the rule knows whose they are. */
export const keeping = ['edit', 'done', 'drop', 'reopen'] as const;

/** Of a plan, contacts, meetings, options, a template: what whoever looks after its items does. */
export const upkeep = ['add', 'edit', 'drop', 'restore'] as const;

/** Of goals: what whoever they belong to does, besides rating and looking at them. */
export const owning = ['add', 'edit', 'settle', 'drop', 'reopen', 'retract'] as const;

/** Of a floor: to ask for a turn, to have it and to give it up. */
export const talking = ['raise', 'lower', 'decline', 'start', 'stop', 'drop'] as const;

/** Of a floor: what whoever leads the talk does with others' turns. */
export const leadingTurns = ['invite', 'call', 'dismiss', 'place', 'unplace'] as const;

/** Of groups: to sit down with one and write there. */
export const sitting = ['join', 'write', 'reword', 'drop'] as const;

/** Of the roster: to ask somebody to take a role, in the room or in the directory. */
export const offering = ['offer', 'invite', 'recall'] as const;

/** Of dates: what whoever plans them does. */
export const planning = ['open', 'change', 'cancel', 'restore'] as const;
