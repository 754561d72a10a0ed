import { byBlock } from './views.ts';

/** In the middle of the room. On a phone the same, in one column. */
export const stages = byBlock(import.meta.glob('./*/Stage.svelte'));
