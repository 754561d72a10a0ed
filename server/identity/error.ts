type IdentityCode =
	| 'name-invalid'
	| 'email-invalid'
	| 'email-taken'
	| 'password-short'
	| 'password-long'
	| 'wrong-password'
	| 'too-many'
	| 'account-ready'
	| 'invited-only'
	| 'unavailable'
	| 'failed';

/** Why somebody could not come in. Pages translate the code; the message is for programs. */
export class IdentityError extends Error {
	override name = 'IdentityError';
	readonly code: IdentityCode;
	/** The form's field that is to blame. */
	readonly field: 'name' | 'email' | 'password' | undefined;
	/** HTTP status that fits. */
	readonly status: number;
	/** Seconds, with 'too-many'. */
	readonly retryAfter: number | undefined;

	constructor(
		code: IdentityCode,
		message: string,
		details: { field?: 'name' | 'email' | 'password'; status?: number; retryAfter?: number } = {}
	) {
		super(message);
		this.code = code;
		this.field = details.field;
		this.status = details.status ?? 422;
		this.retryAfter = details.retryAfter;
	}
}

export function tooMany(retryAfter: number): IdentityError {
	return new IdentityError('too-many', `Too many attempts; try again in ${retryAfter} s.`, {
		status: 429,
		retryAfter
	});
}

/** What better-auth answers, in our words. */
export function fromAuth(status: number, code: string | undefined): IdentityError {
	switch (code) {
		case 'INVALID_EMAIL_OR_PASSWORD':
		case 'INVALID_PASSWORD':
			return new IdentityError(
				'wrong-password',
				'The e-mail address and the password do not belong together.',
				{
					field: 'password',
					status: 401
				}
			);
		case 'USER_ALREADY_EXISTS':
		case 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL':
			return new IdentityError(
				'email-taken',
				'There is an account with this e-mail address: sign in instead.',
				{
					field: 'email'
				}
			);
		case 'PASSWORD_TOO_SHORT':
			return new IdentityError('password-short', 'The password must have at least 10 characters.', {
				field: 'password'
			});
		case 'PASSWORD_TOO_LONG':
			return new IdentityError('password-long', 'The password must have at most 128 characters.', {
				field: 'password'
			});
		case 'INVALID_EMAIL':
		case 'VALIDATION_ERROR':
			return new IdentityError('email-invalid', 'This is not an e-mail address.', { field: 'email' });
		case 'ACCOUNT_READY':
			return new IdentityError(
				'account-ready',
				'An account is ready for this address: use the link of your invitation.',
				{ field: 'email', status: 403 }
			);
		case 'INVITED_ONLY':
			return new IdentityError('invited-only', 'Accounts are for people who were invited.', { status: 403 });
		default:
			return new IdentityError('failed', `That did not work (${code ?? status}); try again.`, { status });
	}
}

/** The answer of an API endpoint; rethrows what is none of ours. */
export function refusal(error: unknown): Response {
	if (!(error instanceof IdentityError)) throw error;
	const { code, message, field, status, retryAfter } = error;
	const headers = retryAfter === undefined ? undefined : { 'retry-after': String(retryAfter) };
	return Response.json({ ok: false, error: { code, message, ...(field && { field }) } }, { status, headers });
}
