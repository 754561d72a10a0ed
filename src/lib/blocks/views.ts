/** How a block looks: a component in its folder, loaded when a phase shows it. */
import type { Component } from 'svelte';
import type { Handle } from './block.ts';
import { byFolder } from './found.ts';

/** Null where there is none. */
export type View = () => Promise<{ default: Component<{ handle: Handle }> } | null>;

/** Of what `import.meta.glob` found, by the block's folder. */
export function byBlock(found: Record<string, unknown>): Readonly<Record<string, View>> {
	// what a folder's view takes, `svelte-check` sees there
	return byFolder(found as Record<string, View>);
}
