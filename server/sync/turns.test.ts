import { expect, it } from 'vitest';
import { fakeClock } from '../storage/testing/clock.ts';
import { Rate } from './rate.ts';
import { Turns, type Sender } from './turns.ts';

/** Somebody each of whose messages takes so many milliseconds, and counts for as many units of work. */
function senders() {
	const clock = fakeClock();
	const turns = new Turns(clock);
	const heard: string[] = [];
	const sender = (name: string, takes: number, messages: number, spent = 0): Sender => {
		const work = new Rate(clock, 50, 500);
		work.charge(spent);
		const it: Sender = {
			work,
			next() {
				heard.push(name);
				// nothing else happens meanwhile
				clock.set(clock.now() + takes);
				work.charge(takes);
				if (--messages > 0) turns.wait(it);
			}
		};
		return it;
	};
	return { clock, turns, heard, sender };
}

it('V9: who has made less work comes first, whoever came first and however much the others send', () => {
	const { clock, turns, heard, sender } = senders();
	turns.wait(sender('eve', 20, 50, 100));
	turns.wait(sender('mallory', 20, 50, 200));
	clock.advance(1);
	turns.wait(sender('tom', 0, 3));
	expect(turns.isFree(new Rate(clock, 50, 500))).toBe(false);
	const before = heard.length;
	clock.advance(50);
	// at most what had begun comes before
	expect(heard.slice(before, before + 3)).toEqual(['tom', 'tom', 'tom']);
	expect(heard.filter((name) => name === 'eve').length).toBeGreaterThan(0);
});

it('V9: half of the time is for other things, however much waits', () => {
	const { clock, turns, heard, sender } = senders();
	turns.wait(sender('eve', 2, 1000));
	const begun = clock.now();
	clock.advance(400);
	const took = heard.length * 2;
	expect(took).toBeGreaterThan(100);
	expect(took).toBeLessThan((clock.now() - begun) * 0.6);
});

it('V6: who has made too much work waits until that is paid off, and leaves nothing behind when they go', () => {
	const { clock, turns, heard, sender } = senders();
	const [eve, mallory] = [sender('eve', 1, 1, 549), sender('mallory', 1, 1, 549)];
	turns.wait(eve);
	turns.wait(mallory);
	clock.advance(900);
	expect(heard).toEqual([]);
	turns.leave(mallory);
	clock.advance(200);
	expect(heard).toEqual(['eve']);
	expect(clock.waiting).toBe(0);
});
