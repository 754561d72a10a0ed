import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** Runs a program of node_modules/.bin (or of the system), with our own output. Its exit code; 1 after a signal. */
export function run(
	program: string,
	args: readonly string[],
	root: string,
	env: Record<string, string> = {}
): Promise<number> {
	const child = spawn(program, args, {
		cwd: root,
		stdio: 'inherit',
		// The runtime of package.json first: programs that begin with `env node` shall not find an older one.
		env: { ...process.env, PATH: join(root, 'node_modules/.bin') + delimiter + process.env.PATH, ...env }
	});
	return new Promise((done, fail) => {
		child.once('error', (error) =>
			fail(new Error(`${program} could not be started. Run \`npm ci\` first.`, { cause: error }))
		);
		child.once('exit', (code) => done(code ?? 1));
	});
}
