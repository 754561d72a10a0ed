import { byBlock } from './views.ts';

/** A section at the side: one `PanelSection`. */
export const panels = byBlock(import.meta.glob('./*/Panel.svelte'));
