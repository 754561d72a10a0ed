/** Every block's views, by its folder's name; loaded when a phase shows them. */
import type { Component } from 'svelte';
import type { Handle } from './block.ts';

export type View = () => Promise<{ default: Component<{ handle: Handle }> }>;

export interface Views {
	/** In the middle of the room. On a phone the same, in one column. */
	stage?: View;
	/** A section at the side: one `PanelSection`. */
	panel?: View;
	/** On the projector: no control, letters for the last row. */
	projector?: View;
}

export const views: Readonly<Record<string, Views>> = {
	agenda: {
		stage: () => import('./agenda/Stage.svelte'),
		panel: () => import('./agenda/Panel.svelte')
	},
	roster: {
		stage: () => import('./roster/Stage.svelte'),
		panel: () => import('./roster/Panel.svelte')
	},
	actions: {
		stage: () => import('./actions/Stage.svelte'),
		panel: () => import('./actions/Panel.svelte'),
		projector: () => import('./actions/Projector.svelte')
	},
	goals: {
		stage: () => import('./goals/Stage.svelte'),
		panel: () => import('./goals/Panel.svelte'),
		projector: () => import('./goals/Projector.svelte')
	},
	options: {
		stage: () => import('./options/Stage.svelte'),
		panel: () => import('./options/Panel.svelte'),
		projector: () => import('./options/Projector.svelte')
	},
	board: {
		stage: () => import('./board/Stage.svelte'),
		panel: () => import('./board/Panel.svelte'),
		projector: () => import('./board/Projector.svelte')
	},
	cycle: {
		stage: () => import('./cycle/Stage.svelte'),
		panel: () => import('./cycle/Panel.svelte')
	},
	evidence: {
		stage: () => import('./evidence/Stage.svelte'),
		panel: () => import('./evidence/Panel.svelte'),
		projector: () => import('./evidence/Projector.svelte')
	},
	form: {
		stage: () => import('./form/Stage.svelte'),
		panel: () => import('./form/Panel.svelte'),
		projector: () => import('./form/Projector.svelte')
	},
	seal: {
		stage: () => import('./seal/Stage.svelte'),
		panel: () => import('./seal/Panel.svelte'),
		projector: () => import('./seal/Projector.svelte')
	},
	groups: {
		stage: () => import('./groups/Stage.svelte'),
		panel: () => import('./groups/Panel.svelte'),
		projector: () => import('./groups/Projector.svelte')
	},
	list: {
		stage: () => import('./list/Stage.svelte'),
		panel: () => import('./list/Panel.svelte'),
		projector: () => import('./list/Projector.svelte')
	},
	floor: {
		stage: () => import('./floor/Stage.svelte'),
		panel: () => import('./floor/Panel.svelte'),
		projector: () => import('./floor/Projector.svelte')
	},
	pairing: {
		stage: () => import('./pairing/Stage.svelte')
	},
	plan: {
		stage: () => import('./plan/Stage.svelte'),
		panel: () => import('./plan/Panel.svelte')
	},
	meetings: {
		stage: () => import('./meetings/Stage.svelte'),
		panel: () => import('./meetings/Panel.svelte')
	},
	contacts: {
		stage: () => import('./contacts/Stage.svelte'),
		panel: () => import('./contacts/Panel.svelte')
	},
	programme: {
		stage: () => import('./programme/Stage.svelte'),
		panel: () => import('./programme/Panel.svelte')
	},
	slots: {
		stage: () => import('./slots/Stage.svelte'),
		panel: () => import('./slots/Panel.svelte'),
		projector: () => import('./slots/Projector.svelte')
	},
	reviews: {
		stage: () => import('./reviews/Stage.svelte'),
		panel: () => import('./reviews/Panel.svelte')
	},
	poll: {
		stage: () => import('./poll/Stage.svelte'),
		panel: () => import('./poll/Panel.svelte'),
		projector: () => import('./poll/Projector.svelte')
	}
};
