/** Every format's demo, by the format's name. */
import type { Demo } from '../demo.ts';

export const demos: Readonly<Record<string, Demo>> = {};
