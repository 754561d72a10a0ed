/** Verbs that formats give together; for `allow(instance, verbs, roles)`. */

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

/** Of dates: what whoever plans them does. */
export const planning = ['open', 'change', 'cancel', 'restore'] as const;
