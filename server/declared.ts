/** The formats that there are, and their demos. */
import { demos } from '#lib/formats/demos/index.ts';
import { formats } from '#lib/formats/index.ts';
import type { Declared } from './app.ts';

export const declared: Declared = { formats, demos };
