/** A room as a programme that wishes for others, and as one that a programme opened: what goes into its units. */
import type { Handed } from '#lib/blocks/wish.ts';
import type { Child, Unit } from '../storage/store.ts';
import type { Batch } from './batch.ts';
import { handedOver, reportOf, wishChanges, wishesIn, withoutPeople, type Wishes } from './children.ts';
import { ERASED } from './forgetting.ts';
import type { World } from './world.ts';

/** Who hears that something passes between a room and its programme. */
export interface Kinship {
	/** A room wishes for others, durably. */
	wished(): void;
	/** A room of this programme has another report, durably. */
	reported(programme: string): void;
	/** What the rooms of this programme ask of people, but for one of them. */
	loads(programme: string, but: string): Promise<ReadonlyMap<string, number>>;
}

/** The rooms that a room wished for, and the wish that it came from itself; null: it was opened by a person. */
export interface Kin {
	children: readonly Child[];
	self: Child | null;
}

export class Family {
	/** The room's programme; null: it has none. */
	readonly programme: string | null;
	readonly #kinship: Kinship;
	readonly #newId: () => string;
	#wishes: Wishes;
	/** The last report, as JSON. */
	#report: string;
	/** What went to the programme with it. */
	#handed: Handed;

	constructor({ children, self }: Kin, kinship: Kinship, newId: () => string) {
		this.programme = self?.parent ?? null;
		this.#kinship = kinship;
		this.#newId = newId;
		this.#wishes = wishesIn(children);
		this.#report = JSON.stringify(self?.report ?? null);
		this.#handed = self?.report?.handed ?? {};
	}

	/** What the programme's other rooms ask of people now. */
	async loads(room: string): Promise<ReadonlyMap<string, number>> {
		return this.programme === null ? new Map() : this.#kinship.loads(this.programme, room);
	}

	/** Adds to the unit what the batch means for others. Call the answer once the unit is durable. */
	write(unit: Unit, before: World, batch: Batch): () => void {
		let wishes = this.#wishes;
		for (const who of batch.erased) {
			wishes = withoutPeople(wishes, who);
			(unit.rekeyed ??= []).push({ parent: before.row.id, people: who.ids, to: ERASED });
		}
		let from = before;
		for (const world of [...batch.finished, batch.world]) {
			const wished = wishChanges(wishes, from, world, this.#newId);
			wishes = wished.wishes;
			if (wished.put.length > 0) (unit.wishes ??= []).push(...wished.put);
			from = world;
		}
		let report = this.#report;
		let handed = this.#handed;
		if (this.programme !== null) {
			handed = handedOver(handed, batch.finished.at(-1), batch.world);
			const now = reportOf(batch.world, handed);
			report = JSON.stringify(now);
			if (report !== this.#report) unit.reports = [{ room: batch.world.row.id, report: now }];
		}
		return () => {
			this.#wishes = wishes;
			this.#report = report;
			this.#handed = handed;
			if (unit.wishes) this.#kinship.wished();
			if (unit.reports && this.programme !== null) this.#kinship.reported(this.programme);
		};
	}
}
