export type PulseState = {
	/** By person. Never published: a pulse is anonymous. */
	taps: Record<string, number>;
};
export type PulseRecord = { figures: { now?: { average: number; of: number } } };
export type PulseOwn = { mine: number | null };

/** Nothing is shown of fewer people than `least`; `to` is the best that can be tapped. */
export type PulseSettings = { least: number; to: number };
/** What a format may leave out. A view is given what the format says, without them. */
export const DEFAULTS: PulseSettings = { least: 3, to: 5 };
