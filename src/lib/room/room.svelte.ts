/** A room in the browser: its record, its command road, who is here, and whether all that was done is saved. */
import type { Json, Member, Outcome, Tables } from '#lib/blocks/block.ts';
import type { Failure } from '#lib/blocks/refusal.ts';
import { placeOf, standing, type AgendaRecord } from '#lib/blocks/agenda/model.ts';
import type { RosterDesk, RosterRecord } from '#lib/blocks/roster/model.ts';
import type { Format } from '#lib/formats/format.ts';
import { includes } from '#lib/formats/permissions.ts';
import { m } from '#lib/paraglide/messages.js';
import { baseLocale, getLocale } from '#lib/paraglide/runtime.js';
import { isWriting, loadAnew } from '#lib/ui/back.ts';
import type { RoomInfo } from '../../../server/rooms/room.ts';
import { ServerClock } from './clock.svelte.ts';
import type { SharedDocument } from './documents.svelte.ts';
import type { Live, Message } from './live.svelte.ts';
import { withEmptyCollections } from './empty.ts';
import { clearOffline, draftsOf } from './offline.ts';
import type { RoomDocuments } from './room-documents.svelte.ts';

export type Gone = 'removed' | 'deleted' | 'signed-out';

/** Where this person's changes are. `waiting`: how many the server has not acknowledged as durable. */
export type SavedState =
	| { is: 'saved' | 'saving' | 'offline' | 'slow'; waiting: number }
	/** `code`: as the server closes a document; `document`: its full name. */
	| { is: 'refused'; waiting: number; code: number; document: string };

/** Milliseconds until the server is asked again what it did not say. */
const ASK_AGAIN = 3000;
/** Milliseconds after which "saving" is no longer the whole truth. */
const SLOW = 4000;

/** What the page brought along: enough to show the room before Yjs and the sockets are loaded. */
export interface Snapshot {
	meeting: number;
	/** By instance. */
	record: Record<string, Tables>;
	own: Record<string, Json>;
}

const NOTHING: Tables = {};

/** Another text whenever the format has to be asked for again: what is sent of it depends on the role. */
const methodOf = ({ settings, room, member }: RoomInfo) =>
	JSON.stringify([settings, room.preset, member?.role]);

export class RoomClient {
	info = $state.raw<RoomInfo>() as RoomInfo;
	format = $state.raw<Format>() as Format;
	own = $state.raw<Record<string, Json>>({});
	presence = $state.raw<{ count: number; here: ReadonlySet<string>; facilitatorsAwaySince: number | null }>({
		count: 0,
		here: new Set(),
		facilitatorsAwaySince: null
	});
	gone = $state<Gone | null>(null);
	/** Null until they are loaded. */
	documents = $state.raw<RoomDocuments | null>(null);
	readonly clock = new ServerClock();
	/** Null until it is loaded; commands wait for it. */
	live = $state.raw<Live | null>(null);
	readonly #loading: Promise<Live | null>;
	/** Commands that wait for the line to be loaded; it counts those that it has itself. */
	#early = $state(0);
	readonly #begun = Promise.withResolvers<void>();
	/** For which settings and role the format is that. */
	#method: string;
	readonly #snapshot: Snapshot;
	readonly #over = new AbortController();
	/** The rest of the page's script did not come. */
	unreached = $state(false);

	constructor(info: RoomInfo, format: Format, snapshot: Snapshot) {
		this.info = info;
		this.format = format;
		this.#method = methodOf(info);
		this.own = snapshot.own;
		this.#snapshot = snapshot;
		this.#loading = this.#load();
	}

	/** Goes live. The page calls it once it shows something: Yjs and the sockets are half of its script. */
	begin(): void {
		this.#begun.resolve();
	}

	async #load(): Promise<Live | null> {
		await this.#begun.promise;
		const scripts = await this.#scripts();
		if (scripts === null || this.#over.signal.aborted) return null;
		const [{ RoomDocuments }, { Live }] = scripts;
		this.documents = new RoomDocuments(this.info.room.id, {
			info: () => this.info,
			signedOut: () => this.#end('signed-out'),
			lost: () => void loadAnew(this.#over.signal, { may: () => this.#mayLeave() })
		});
		this.live = new Live(
			(message) => this.#hear(message),
			() => void this.#opened()
		);
		return this.live;
	}

	/** The line may drop between the page and the rest of its script. */
	async #scripts() {
		try {
			return await Promise.all([import('./room-documents.svelte.ts'), import('./live.svelte.ts')]);
		} catch {
			this.unreached = true;
			void loadAnew(this.#over.signal);
			return null;
		}
	}

	async #opened(): Promise<void> {
		const live = await this.#loading;
		if (!live) return;
		// A line that drops again while it asks is opened anew, and asks anew.
		this.clock.synchronise(() => live.time()).catch(() => {});
		const answer = await live.enter(this.info.room.id).catch(() => null);
		if (answer === null || answer.ok || this.gone) return;
		switch (answer.error.code) {
			case 'unauthenticated':
				return this.#end('signed-out');
			case 'not_found':
				return this.#end('deleted');
			case 'not_member':
				return this.#end('removed');
			default:
				// too many at once, or a mistake of the server: neither is an answer to whether this person is in the room
				if (!this.#over.signal.aborted) setTimeout(() => void this.#opened(), ASK_AGAIN);
		}
	}

	/** The room is not this person's any more. What they wrote and nobody has is kept before this device's copy goes. */
	#end(why: Gone): void {
		if (this.gone) return;
		this.gone = why;
		this.documents?.end(draftsOf(this.info.room.id));
		this.live?.close();
		void clearOffline(this.info.room.id);
	}

	#hear(message: Message): void {
		switch (message.is) {
			case 'own':
				this.own = message.own;
				return;
			case 'presence':
				this.presence = {
					count: message.count,
					here: new Set(message.here),
					facilitatorsAwaySince: message.facilitatorsAwaySince
				};
				return;
			case 'access':
				this.info = message.info;
				this.documents?.follow();
				return void this.#renew();
			case 'gone':
				return this.#end(message.code);
			default:
				message satisfies never;
		}
	}

	/** Nothing would be lost and nobody disturbed if the page were loaded anew. */
	#mayLeave(): boolean {
		// what waits in one that is not open yet was left on this device before
		const held = this.#open.some(({ unsaved, ready }) => ready && unsaved > 0);
		return !isWriting() && !held && !this.live?.waiting;
	}

	/** Sees to it that the format is the one for this person's role; over a line that drops too, so not from a page. */
	async #renew(): Promise<void> {
		const live = await this.#loading;
		// who is in the room no more has no format to ask for: the page says so, and keeps what was not saved
		if (!live || this.gone || !this.info.member || methodOf(this.info) === this.#method) return;
		const answer = await live.format(this.info.room.id).catch(() => null);
		if (answer?.ok) {
			this.format = answer.format;
			this.#method = methodOf(answer.info);
			// what was told meanwhile may be later than the answer
			return this.#renew();
		}
		if (!this.#over.signal.aborted) setTimeout(() => void this.#renew(), ASK_AGAIN);
	}

	get #open(): readonly SharedDocument[] {
		return [...(this.documents?.all ?? [])];
	}

	/** The co-written document with this short name, of the current meeting, the room or me; opens it on first use. */
	document(short: string): SharedDocument | null {
		const use = this.format.documents[short];
		if (!use) return null;
		if (use.scope === 'person' && !includes(use.write, this.me.role)) return null;
		const name = { meeting: `m${this.info.meeting}/${short}`, room: short, person: `own/${this.me.id}` }[
			use.scope
		];
		return this.documents?.ask(name) ?? null;
	}

	/** The record as it comes in, or as the page brought it until then; null between two meetings. */
	get #reading(): { of(instance: string): Tables } | null {
		const record = this.documents?.record;
		if (record) return record;
		if (this.#snapshot.meeting !== this.info.meeting) return null;
		return { of: (instance) => this.#snapshot.record[instance] ?? NOTHING };
	}

	/** True once there is something to show. */
	get ready(): boolean {
		return this.#reading !== null;
	}

	record(instance: string): Tables {
		return withEmptyCollections(this.#reading?.of(instance) ?? NOTHING);
	}

	desk(instance: string) {
		const desk = this.documents?.desk;
		return desk ? withEmptyCollections(desk.of(instance)) : null;
	}

	get agenda(): AgendaRecord {
		return this.record('agenda') as AgendaRecord;
	}

	get me(): Member {
		const mine = this.own.roster as { member: Member | null } | undefined;
		return (mine?.member ?? this.info.member)!;
	}

	get people(): Record<string, Member> {
		const roster = this.record('roster') as RosterRecord;
		const desk = this.desk('roster') as RosterDesk | null;
		return { ...roster.members, ...desk?.crowd, [this.me.id]: this.me };
	}

	get phase() {
		const now = this.agenda.now?.current;
		if (!now) return null;
		const { phases } = this.format;
		return { ...standing(phases, now), spec: phases[placeOf(phases, now)] ?? null };
	}

	/** Too many connections are open for all of this page to have one. */
	get crowded(): boolean {
		return (this.live?.crowded ?? false) || this.#open.some((one) => one.crowded);
	}

	get saved(): SavedState {
		const { live } = this;
		let waiting = this.#early + (live?.waiting ?? 0);
		let lost = live?.line === 'lost' || this.unreached;
		const late = (since: number | null | undefined) => since != null && this.clock.here() - since > SLOW;
		let slow = late(live?.since);
		for (const document of this.#open) {
			waiting += document.unsaved;
			lost ||= document.line === 'lost' && !document.busy && document.refused === null;
			slow ||= document.busy || late(document.since);
		}
		const refused = this.documents?.refused(() => this.clock.here());
		if (refused) return { is: 'refused', waiting, ...refused };
		if (lost) return { is: 'offline', waiting };
		if (waiting === 0) return { is: 'saved', waiting };
		return { is: slow ? 'slow' : 'saving', waiting };
	}

	async send(type: string, payload: Json = {}): Promise<Outcome> {
		this.#early++;
		const live = await this.#loading;
		this.#early--;
		if (!live)
			return this.unreached
				? { ok: false, error: { code: 'offline', message: m.ui_no_answer() } }
				: { ok: false, error: { code: 'closed', message: m.room_closed() } };
		const outcome = await live.command(this.info.room.id, type, payload);
		if (outcome.ok || outcome.error.code === 'offline') return outcome;
		return { ok: false, error: { ...outcome.error, message: await inWords(outcome.error) } };
	}

	stop(): void {
		this.#over.abort();
		this.#begun.resolve();
		this.live?.close();
		this.clock.stop();
		this.documents?.stop();
	}
}

/** In the reader's language. */
async function inWords(refused: Failure): Promise<string> {
	if (getLocale() === baseLocale) return refused.message;
	// Where these words do not come either, the server's own are better than none.
	const words = await import('./refused.ts').catch(() => null);
	return words?.refusedIn(refused) ?? refused.message;
}
