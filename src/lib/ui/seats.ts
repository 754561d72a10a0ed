/** [x, y, radius] on a field of 32 × 32. */
type Chair = readonly [number, number, number];

interface Plan {
	/** The chairs of those who lead or present. */
	readonly lead: readonly Chair[];
	readonly chairs: readonly Chair[];
	/** Round tables and square ones: [x, y, width, height]. */
	readonly round?: readonly Chair[];
	readonly square?: readonly (readonly [number, number, number, number])[];
	readonly lines?: readonly { readonly d: string; readonly width?: number; readonly dash?: string }[];
}

/** A format's mark: its chairs seen from above. */
const plans = {
	'action-learning': {
		lead: [[16, 4.6, 3]],
		chairs: [
			[26.2, 11, 2.2],
			[25, 22.6, 2.2],
			[16, 27.4, 2.2],
			[7, 22.6, 2.2],
			[5.8, 11, 2.2]
		],
		round: [[16, 16, 5.5]]
	},
	coaching: {
		lead: [[12, 5.6, 3.2]],
		chairs: [[25.6, 19, 2.8]],
		square: [[5, 12, 14, 14]]
	},
	debate: {
		lead: [
			[5.6, 11.4, 2.4],
			[5.6, 18.6, 2.4]
		],
		chairs: [
			[26.4, 11.4, 2.4],
			[26.4, 18.6, 2.4],
			[16, 4.8, 2.4]
		],
		lines: [
			{ d: 'M10.5 9v12M21.5 9v12' },
			{ d: 'M5 28h.01M10.5 28h.01M16 28h.01M21.5 28h.01M27 28h.01', width: 2.8 }
		]
	},
	discussion: {
		lead: [
			[16, 4.8, 2.4],
			[25.7, 10.4, 2.4],
			[25.7, 21.6, 2.4],
			[16, 27.2, 2.4],
			[6.3, 21.6, 2.4],
			[6.3, 10.4, 2.4]
		],
		chairs: [],
		square: [[12, 12.4, 8, 7.2]]
	},
	'lunch-and-learn': {
		lead: [[16, 9.4, 3]],
		chairs: [
			[7, 19, 2],
			[13, 19, 2],
			[19, 19, 2],
			[25, 19, 2],
			[7, 26.5, 2],
			[13, 26.5, 2],
			[19, 26.5, 2],
			[25, 26.5, 2]
		],
		lines: [{ d: 'M9 3.5h14', width: 2.2 }]
	},
	'peer-mentor': {
		lead: [[8.5, 13.5, 3.2]],
		chairs: [[22.5, 23.5, 2.8]],
		lines: [{ d: 'M3.5 28.5c8-.5 5.5-9 12-11s5.5-9.5 12.5-14', dash: '3.2 3.2' }]
	},
	'peer-review': {
		lead: [[16, 17, 3.2]],
		chairs: [
			[16, 4.8, 2.2],
			[27, 13.2, 2.2],
			[22.8, 26.4, 2.2],
			[9.2, 26.4, 2.2],
			[5, 13.2, 2.2]
		],
		lines: [{ d: 'M16 7.5v5M24.4 14.1l-4.2 1.4M21.3 24.2l-2.7-3.6M10.7 24.2l2.7-3.6M7.6 14.1l4.2 1.4' }]
	}
} satisfies Record<string, Plan>;

/** The plan of a format by its name in the API; one that has no drawing yet gets an open circle of chairs. */
export function seatingPlan(format: string): Plan {
	const drawn: Readonly<Record<string, Plan>> = plans;
	return drawn[format] ?? { lead: [], chairs: plans['action-learning'].chairs };
}
