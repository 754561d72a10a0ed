/**
 * What the engine tells of its own work, for figures and logs. It is called once a flush, once a command, once a
 * refusal; never once a delivery, and never with what anybody wrote.
 */
export interface Observer {
	/**
	 * A group of units is durable, and shown to those who have the documents open: when each of them came in, when
	 * all were durable, when they were sent. Milliseconds, by the committer's clock.
	 */
	flushed?(arrived: readonly number[], durable: number, shown: number): void;
	/** Input was turned away. `reason` is one of few: they become figures of their own. */
	refused?(
		road: 'sync' | 'live' | 'http',
		reason: string,
		about?: { person?: string; document?: string }
	): void;
	/** A command was answered: 'ok', or the refusal's code. */
	commanded?(outcome: string, about: { room: string; person: string; type: string }): void;
	/** A person is connected to a room over the command road, or no longer. */
	came?(what: 'joined' | 'left', about: { room: string; person: string }): void;
}

export function together(...observers: readonly Observer[]): Required<Observer> {
	return {
		flushed: (...what) => observers.forEach((one) => one.flushed?.(...what)),
		refused: (...what) => observers.forEach((one) => one.refused?.(...what)),
		commanded: (...what) => observers.forEach((one) => one.commanded?.(...what)),
		came: (...what) => observers.forEach((one) => one.came?.(...what))
	};
}
