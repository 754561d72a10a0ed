import { byBlock } from './views.ts';

/** On the projector: no control, letters for the last row. */
export const projectors = byBlock(import.meta.glob('./*/Projector.svelte'));
