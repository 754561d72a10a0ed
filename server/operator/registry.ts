import { blocks } from '#lib/blocks/rules.ts';
import { formats } from '#lib/formats/index.ts';
import type { Registry } from '../rooms/world.ts';

export const registry: Registry = { formats, blocks };
