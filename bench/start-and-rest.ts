/** How long the built server takes to answer, and how much memory it holds when nobody is there. */
import { parseArgs } from 'node:util';
import { startServer } from '../tests/support/server.ts';
import { quantile, resident, wait } from './figures.ts';

const { values } = parseArgs({ options: { times: { type: 'string', default: '5' } } });

const starts: number[] = [];
// As package.json's `start` runs it.
const server = await startServer({ flags: ['--max-semi-space-size=4', '--optimize-for-size'] });
starts.push(server.startedIn);
for (let n = 1; n < Number(values.times); n++) {
	await server.restart();
	starts.push(server.startedIn);
}
// Long enough for start-up garbage to be collected if it ever is.
await wait(5000);
const memory = resident(server.pid);
await server.close();

console.log(
	`${starts.length} starts: median ${quantile(starts, 0.5).toFixed(0)} ms, ` +
		`slowest ${Math.max(...starts).toFixed(0)} ms until /readyz answers; ${memory.toFixed(0)} MB at rest`
);
