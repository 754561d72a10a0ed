/**
 * What of a room concerns one person, wherever they are: My week, reminders and calendars are made of it. A block says
 * it of its state (`Block.matters`), the server keeps it in rows that follow each command in the same transaction.
 */
import type { Appointment } from './appointment.ts';
import type { Json, Member, Scene } from './block.ts';
import { filled, type Params, type Text } from './refusal.ts';

/**
 * 'promised': what I said I would do · 'answer': what waits for me · 'coming': what comes up · 'awaited': what I wait
 * for others with.
 */
export type MatterKind = 'promised' | 'answer' | 'coming' | 'awaited';

/**
 * A day has no hour: it is the same day wherever it is read. `by`: it is told from `day` on, and this is its own day.
 * Moments are ms since the epoch.
 */
export type When = { day: string; by?: string } | { at: number; until?: number };

/** How one thing went on, meeting after meeting. */
export type Stage = { meeting: number; is: 'good' | 'warn' | 'bad' | 'plain'; word: Text };

/** How something moved on a scale. */
export type Course = {
	from: number;
	to: number;
	target: number | null;
	points: { at: number; value: number }[];
};

/** What can be done about it at once, without opening the room; `undo`: the payload that takes it back. */
type Quick = { verb: string; payload: Json; text: Text; undo?: Json };

export type Matter = {
	/** Names it in its instance for ever, together with the person: by it one reminder is given once. */
	id: string;
	/** Null: everybody in the room. */
	person: string | null;
	kind: MatterKind;
	/** What it is, as the tool says it; never a word that somebody wrote. Mails say this. */
	text: Text;
	/** What somebody wrote, and this person may read: the step, the question. */
	said: string | null;
	/** `said` is this person's own. Without it, it stands in no mail. */
	own?: boolean;
	when: When | null;
	/** Of a date that belongs in calendars, set by the server: see `Block.appointments`. */
	date?: Pick<Appointment, 'id' | 'revision' | 'changed' | 'about' | 'place'> & { waiting: boolean };
	/** On what of the instance a link lands: the key under which it is published. Null: on the instance. */
	item: string | null;
	quick?: Quick[];
	stages?: Stage[];
	course?: Course;
};

export interface MatterScene<Settings = unknown> extends Scene<Settings> {
	/** May this person, in their role, do this in the phase that is open? */
	may(person: string, verb: string): boolean;
	/**
	 * Those who may do this now, but for the crowd, which is asked in the room and nowhere else: two thousand listeners
	 * are no two thousand rows.
	 */
	whoMay(verb: string): Member[];
	/**
	 * Those of them whom the open phase lets do it. What a format opens for a phase is asked of people there; what is
	 * always open is asked of nobody.
	 */
	asked(verb: string): Member[];
	/** The instance's name, as the format gives it. */
	title: Text;
}

/** A text with places, filled alike in both languages. */
export function told(text: Text, params: Params): Text {
	const en = filled(text.en, params, 'en');
	return text.de === undefined ? { en } : { en, de: filled(text.de, params, 'de') };
}
