/** A server of somebody who has added a format and a block: all that there are, and theirs. */
import { declared } from '../../server/declared.ts';
import { serve } from '../../server/serve.ts';
import { pulse } from '../blocks/pulse/rules.ts';
import { retroDemo } from '../formats/retro-demo.ts';
import { retroPulse } from '../formats/retro-pulse.ts';
import { retro } from '../formats/retro.ts';

await serve({
	formats: { ...declared.formats, retro, 'retro-pulse': retroPulse },
	blocks: { ...declared.blocks, pulse },
	demos: { ...declared.demos, retro: retroDemo }
});
