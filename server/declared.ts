/** The formats that there are with their demos, and the blocks that they are made of. */
import { blocks } from '#lib/blocks/rules.ts';
import { demos } from '#lib/formats/demos/index.ts';
import { formats } from '#lib/formats/index.ts';
import type { Declared } from './app.ts';

export const declared: Declared = { formats, blocks, demos };
