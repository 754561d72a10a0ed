import type { IdentityError } from '../../../server/identity/error.ts';

/** What went wrong, in a shape that can be sent to the page. */
export interface Problem {
	code: IdentityError['code'];
	/** In English, for programs. */
	message: string;
	field: IdentityError['field'] | null;
	status: number;
	/** Seconds to wait, with 'too-many'. */
	wait: number | null;
}

export type Attempt<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** Runs one of identity's verbs; its refusals come back as a value, other errors are thrown on. */
export async function attempt<T>(act: () => Promise<T>): Promise<Attempt<T>> {
	try {
		return { ok: true, value: await act() };
	} catch (error) {
		if (!isRefusal(error)) throw error;
		const { code, message, field, status, retryAfter } = error;
		const problem = { code, message, field: field ?? null, status, wait: retryAfter ?? null };
		return { ok: false, problem };
	}
}

/** By name: in production the class is loaded twice, so `instanceof` would not hold. */
function isRefusal(error: unknown): error is IdentityError {
	return error instanceof Error && error.name === 'IdentityError';
}
