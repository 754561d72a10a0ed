/** What the views of the evidence stand on: both cases as this person may read them, and what they can do. */
import { untrack } from 'svelte';
import * as Y from 'yjs';
import type { Handle, Json, Outcome, Writing } from '../block.ts';
import { m } from '#lib/paraglide/messages.js';
import { announce } from '#lib/ui/announce.ts';
import { toast } from '#lib/ui/toast.ts';
import { layable, MINE, readCase, sharedTypes } from './document.ts';
import { abroad, key, laidCase, marksOf, quoted, type Cases } from './marks.ts';
import {
	SIDES,
	type Card,
	type Case,
	type Challenge,
	type Claim,
	type EvidenceOwn,
	type EvidenceRecord,
	type Side
} from './model.ts';
import { DEFAULTS, sideOf, type Settings } from './settings.ts';
import { rulingName } from './words.ts';

export type EvidenceHandle = Handle<EvidenceRecord, Record<string, never>, EvidenceOwn, Partial<Settings>>;

/** The one thing that a person is doing in a dialog. */
type Doing =
	| { what: 'card'; side: Side; card: Card | null; claim: string | null }
	| { what: 'claim'; side: Side; claim: Claim }
	| { what: 'rebut'; of: Claim | Card }
	| { what: 'challenge'; card: Card }
	| { what: 'rule'; challenge: Challenge }
	| { what: 'motion' };

/** Words settle for so long before a side lays them; the second in line waits longer, and finds it done. */
const SETTLE = 1200;

/** Longer than the toast that offers it. */
const UNDO = 20_000;

export class Bench {
	readonly handle: EvidenceHandle;
	doing = $state.raw<Doing | null>(null);
	readonly settings = $derived.by<Settings>(() => ({ ...DEFAULTS, ...this.handle.settings }));
	readonly mine = $derived.by<Side | null>(() => sideOf(this.settings, this.handle.me.role));
	/** Those who work with the evidence read the documents; a crowd reads what was laid on the table. */
	readonly #works = $derived.by(() => this.mine !== null || this.handle.moderates);
	readonly writings = $derived.by<Record<Side, Writing | null>>(() => {
		const open = (side: Side) => (this.#works ? this.handle.writing(this.settings.documents[side]) : null);
		return { for: open('for'), against: open('against') };
	});
	#written = $state.raw<Record<Side, Case | null>>({ for: null, against: null });
	readonly cases = $derived.by<Cases>(() => {
		const read = (side: Side) => this.#written[side] ?? laidCase(this.handle.record, side);
		return { for: read('for'), against: read('against') };
	});
	readonly challenges = $derived.by<Challenge[]>(() => Object.values(this.handle.record.challenges));
	readonly marks = $derived(marksOf(this.cases, this.challenges));

	constructor(handle: EvidenceHandle) {
		this.handle = handle;
		for (const side of SIDES) this.#read(side);
		this.#layMine();
		this.#announce();
	}

	/** May this person see the side's case? */
	visible(side: Side): boolean {
		return this.writings[side] !== null || this.cases[side].claims.length + this.cases[side].cards.length > 0;
	}

	/** The side's document if this person may change it now. */
	writable(side: Side): Y.Doc | null {
		const writing = this.writings[side];
		return side === this.mine && writing?.writable && writing.ready ? writing.doc : null;
	}

	ref(of: { side: Side; id: string }): string {
		return this.marks.refs.get(key(of)) ?? '';
	}

	/** As the other side calls it. */
	longRef(of: { side: Side; id: string }): string {
		return abroad(of.side, this.ref(of));
	}

	quoted(card: Card) {
		return quoted(card, this.ref(card));
	}

	challengesOf(card: Card): Challenge[] {
		return this.challenges.filter((one) => one.card.id === card.id && one.card.side === card.side);
	}

	speakers(side: Side): string[] {
		return Object.values(this.handle.people)
			.filter((person) => this.settings[side].includes(person.role))
			.sort((a, b) => a.joined - b.joined)
			.map((person) => person.name);
	}

	send(verb: string, payload: { [key: string]: Json }): Promise<Outcome> {
		return this.handle.send(verb, payload);
	}

	/** Changes the own document, and offers to take it back. */
	withUndo(side: Side, text: string, change: (doc: Y.Doc) => void): void {
		const doc = this.writable(side);
		if (!doc) return;
		const tracked = new Set([MINE]);
		const history = new Y.UndoManager(sharedTypes(doc), { trackedOrigins: tracked });
		change(doc);
		// Only this change: what is written afterwards stays when it is taken back.
		tracked.clear();
		const forget = setTimeout(() => history.destroy(), UNDO);
		toast.show(text, {
			undo: () => {
				history.undo();
				clearTimeout(forget);
				history.destroy();
			}
		});
	}

	#read(side: Side): void {
		$effect(() => {
			const writing = this.writings[side];
			const read = () => {
				const shown = writing?.ready ? readCase(writing.doc, side) : null;
				this.#written = { ...untrack(() => this.#written), [side]: shown };
			};
			read();
			if (!writing) return;
			writing.doc.on('update', read);
			return () => writing.doc.off('update', read);
		});
	}

	/** Lays what my side wrote on the table, for the record, the projector and the audience. */
	#layMine(): void {
		let tried = '';
		$effect(() => {
			const side = this.mine;
			if (!side || !this.handle.may('lay') || !this.writings[side]?.ready) return;
			const written = JSON.stringify(layable(this.cases[side]));
			if (written === tried || written === JSON.stringify(layable(laidCase(this.handle.record, side))))
				return;
			const line = Object.values(this.handle.people)
				.filter(({ id, role }) => this.settings[side].includes(role) && this.handle.here.has(id))
				.map(({ id }) => id)
				.sort();
			const turn = Math.max(0, line.indexOf(this.handle.me.id));
			const timer = setTimeout(
				() => {
					tried = written;
					void this.handle.send('lay', JSON.parse(written) as Json, { quiet: true });
				},
				SETTLE * (1 + turn)
			);
			return () => clearTimeout(timer);
		});
	}

	#announce(): void {
		let known: Map<string, string | null> | null = null;
		let fair: number | null = null;
		$effect(() => {
			const now = new Map(this.challenges.map(({ id, ruling }) => [id, ruling?.is ?? null]));
			for (const { id, card, ruling } of this.challenges) {
				if (!known) break;
				if (!known.has(id)) announce(m.evidence_heard_challenge({ ref: card.ref }));
				else if (ruling && known.get(id) !== ruling.is)
					announce(m.evidence_heard_ruling({ ref: card.ref, ruling: rulingName(ruling.is) }));
			}
			known = now;
			const found = Object.values(this.handle.record.statements).filter(
				({ verdict }) => verdict?.fair
			).length;
			if (fair !== null && found > fair) announce(m.evidence_heard_fair());
			fair = found;
		});
	}
}
