/** What a format may set, and what holds where it sets nothing: for the rules, and for views, which get it raw. */
import { SIDES, type Side } from './model.ts';

export type Settings = {
	/** Roles that speak for, and against. */
	for: string[];
	against: string[];
	/** Short names of the documents that the sides write in. */
	documents: Record<Side, string>;
	/** How people came to their side: 'own' says nothing about it. */
	sides: 'lot' | 'sign-up' | 'own';
	/** Phases whose stage shows the motion alone: a vote, a speech. */
	brief: string[];
	/** Phases in which each side states the other's case. */
	switch: string[];
	/** The fact `switched` waits for both cases to be found fair. */
	mustBeFair: boolean;
};

export const DEFAULTS: Settings = {
	for: ['for'],
	against: ['against'],
	documents: { for: 'side/for', against: 'side/against' },
	sides: 'own',
	brief: [],
	switch: [],
	mustBeFair: false
};

export function sideOf(settings: Settings, role: string): Side | null {
	return SIDES.find((side) => settings[side].includes(role)) ?? null;
}
