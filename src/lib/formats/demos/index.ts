/** Every format's demo, by the format's name. */
import type { Demo } from '../demo.ts';
import { lunchAndLearnDemo } from './lunch-and-learn.ts';

export const demos: Readonly<Record<string, Demo>> = {
	'lunch-and-learn': lunchAndLearnDemo
};
