/** What is wrong with something that somebody entered; pages and the import put it into words. */
export type ProblemCode =
	| 'missing'
	| 'invalid'
	| 'too-long'
	| 'too-many'
	| 'language-unknown'
	| 'time-zone-unknown'
	| 'hours-unreadable'
	| 'yes-or-no'
	| 'capacity'
	| 'manager-unknown'
	| 'manager-self'
	| 'manager-loop'
	| 'duplicate'
	| 'cells';

export interface Problem {
	field: string;
	code: ProblemCode;
	/** The value at fault, the names in the loop, the line of the first. */
	detail?: string;
}

/** Why something was not done. */
export type Refused = { ok: false; status: 403 | 404 | 409 | 413 | 422; code: string; problems?: Problem[] };
export type Outcome<T> = { ok: true; value: T } | Refused;

export const refused = (status: Refused['status'], code: string, problems?: Problem[]): Refused => ({
	ok: false,
	status,
	code,
	...(problems ? { problems } : {})
});

export const administratorsOnly = refused(403, 'administrators-only');
