/** The production server, with every format that there is. */
import { declared } from './declared.ts';
import { serve } from './serve.ts';

await serve(declared);
