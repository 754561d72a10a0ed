/** Judges what people came to know against what the format says of it, in both directions. */
import type { Json, Member, Tables } from '#lib/blocks/block.ts';
import type { KeptReport } from '#lib/blocks/wish.ts';
import type { Format, Handed, Sealed, Shared } from '#lib/formats/format.ts';
import type { LedgerEntry } from '../../server/storage/store.ts';
import { SCREEN } from '../../server/rooms/room.ts';
import { mayKnow, readsRecord, ruleOf, type Given, type Moment } from './privacy.ts';

/** Somebody who listens: a member, somebody outside, or the projector. */
export interface Spy {
	name: string;
	person: string;
	role: string | null;
	/** Needles that reached them, and at which step. */
	known: Map<string, number>;
	/** What they were told over the command road and nobody has looked through yet. */
	heard: string[];
	/** What they alone see now, by instance. */
	own: Record<string, Json>;
}

type Projection = { record: Map<string, Tables>; desk: Map<string, Tables> };

/** Who is in the room and where it stands is no secret, and says a person's id for reasons of its own. */
const NAMES_PEOPLE = ['roster', 'agenda', 'room'];

export class Verdict {
	readonly problems = new Set<string>();
	judged = 0;
	readonly #format: Format;
	readonly #given: readonly Given[];
	readonly #spies: readonly Spy[];
	readonly #used = new Set<Sealed>();
	/** Rows by which something went to the whole workspace. */
	readonly #gave = new Set<Shared>();
	/** Rows by which something went to whoever runs the programme. */
	readonly #passed = new Set<Handed>();
	/** Published entries as they were last. */
	#entries = new Map<string, string>();

	constructor(format: Format, given: readonly Given[], spies: readonly Spy[]) {
		this.#format = format;
		this.#given = given;
		this.#spies = spies;
	}

	used(rows: readonly Sealed[]): void {
		for (const row of rows) this.#used.add(row);
	}

	knows(spy: Spy, needle: string, moment: Moment): void {
		spy.known.set(needle, moment.step);
		this.judged++;
		const where = this.#given.filter(({ text }) => text.includes(needle));
		const may = (given: Given) =>
			given.by === spy.person ||
			((spy.role !== null || spy.person === SCREEN) && mayKnow(this.#format, given, spy, moment));
		if (where.some(may)) return;
		const given = where[0]!;
		this.problems.add(
			`after step ${moment.step + 1} ${spy.name} knows "${needle}" of ${given.what} (${given.role}), ${ruleOf(given)}`
		);
	}

	mailed(spy: Spy, { needle, what, by }: Given, step: number): void {
		// some say the same words themselves
		if (this.#given.some((one) => one.by === spy.person && one.text.includes(needle))) return;
		this.problems.add(`after step ${step + 1} a mail to ${spy.name} says "${needle}" of ${what}, by ${by}`);
	}

	/** Nothing goes to the whole workspace but by a row of the format's, and where it says so without a name. */
	shared(ledger: readonly LedgerEntry[], step: number): void {
		for (const { state, text, person, data } of ledger) {
			if (state !== 'shared') continue;
			const told = JSON.stringify([text, data]);
			const words = this.#given.filter(({ needle }) => told.includes(needle));
			const by = words.flatMap((given) => [...given.shared].map((row) => ({ row, given })));
			for (const { row, given } of by) {
				this.#gave.add(row);
				if (row.unnamed && (person === given.by || told.includes(given.by)))
					this.problems.add(`after step ${step + 1} the workspace is told who gave "${given.needle}"`);
			}
			for (const needle of new Set(words.map((given) => given.needle)))
				if (!by.some(({ given }) => given.needle === needle))
					this.problems.add(
						`after step ${step + 1} "${needle}" is given to the whole workspace, and \`shared\` does not say by whose word`
					);
		}
	}

	/** Nothing leaves the room for its programme but by a row of the format's, and never whose it is. */
	handed(report: KeptReport, step: number): void {
		const told = JSON.stringify(report);
		for (const { needle, hands, by } of this.#given) {
			if (!told.includes(needle)) continue;
			for (const row of hands) this.#passed.add(row);
			if (hands.length === 0)
				this.problems.add(
					`after step ${step + 1} the programme is told "${needle}", and \`handed\` does not say by whose word`
				);
			if (told.includes(by))
				this.problems.add(`after step ${step + 1} the programme is told who wrote "${needle}"`);
		}
	}

	/** What no row holds back is seen at once by everybody who reads the record; if not, it is held back unsaid. */
	open(step: number): void {
		for (const { step: when, rows, what, needle, by } of this.#given) {
			if (when !== step || !what.includes('.')) continue;
			if (rows.length > 0 && !rows.some(({ sees }) => sees === '*')) continue;
			const blind = this.#spies.find(
				({ role, person, known }) =>
					role !== null && person !== by && !known.has(needle) && readsRecord(this.#format, role)
			);
			if (blind)
				this.problems.add(
					`${what} holds something back, and \`sealed\` does not say so: after step ${step + 1} ` +
						`${blind.name} does not know "${needle}"`
				);
		}
	}

	/** An unnamed command leaves its author's id nowhere, and an entry with its words never says whose they are. */
	names(
		{ record, desk }: Projection,
		before: ReadonlyMap<Spy, Record<string, Json>>,
		step: number,
		type: string | null,
		by: Member | null
	): void {
		const unnamed = (given: { rows: readonly Sealed[] }) => given.rows.some((row) => row.unnamed);
		const now = new Map<string, string>();
		for (const [document, instances] of Object.entries({ record, desk }))
			for (const [instance, tables] of instances)
				for (const [collection, entries] of Object.entries(tables))
					for (const [key, value] of Object.entries(entries))
						now.set(`${document}/${instance}/${collection}/${key}`, `${key} ${JSON.stringify(value)}`);
		const quiet =
			type !== null && (this.#format.sealed ?? []).some((row) => row.what === type && row.unnamed);
		const silent = quiet && this.#given.every((one) => one.step !== step || unnamed(one));
		for (const [path, entry] of now) {
			const last = this.#entries.get(path);
			if (last === entry || NAMES_PEOPLE.includes(path.split('/')[1]!)) continue;
			if (silent && by && entry.includes(by.id) && !last?.includes(by.id))
				this.problems.add(`step ${step + 1}, ${type}, is to name nobody, and ${path} names its author`);
			for (const given of this.#given)
				if (unnamed(given) && entry.includes(given.needle) && entry.includes(given.by))
					this.problems.add(
						`after step ${step + 1} ${path} says who wrote "${given.needle}" (${given.what})`
					);
		}
		this.#entries = now;
		if (!silent || !by) return;
		for (const [spy, last] of before)
			for (const [instance, own] of Object.entries(spy.own)) {
				if (spy.person === by.id || NAMES_PEOPLE.includes(instance)) continue;
				const names = (value: Json | undefined) => JSON.stringify(value ?? null).includes(by.id);
				if (names(own) && !names(last[instance]))
					this.problems.add(`step ${step + 1}, ${type}, is to name nobody, and tells ${spy.name} its author`);
			}
	}

	/** A row that the demo never comes to, or that opens nothing to those whom it names, proves nothing. */
	rows(): void {
		for (const row of this.#format.shared ?? [])
			if (!this.#gave.has(row))
				this.problems.add(`the demo never gives ${row.what} to the whole workspace, as \`shared\` names it`);
		for (const row of this.#format.handed ?? [])
			if (!this.#passed.has(row))
				this.problems.add(`the demo never hands ${row.what} to a programme, as \`handed\` names it`);
		for (const row of this.#format.sealed ?? []) {
			const label = `${row.what}${row.if ? ` ${JSON.stringify(row.if)}` : ''}`;
			if (!this.#used.has(row)) {
				this.problems.add(`the demo never gives anything to ${label}, which \`sealed\` names`);
				continue;
			}
			const words = this.#given.filter(({ rows }) => rows.includes(row));
			if (words.length === 0) continue;
			/** True as well where nobody else of that role is there to see it. */
			const seenBy = (role: string | null, all: readonly Given[]) => {
				const others = this.#spies.flatMap((spy) =>
					role === null || role === spy.role
						? all.filter(({ by }) => by !== spy.person).map((given) => ({ spy, given }))
						: []
				);
				return others.some(({ spy, given }) => spy.known.has(given.needle)) || (role !== null && !others[0]);
			};
			for (const role of Array.isArray(row.sees) ? (row.sees as string[]) : [])
				if (!seenBy(role, words)) this.problems.add(`${label}: ${role} sees nothing of it, against \`sees\``);
			if (row.opens === undefined) continue;
			const open = words.filter(({ opened }) => opened.has(row));
			const then = Array.isArray(row.then) ? (row.then as string[]) : [null];
			for (const role of then)
				if (!seenBy(role, open))
					this.problems.add(`${label}: in the demo ${row.opens} opens nothing of it to ${role ?? 'anybody'}`);
		}
	}
}
