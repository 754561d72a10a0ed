/** The demos in which something is tried that holds for all of them. */
import { demos, formatOf } from '#lib/formats/demos/index.ts';
import { formats } from '#lib/formats/index.ts';

/** A soak tries all; else as few as have every block between them. */
export function demosToTry(): string[] {
	return process.env.SOAK ? Object.keys(demos) : widest();
}

/** Demos in which every block is seen that is in any, in as few as are found by taking the widest first. */
function widest(): string[] {
	const blocksOf = (name: string) => Object.values(formats[formatOf(name)]!.blocks).map(({ block }) => block);
	const left = new Set(Object.keys(demos).flatMap(blocksOf));
	const chosen: string[] = [];
	while (left.size > 0) {
		const adds = (name: string) => new Set(blocksOf(name)).intersection(left).size;
		const next = Object.keys(demos).reduce((best, name) => (adds(name) > adds(best) ? name : best));
		chosen.push(next);
		for (const block of blocksOf(next)) left.delete(block);
	}
	return chosen;
}
