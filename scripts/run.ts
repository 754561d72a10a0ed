import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

interface Running {
	env?: Record<string, string>;
	/** Hears what it prints. Without it, that goes where ours goes. */
	hears?: ((text: string) => void) | undefined;
}

/** Runs a program of node_modules/.bin (or of the system). Its exit code; 1 after a signal. */
export function run(
	program: string,
	args: readonly string[],
	root: string,
	{ env = {}, hears }: Running = {}
): Promise<number> {
	const child = spawn(program, args, {
		cwd: root,
		stdio: hears ? ['ignore', 'pipe', 'pipe'] : 'inherit',
		// The runtime of package.json first: programs that begin with `env node` shall not find an older one.
		env: { ...process.env, PATH: join(root, 'node_modules/.bin') + delimiter + process.env.PATH, ...env }
	});
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding('utf8').on('data', (text: string) => hears?.(text));
	return new Promise((done, fail) => {
		child.once('error', (error) =>
			fail(new Error(`${program} could not be started. Run \`npm ci\` first.`, { cause: error }))
		);
		child.once('exit', (code) => {
			const end = () => done(code ?? 1);
			// what it printed last is heard first, unless something that it left behind holds the line open
			child.once('close', end);
			setTimeout(end, 2000);
		});
	});
}
