/** Who sits with whom. */
import type { Group, Size } from './model.ts';

function named(parts: readonly string[][], size: Size, id: () => string): Group[] {
	return parts.map((members, index) => ({ id: id(), size, members, number: index + 1 }));
}

/** In groups of `size`, in the order given; one who is left over sits with the last ones, never alone. */
export function divide(people: readonly string[], size: Size, id: () => string): Group[] {
	if (size === 0 || people.length <= size) return named([[...people]], size, id);
	const parts: string[][] = [];
	for (let at = 0; at < people.length; at += size) parts.push(people.slice(at, at + size));
	const last = parts.at(-1)!;
	// Of three and one left over two pairs are made: nobody has to wait for a fourth turn.
	if (size === 3 && parts.length > 1 && last.length === 1) last.unshift(parts.at(-2)!.pop()!);
	// Two left over of four are a group of their own; one left over is not.
	if (parts.length > 1 && last.length === 1 && size > 1) parts.at(-2)!.push(...parts.pop()!);
	return named(parts, size, id);
}

/** Groups come together whole, until each is of `size`, or with a trio among them one more; whoever came meanwhile sits with the smallest. */
export function merged(
	groups: readonly Group[],
	size: Size,
	people: readonly string[],
	id: () => string
): Group[] {
	const here = new Set(people);
	const parts = [...groups]
		.sort((a, b) => a.number - b.number)
		.map(({ members }) => members.filter((person) => here.has(person)))
		.filter((members) => members.length > 0);
	const seated = new Set(parts.flat());
	const late = people.filter((person) => !seated.has(person));
	const together: string[][] = [];
	if (size === 0) together.push(parts.flat());
	else
		for (const part of parts) {
			const open = together.find((members) => members.length + part.length <= size + 1);
			if (open) open.push(...part);
			else together.push([...part]);
		}
	const alone =
		size === 0 ? undefined : together.length > 1 ? together.find(({ length }) => length === 1) : undefined;
	if (alone) {
		together.splice(together.indexOf(alone), 1);
		smallest(together).push(...alone);
	}
	if (together.length === 0) together.push([]);
	for (const person of late) smallest(together).push(person);
	return named(together, size, id);
}

const smallest = (parts: readonly string[][]): string[] =>
	parts.reduce((a, b) => (b.length < a.length ? b : a));
