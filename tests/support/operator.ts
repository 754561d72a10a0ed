import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** An operator's command as a process of its own, as npm runs it: its exit code and all that it printed. */
export function operate(
	dataDir: string,
	args: readonly string[],
	env: Record<string, string> = {}
): Promise<{ code: number | null; said: string }> {
	const child = spawn(process.execPath, [join(root, 'server/operator.ts'), ...args], {
		cwd: root,
		env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', DATA_DIR: dataDir, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const said: string[] = [];
	child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
	return new Promise((done, fail) => {
		child.once('error', fail);
		child.once('close', (code) => done({ code, said: said.join('') }));
	});
}
