/** What whoever starts a server as a process of its own needs: a port for it, and that it does not outlive us. */
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

const children = new Set<ChildProcess>();

function endThem() {
	for (const child of children) child.kill('SIGKILL');
}

/** Listens only while one runs: this is loaded once for each file of tests, and their process outlives them all. */
export function endWithUs(child: ChildProcess): void {
	if (children.size === 0) process.on('exit', endThem);
	children.add(child);
	child.once('exit', () => {
		children.delete(child);
		if (children.size === 0) process.off('exit', endThem);
	});
}

/** Another process may take it in between; with a handful of test servers it does not happen. */
export async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
	const { port } = probe.address() as AddressInfo;
	await new Promise<void>((done) => probe.close(() => done()));
	return port;
}
