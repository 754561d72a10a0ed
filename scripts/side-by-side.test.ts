import { describe, expect, it } from 'vitest';
import { sideBySide, type Step } from './side-by-side.ts';

/** Runs steps whose ends the test decides; what happened, in order, and what was printed. */
function stage(steps: readonly Step[]) {
	const begun: string[] = [];
	const ends = new Map<string, () => void>();
	const says = new Map<string, (text: string) => void>();
	let printed = '';
	const over = sideBySide(
		steps,
		2,
		({ name }, say) => {
			begun.push(name);
			says.set(name, say);
			return new Promise((done) => ends.set(name, done));
		},
		(text) => void (printed += text)
	);
	return {
		begun,
		over,
		say: (name: string, text: string) => says.get(name)!(text),
		async end(name: string) {
			ends.get(name)!();
			await settled();
		},
		printed: () => printed
	};
}
const settled = () => new Promise((done) => setImmediate(done));

describe('steps side by side', () => {
	it('begin two at a time in their order, and none before what it comes after is over', async () => {
		const { begun, end, over } = stage([
			{ name: 'build' },
			{ name: 'server', after: ['build'] },
			{ name: 'format' },
			{ name: 'unit' }
		]);
		await settled();
		expect(begun).toEqual(['build', 'format']);
		await end('format');
		expect(begun).toEqual(['build', 'format', 'unit']);
		await end('build');
		expect(begun).toEqual(['build', 'format', 'unit', 'server']);
		await end('server');
		await end('unit');
		await over;
	});

	it('print each for itself: at once while nothing else runs, otherwise when it is over', async () => {
		const { say, end, printed, over } = stage([{ name: 'a' }, { name: 'b' }]);
		await settled();
		say('a', 'a1 ');
		say('b', 'b1 ');
		say('a', 'a2 ');
		expect(printed()).toBe('');
		await end('b');
		expect(printed()).toBe('b1 a1 a2 ');
		say('a', 'a3 ');
		expect(printed()).toBe('b1 a1 a2 a3 ');
		await end('a');
		await over;
		expect(printed()).toBe('b1 a1 a2 a3 ');
	});

	it('say so if they wait for each other', async () => {
		const { over } = stage([
			{ name: 'a', after: ['b'] },
			{ name: 'b', after: ['a'] }
		]);
		await expect(over).rejects.toThrow('Wait for each other: a, b.');
	});
});
