/** What can be said of how a group talks, from its turns. */
import type { Member } from '../block.ts';
import type { Amber, Figures, Turn } from './model.ts';
import type { Settings } from './settings.ts';

/** J = −Σ pᵢ·ln pᵢ / ln n: 1 is even, 0 one person alone; n counts the silent too. Null without turns or others. */
export function balance(counts: readonly number[]): number | null {
	const all = counts.reduce((sum, count) => sum + count, 0);
	if (all === 0 || counts.length < 2) return null;
	const entropy = counts
		.filter((count) => count > 0)
		.reduce((sum, count) => sum - (count / all) * Math.log(count / all), 0);
	return hundredths(entropy / Math.log(counts.length));
}

/** Questions of questions and unprompted statements; answers are neither. */
export function ratio(questions: number, statements: number): number | null {
	return questions + statements === 0 ? null : hundredths(questions / (questions + statements));
}

/** Is there mostly asking? Of what was counted, not of what is shown: 0.896 rounds to 0.9 and is none. */
export function mostlyAsks(
	{ questions, statements }: Pick<Figures, 'questions' | 'statements'>,
	{ goodRatio }: Pick<Settings, 'goodRatio'>
): boolean {
	return questions >= goodRatio * (questions + statements);
}

function hundredths(value: number): number {
	return Math.round(value * 100) / 100;
}

/** Turns by person, of those who count: whoever could speak, and whoever did and has left since. */
export function turnsByPerson(
	turns: Readonly<Record<string, Turn>>,
	people: Readonly<Record<string, Member>>,
	counts: (role: string) => boolean
): Map<string, number> {
	const by = new Map<string, number>();
	for (const person of Object.values(people)) if (counts(person.role)) by.set(person.id, 0);
	for (const turn of Object.values(turns))
		if (counts(turn.role)) by.set(turn.person, (by.get(turn.person) ?? 0) + 1);
	return by;
}

export function figures(turns: Readonly<Record<string, Turn>>, by: ReadonlyMap<string, number>): Figures {
	const counted = Object.values(turns).filter((turn) => by.has(turn.person));
	const questions = counted.filter((turn) => turn.tag === 'question').length;
	const statements = counted.filter((turn) => turn.tag === 'statement').length;
	return {
		balance: balance([...by.values()]),
		turns: counted.length,
		people: by.size,
		questions,
		statements,
		ratio: ratio(questions, statements)
	};
}

export function amber(by: ReadonlyMap<string, number>, limits: Settings['amber']): Amber | null {
	const all = [...by.values()].reduce((sum, count) => sum + count, 0);
	const even = balance([...by.values()]);
	if (even === null || all < limits.from) return null;
	const [loudest, most] = [...by].reduce((a, b) => (b[1] > a[1] ? b : a));
	const share = hundredths(most / all);
	// Two people cannot both stay below 40 %.
	const tooMuch = most / all > Math.max(limits.share, 1.2 / by.size);
	if (even >= limits.balance && !tooMuch) return null;
	const least = Math.min(...by.values());
	const quiet = [...by].filter(([, count]) => count === least).map(([person]) => person);
	return { why: even < limits.balance ? 'balance' : 'share', balance: even, loudest, share, quiet };
}
