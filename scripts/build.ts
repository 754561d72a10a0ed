/** `npm run build`: SvelteKit's build, and a note of what it was made from (see stamp.ts). */
import { join } from 'node:path';
import { run } from './run.ts';
import { stampBuild } from './stamp.ts';

const root = join(import.meta.dirname, '..');
const code = await run('vite', ['build'], root);
if (code === 0) await stampBuild(root);
process.exitCode = code;
