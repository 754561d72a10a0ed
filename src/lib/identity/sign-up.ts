/** How an account is made by a form. */
import { attempt, type Attempt } from './attempt.ts';
import type { Entered, Identity } from '../../../server/identity/identity.ts';

type Input = Parameters<Identity['signUp']>[0];
type Visit = Parameters<Identity['signUp']>[1];

/** Sent again because its answer was lost, the account is there: whoever has its password comes in. `made`: only now. */
export async function signedUp(
	identity: Pick<Identity, 'signUp' | 'signIn'>,
	input: Input,
	visit: Visit
): Promise<Attempt<Entered & { made: boolean }>> {
	const made = await attempt(() => identity.signUp(input, visit));
	if (made.ok) return { ok: true, value: { ...made.value, made: true } };
	if (made.problem.code !== 'email-taken') return made;
	const { email, password } = input;
	const known = await attempt(() => identity.signIn({ email, password }, visit));
	return known.ok ? { ok: true, value: { ...known.value, made: false } } : made;
}
