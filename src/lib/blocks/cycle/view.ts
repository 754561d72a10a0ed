import type { Handle } from '../block.ts';
import { DEFAULTS, type CycleDesk, type CycleRecord, type CycleSettings } from './model.ts';

export type CycleHandle = Handle<CycleRecord, CycleDesk, null, Partial<CycleSettings>>;

export const settingsOf = (handle: CycleHandle): CycleSettings => ({ ...DEFAULTS, ...handle.settings });
