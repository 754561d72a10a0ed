import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unsaved } from './unsaved.ts';

function connected(before = 0): Unsaved {
	const unsaved = new Unsaved(before);
	unsaved.opened();
	unsaved.answered();
	unsaved.acknowledged(1);
	return unsaved;
}

const change = (unsaved: Unsaved) => {
	unsaved.made();
	unsaved.sent();
};

describe('what is not saved', () => {
	it('is nothing at first, and every change until it is acknowledged', () => {
		const unsaved = connected();
		expect(unsaved.count).toBe(0);
		change(unsaved);
		change(unsaved);
		change(unsaved);
		expect(unsaved.count).toBe(3);
		unsaved.acknowledged(3);
		expect(unsaved.count).toBe(1);
		unsaved.acknowledged(4);
		expect(unsaved.count).toBe(0);
	});

	it('counts without a line, and goes out as one when there is one again', () => {
		const unsaved = connected();
		for (let n = 0; n < 5; n++) unsaved.made();
		expect(unsaved.count).toBe(5);
		unsaved.opened();
		expect(unsaved.count).toBe(5);
		unsaved.answered();
		unsaved.acknowledged(1);
		expect(unsaved.count).toBe(0);
	});

	it('does not take for saved what only a later change was acknowledged of', () => {
		const unsaved = connected();
		for (let n = 0; n < 5; n++) unsaved.made();
		unsaved.opened();
		// typed before the server asked what it lacks
		change(unsaved);
		unsaved.acknowledged(1);
		expect(unsaved.count).toBe(6);
		unsaved.answered();
		unsaved.acknowledged(2);
		expect(unsaved.count).toBe(0);
	});

	it('is what an earlier page left, until the server has it', () => {
		const unsaved = new Unsaved(3);
		expect(unsaved.count).toBe(3);
		unsaved.opened();
		unsaved.answered();
		unsaved.acknowledged(1);
		expect(unsaved.count).toBe(0);
	});

	it('is at least something where the server lacks something', () => {
		const unsaved = new Unsaved();
		unsaved.opened();
		unsaved.lacking();
		unsaved.lacking();
		expect(unsaved.count).toBe(1);
		unsaved.answered();
		unsaved.acknowledged(1);
		expect(unsaved.count).toBe(0);
	});

	it('takes no acknowledgement of another connection for its own', () => {
		const unsaved = connected();
		change(unsaved);
		change(unsaved);
		unsaved.opened();
		unsaved.answered();
		unsaved.acknowledged(0);
		expect(unsaved.count).toBe(2);
	});

	/** A server that keeps what reaches it, and says so late, or never. */
	it('never says saved of what the server does not have, whatever happens in whatever order', () => {
		const step = fc.oneof(
			{ weight: 5, arbitrary: fc.constant('change' as const) },
			{ weight: 3, arbitrary: fc.constant('acknowledge' as const) },
			{ weight: 2, arbitrary: fc.constant('drop' as const) },
			{ weight: 2, arbitrary: fc.constant('connect' as const) },
			{ weight: 2, arbitrary: fc.constant('ask' as const) }
		);
		fc.assert(
			fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
				const unsaved = new Unsaved();
				let made = 0;
				let line = false;
				let answered = false;
				/** By message: the changes that it carries. */
				let out: number[][] = [];
				let read = 0;
				const kept = new Set<number>();
				const all = () => Array.from({ length: made }, (_, index) => index + 1);
				for (const one of steps) {
					if (one === 'change') {
						made++;
						unsaved.made();
						if (line) {
							unsaved.sent();
							out.push([made]);
						}
					} else if (one === 'connect' && !line) {
						line = true;
						answered = false;
						out = [];
						read = 0;
						unsaved.opened();
					} else if (one === 'ask' && line && !answered) {
						answered = true;
						unsaved.answered();
						out.push(all());
					} else if (one === 'acknowledge' && line && read < out.length) {
						for (const change of out[read++]!) kept.add(change);
						unsaved.acknowledged(read);
					} else if (one === 'drop') line = false;
					expect(unsaved.count).toBeGreaterThanOrEqual(made - kept.size);
				}
				if (!line) unsaved.opened();
				unsaved.answered();
				unsaved.acknowledged((line ? out.length : 0) + 1);
				expect(unsaved.count).toBe(0);
			}),
			{ numRuns: 300 }
		);
	});
});
