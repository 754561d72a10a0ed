import { defineBlock } from '../block.ts';
import { asking } from './asking.ts';
import { rehouse } from './ballots.ts';
import { matters } from './matters.ts';
import type { ListState } from './model.ts';
import { moderating } from './moderating.ts';
import { carry, due, facts, forget, ledger, own, publish } from './projections.ts';
import { queue } from './queue.ts';
import { settings, type Settings } from './settings.ts';
import { configured, initial } from './state.ts';

export const list = defineBlock<ListState, Settings>({
	name: 'list',
	settings,
	finds: {
		published: {
			// what was merged stands in another one
			items: { texts: ['text', 'answer.text', 'merged.*.text', 'note.text'], item: 'into' },
			replies: { texts: ['text'], item: 'item' }
		}
	},
	initial,
	commands: { ...asking, ...moderating, ...queue },
	publish,
	own,
	facts,
	ledger,
	matters,
	carry,
	configured,
	due,
	succeeded: rehouse,
	forget
});
