/** Ways that somebody could go: several are written down before one is chosen, and advice waits to be asked for. */

/** What a format leaves out. The page reads the format's settings as they stand, so it needs these too. */
export const DEFAULTS = {
	/** Options there must be before one may be chosen. */
	least: 3,
	/** Roles that add one only after they were asked for a suggestion; one each time. */
	advisers: [] as string[],
	/** Options that one person may have standing at once. */
	most: 20
};

export type OptionsSettings = typeof DEFAULTS;

export type Option = {
	id: string;
	text: string;
	by: string;
	/** Given as the suggestion that was asked for. */
	suggested: boolean;
	at: number;
	/** The meeting in which it was written. */
	meeting: number;
	state: 'open' | 'chosen' | 'dropped';
};

/** Somebody would like a suggestion. */
export type Wish = { by: string; at: number };

export type OptionsState = {
	options: Record<string, Option>;
	wish: { now?: Wish };
};

export type OptionsRecord = OptionsState;
