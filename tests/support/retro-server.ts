/** A server of somebody who has added a format: every one there is, and theirs. */
import { declared } from '../../server/declared.ts';
import { serve } from '../../server/serve.ts';
import { retroDemo } from '../formats/retro-demo.ts';
import { retro } from '../formats/retro.ts';

await serve({
	formats: { ...declared.formats, retro },
	demos: { ...declared.demos, retro: retroDemo }
});
