import { defineBlock } from '../block.ts';
import { course, due } from './course.ts';
import { matters } from './matters.ts';
import type { SlotsState } from './model.ts';
import { opening } from './opening.ts';
import { appointments, facts, forget, own, publish, succeeded } from './projections.ts';
import { settings, type Settings } from './settings.ts';
import { signing } from './signing.ts';
import { speaking } from './speaking.ts';

export const slots = defineBlock<SlotsState, Settings>({
	name: 'slots',
	settings,
	finds: {
		published: { slots: { texts: ['talk.title', 'talk.takeaways.*', 'talk.exercise', 'talk.links'] } }
	},
	initial: () => ({ slots: {}, seats: {}, notices: {}, spoken: {} }),
	commands: { ...opening, ...speaking, ...signing, ...course },
	publish,
	own,
	facts,
	appointments,
	matters,
	due,
	succeeded,
	forget
});
