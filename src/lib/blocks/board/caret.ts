/** Where a caret at `at` in `before` belongs once somebody else's change has made `next` of the text. */
export function caretAfter(at: number, before: string, next: string): number {
	const shorter = Math.min(before.length, next.length);
	let start = 0;
	while (start < shorter && before[start] === next[start]) start++;
	if (at <= start) return at;
	let end = 0;
	while (end < shorter - start && before.at(-1 - end) === next.at(-1 - end)) end++;
	return at >= before.length - end ? at + next.length - before.length : Math.min(at, next.length - end);
}
