/** A list as its views read it. Light: the audience's page carries this and no more. */
import type { Handle } from '../block.ts';
import {
	DEFAULTS,
	inOrder,
	sortInTurn,
	type DeskItem,
	type Flow,
	type Item,
	type ListDesk,
	type ListOwn,
	type ListRecord,
	type ListSettings,
	type Offer,
	type Reply,
	type ShownItem
} from './model.ts';

export type ListHandle = Handle<ListRecord, ListDesk, ListOwn, Partial<ListSettings>>;

const NOTHING: ListOwn = { votes: {}, left: null, items: [], notices: [] };
const CLOSED: Flow = { asking: false, voting: false, approve: false, order: 'votes', blank: false };

export class ListView {
	readonly #handle: () => ListHandle;
	/** Votes on their way, by item: what the person pressed counts at once. */
	#pressed = $state<Record<string, number>>({});
	readonly settings: ListSettings = $derived.by(() => ({ ...DEFAULTS, ...this.handle.settings }));
	readonly own: ListOwn = $derived.by(() => this.handle.own ?? NOTHING);
	readonly flow: Flow = $derived.by(() => this.handle.record.flow.now ?? CLOSED);
	readonly hidden = $derived.by(() => this.settings.hideVotes && this.flow.voting);
	readonly #items = $derived.by(() => Object.values(this.handle.record.items));
	readonly stage: ShownItem | null = $derived.by(
		() => this.#items.find((item) => item.status.is === 'stage') ?? null
	);
	readonly queue: ShownItem[] = $derived.by(() =>
		inOrder(
			this.#items.filter((item) => item.status.is === 'open'),
			this.handle.record.tally,
			this.flow.order
		)
	);
	/** The latest first. */
	readonly done: ShownItem[] = $derived.by(() =>
		this.#items.filter((item) => item.status.is === 'done').sort((a, b) => settledAt(b) - settledAt(a))
	);
	readonly mine: ReadonlySet<string> = $derived.by(() => new Set(this.own.items.map((item) => item.id)));
	readonly #offers = $derived.by(() => by(Object.values(this.handle.record.offers)));
	readonly #replies = $derived.by(() => by(Object.values(this.handle.record.replies)));
	/** Names of those who answer here. */
	readonly answering: string | null = $derived.by(() => {
		const { answers } = this.settings;
		const person = Object.values(this.handle.people).find((one) => one.role === answers);
		return person?.name ?? null;
	});

	constructor(handle: () => ListHandle) {
		this.#handle = handle;
	}

	get handle(): ListHandle {
		return this.#handle();
	}

	/** My votes for it. */
	given(item: string): number {
		return this.#pressed[item] ?? this.own.votes[item] ?? 0;
	}

	/** All votes; only mine while they are hidden. */
	count(item: string): number {
		if (this.hidden) return this.given(item);
		return Math.max(
			0,
			(this.handle.record.tally[item] ?? 0) + this.given(item) - (this.own.votes[item] ?? 0)
		);
	}

	/** Nothing here to see or to do. */
	get away(): boolean {
		return (
			this.settings.passing &&
			this.queue.length + this.done.length === 0 &&
			this.stage === null &&
			!['submit', 'vote', 'next'].some((verb) => this.handle.may(verb))
		);
	}

	/** The sort of an entry in the reader's language. */
	sortName({ sort }: Pick<ShownItem, 'sort'>): string | null {
		const found = this.settings.sorts.find(({ value }) => value === sort);
		return found ? this.handle.text(found.text) : null;
	}

	/** The sort whose turn it is, in the reader's language, as long as an entry of it waits. */
	get turn(): string | null {
		const sort = sortInTurn(Object.values(this.handle.record.items), this.settings);
		return sort !== null && this.queue.some((item) => item.sort === sort) ? this.sortName({ sort }) : null;
	}

	async vote(item: string, votes: number): Promise<void> {
		this.#pressed[item] = votes;
		await this.handle.send('vote', { item, votes });
		delete this.#pressed[item];
	}

	offers(item: string): readonly Offer[] {
		return this.#offers[item] ?? [];
	}

	replies(item: string): readonly Reply[] {
		return this.#replies[item] ?? [];
	}

	/** What is on the desk, in one state; the oldest first. */
	desk(is: Item['status']['is']): DeskItem[] {
		return Object.values(this.handle.desk?.items ?? {})
			.filter((item) => item.into === null && item.status.is === is)
			.sort((a, b) => a.asked - b.asked);
	}

	/** What was merged into an item; for those who moderate. */
	parts(item: string): DeskItem[] {
		return Object.values(this.handle.desk?.items ?? {}).filter((part) => part.into === item);
	}
}

function settledAt(item: ShownItem): number {
	return item.status.is === 'done' ? item.status.at : 0;
}

function by<T extends { item: string }>(entries: readonly T[]): Record<string, T[]> {
	const found: Record<string, T[]> = {};
	for (const entry of entries) (found[entry.item] ??= []).push(entry);
	return found;
}
