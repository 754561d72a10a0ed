import type { LedgerEntry, RoomRow } from './store.ts';

/** What was taken away from one meeting that has ended. */
export interface MeetingTakeaways {
	room: Pick<RoomRow, 'id' | 'code' | 'title' | 'format' | 'preset' | 'demo'>;
	/** The reader's, now. */
	role: string;
	meeting: number;
	/** ms since the epoch. */
	ended: number;
	/** At least one, in the order in which they were written. */
	takeaways: Pick<LedgerEntry, 'instance' | 'id' | 'text' | 'person' | 'data'>[];
}

/** From the first moment on, and before the second; ms since the epoch. */
export interface Span {
	from: number;
	to: number;
}

/** Reads what the ledger holds anyway: whatever deletes a row there deletes it here. */
export interface DigestStore {
	/** Of meetings in rooms that the person is a member of now, the one that ended last first; so many meetings. */
	of(person: string, span: Span, meetings: number): Promise<MeetingTakeaways[]>;
	/**
	 * Members of rooms, demo rooms left out, in which a meeting with takeaways ended in that time, who have no reminder
	 * of that name yet (`room` is empty, `instance` 'digest').
	 */
	readers(span: Span & { reminder: string; limit: number; offset: number }): Promise<string[]>;
}

/** A week's digest, as the table of reminders names it: it is of no room. */
export const weekly = (monday: string) => ({ room: '', instance: 'digest', matter: monday });
