import type { Handle } from '#lib/blocks/block.ts';
import { createHandle } from './handle.ts';
import type { RoomClient } from './room.svelte.ts';

/** One handle an instance, made when first asked for. */
export function createHandles(room: RoomClient): (instance: string) => Handle {
	const handles = new Map<string, Handle>();
	return (instance) => {
		let handle = handles.get(instance);
		if (!handle) handles.set(instance, (handle = createHandle(room, instance)));
		return handle;
	};
}
