/** Steps that take turns on a machine with few cores, and print as if each had run alone. */

export interface Step {
	name: string;
	/** Steps that have to be over before. */
	after?: readonly string[];
}

type Say = (text: string) => void;

/**
 * `atOnce` at a time in the order given; one that comes after what is not over yet lets those behind it go first. What a step
 * prints is held until it is over, so that it stands together; the only one that runs is heard at once.
 */
export async function sideBySide<S extends Step>(
	steps: readonly S[],
	atOnce: number,
	go: (step: S, say: Say) => Promise<void>,
	print: Say = (text) => void process.stdout.write(text)
): Promise<void> {
	const waiting = [...steps];
	const running = new Map<string, { ends: Promise<string>; held: string }>();

	const isReady = ({ after = [] }: S) =>
		!after.some((one) => running.has(one) || waiting.some(({ name }) => name === one));

	const letGo = (name: string) => {
		const one = running.get(name)!;
		print(one.held);
		one.held = '';
	};

	const begin = (step: S) => {
		const { name } = step;
		waiting.splice(waiting.indexOf(step), 1);
		const say: Say = (text) => {
			running.get(name)!.held += text;
			if (running.size === 1) letGo(name);
		};
		// first in the list, then begun: it may say something at once
		const ends = Promise.resolve()
			.then(() => go(step, say))
			.then(() => name);
		running.set(name, { ends, held: '' });
	};

	// whoever ends us wants to see how far it went
	const interrupted = () => {
		for (const name of running.keys()) letGo(name);
		process.exit(1);
	};
	process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
	for (;;) {
		for (let next; running.size < atOnce && (next = waiting.find(isReady));) begin(next);
		const [alone, ...others] = running.keys();
		if (alone === undefined) break;
		if (others.length === 0) letGo(alone);
		const over = await Promise.race([...running.values()].map(({ ends }) => ends));
		letGo(over);
		running.delete(over);
	}
	process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
	if (waiting.length > 0)
		throw new Error(`Wait for each other: ${waiting.map(({ name }) => name).join(', ')}.`);
}
