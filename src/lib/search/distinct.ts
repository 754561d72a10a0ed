/** Leaves out what says nothing that does not stand there already. Pure. */
import type { Finding } from '../../../server/search/search.ts';

type One = Pick<Finding, 'room' | 'meeting' | 'current' | 'instance' | 'parts'>;

const said = ({ parts }: One): string =>
	parts
		.map(({ text }) => text)
		.join('')
		.trim();

/**
 * `titles`: of the rooms that are listed above. What is only such a title again leads nowhere else. In one room the same
 * words in two parts are one thing and what became of it, an idea and the topic: told once, where it lives; in one part
 * they are two things if they are of two meetings. An excerpt that goes on may be of any.
 */
export function distinct<Any extends One>(findings: readonly Any[], titles: ReadonlySet<string>): Any[] {
	const kept = new Map<string, Any[]>();
	for (const one of [...findings.filter(({ current }) => current), ...findings.filter((it) => !it.current)]) {
		const words = said(one);
		if (titles.has(words)) continue;
		const key = JSON.stringify([one.room.id, words]);
		const before = kept.get(key) ?? [];
		const known = before.some(
			({ instance, current, meeting }) =>
				instance !== one.instance || (current ? one.current : meeting === one.meeting)
		);
		if (!known || words.includes('…')) kept.set(key, [...before, one]);
	}
	const all = new Set([...kept.values()].flat());
	return findings.filter((one) => all.has(one));
}
