import type { MatterEntry } from './store.ts';

/** What can be reminded of, and set. */
export type Reminded = 'promised' | 'answer' | 'coming';

/** What can be mailed, and set: the digest stands in the app in any case. */
type Mailed = Reminded | 'digest';

export interface ReminderSettings {
	/** In the app. */
	app: Record<Reminded, boolean>;
	mail: Record<Mailed, boolean>;
	/** Of reminders. 'once': a mail for each, as it comes · 'daily': one a day for all. */
	often: 'once' | 'daily';
}

export const DEFAULTS: ReminderSettings = {
	app: { promised: true, answer: true, coming: true },
	mail: { promised: true, answer: true, coming: true, digest: true },
	often: 'daily'
};

/** One person, and one matter that may be due for them. */
interface Candidate {
	person: string;
	matter: MatterEntry;
}

/**
 * 'off': none is wanted · 'waiting': to be sent · 'sending': handed to the mail server, which has not answered; after a
 * crash nobody knows whether it was, so it is not sent again · 'failed': given up.
 */
type MailState = 'off' | 'waiting' | 'sending' | 'sent' | 'failed';

export interface NewReminder {
	person: string;
	room: string;
	instance: string;
	matter: string;
	/** By the server's clock. */
	at: number;
	/** False: it is not shown in the app. */
	shown: boolean;
	mail: 'off' | 'waiting';
	/** Not before. */
	next: number;
}

export interface WaitingMail {
	id: number;
	person: string;
	room: string;
	instance: string;
	matter: string;
	tries: number;
}

/** One that is shown, with what it is about. */
export interface ShownReminder {
	id: number;
	at: number;
	seen: boolean;
	matter: MatterEntry;
}

export interface ReminderStore {
	/**
	 * Matters of present members that nobody was reminded of: those due between `from` and `to`, and answers without a
	 * day that have waited since between `waitedFrom` and `waitedTo`. At most `limit`.
	 */
	candidates(span: {
		from: number;
		to: number;
		waitedFrom: number;
		waitedTo: number;
		limit: number;
		offset: number;
	}): Promise<Candidate[]>;
	/** In one transaction; of what somebody was reminded already they are not again. */
	add(reminders: readonly NewReminder[]): Promise<void>;
	/** People for whom mails wait whose time has come. */
	mailFor(now: number, limit: number): Promise<string[]>;
	/** Takes this person's waiting mails, marked as 'sending'. */
	take(person: string, now: number): Promise<WaitingMail[]>;
	/** What became of them; `next` is when those that wait again are tried next. */
	sent(ids: readonly number[], mail: MailState, next: number): Promise<void>;
	/** Those of matters that are still there, the latest first. */
	shown(person: string, limit: number): Promise<ShownReminder[]>;
	unseen(person: string): Promise<number>;
	/** All that are there now were seen. */
	see(person: string, at: number): Promise<void>;
	settings(person: string): Promise<ReminderSettings>;
	set(person: string, settings: ReminderSettings): Promise<void>;
	/** When the last daily mail went out, ms since the epoch; 0: never. */
	mailed(person: string): Promise<number>;
	setMailed(person: string, at: number): Promise<void>;
	/** The hash of a calendar feed's secret; null takes it away. */
	setFeed(person: string, hash: string | null): Promise<void>;
	hasFeed(person: string): Promise<boolean>;
	ofFeed(hash: string): Promise<string | null>;
	/** Forgets reminders from before that time whose matter is gone. */
	forget(before: number): Promise<number>;
}
