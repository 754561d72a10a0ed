/**
 * Which of a round's entries say nearly the same: "4 of 5 wrote “slow” and “team”". What is told of them is true of
 * each to the letter: they share these words, or they are the same sentence.
 */
import { ALIKE, likeness, stems, wordsWith } from '../similar.ts';
import type { Alike } from './model.ts';

/** Longer texts share words by chance. */
const SHORT = 300;
/** More entries than this are read on no stage, and every pair is looked at. */
const MANY = 80;

interface Read {
	id: string;
	text: string;
	telling: ReadonlySet<string>;
}

interface Candidate {
	shared: ReadonlySet<string>;
	members: Read[];
}

/** Case, punctuation and spaces aside. */
const plain = (text: string) =>
	text
		.normalize('NFKC')
		.toLowerCase()
		.match(/[\p{L}\p{N}]+/gu)
		?.join(' ') ?? '';

/** Groups of two and more, the largest first; each entry is in one at most. */
export function alikeIn(entries: readonly { id: string; text: string }[]): Omit<Alike, 'round'>[] {
	if (entries.length > MANY) return [];
	let left: Read[] = entries
		.filter(({ text }) => text.length <= SHORT && plain(text) !== '')
		.map(({ id, text }) => ({ id, text, telling: stems(text) }));
	const groups: Omit<Alike, 'round'>[] = [];
	for (;;) {
		const best = largest(left);
		if (!best) return groups;
		groups.push({ entries: best.members.map(({ id }) => id), of: entries.length, ...whatIn(best) });
		left = left.filter((one) => !best.members.includes(one));
	}
}

function largest(among: readonly Read[]): Candidate | null {
	let best: Candidate | null = null;
	const tried = new Set<string>();
	for (const [index, one] of among.entries())
		for (const other of among.slice(index + 1)) {
			const candidate = between(one, other, among, tried);
			if (candidate && (!best || weight(candidate) > weight(best))) best = candidate;
		}
	return best;
}

/** Rather many entries than many words. */
const weight = ({ members, shared }: Candidate) => members.length * 1000 + shared.size;

/** Who else writes what these two have in common; null: too little, or tried before. */
function between(one: Read, other: Read, among: readonly Read[], tried: Set<string>): Candidate | null {
	if (plain(one.text) === plain(other.text)) {
		const members = among.filter(({ text }) => plain(text) === plain(one.text));
		if (one.telling.size < 2) return { shared: one.telling, members };
	}
	const shared = new Set([...one.telling].filter((word) => other.telling.has(word)));
	const key = [...shared].sort().join(' ');
	if (shared.size < 2 || tried.has(key)) return null;
	tried.add(key);
	const members = among.filter(
		({ telling }) => [...shared].every((word) => telling.has(word)) && likeness(shared, telling) >= ALIKE
	);
	return members.length > 1 ? { shared, members } : null;
}

function whatIn({ shared, members }: Candidate): Pick<Alike, 'same' | 'words'> {
	const [first, ...others] = members;
	if (others.every(({ text }) => plain(text) === plain(first!.text))) return { same: first!.text, words: [] };
	const shortest = members.reduce((short, one) => (one.text.length < short.text.length ? one : short));
	return { same: null, words: wordsWith(shortest.text, shared) };
}
