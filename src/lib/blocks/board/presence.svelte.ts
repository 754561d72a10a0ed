/**
 * Who points at what. What is only on its way (a cursor, a note being dragged) is presence; the document gets the
 * result. Others' states are whatever their client sent, so they are checked like everything else.
 */
import type { Awareness } from 'y-protocols/awareness';
import type { Moving, Point } from './layout.ts';

/** Twelve a second: smooth enough with a transition, and few enough for a room of eight. */
const PACE = 80;

export type Dragged = { notes: Record<string, Point>; groups: Record<string, Point> };

type Other = {
	client: number;
	person: string;
	cursor: Point | null;
	selection: ReadonlySet<string>;
	/** The note that this person writes in. */
	editing: string | null;
	dragging: Dragged;
};

type Own = { cursor: Point | null; selection: string[]; editing: string | null; dragging: Dragged | null };

const NOTHING: Dragged = { notes: {}, groups: {} };

export class BoardPresence {
	others = $state.raw<readonly Other[]>([]);
	readonly #awareness: Awareness;
	readonly #me: string;
	readonly #shown: boolean;
	#own: Own = { cursor: null, selection: [], editing: null, dragging: null };
	#timer: ReturnType<typeof setTimeout> | null = null;
	#sent = 0;

	/** `shown`: false in rooms without names, where pointing would say who wrote what. */
	constructor(awareness: Awareness, me: string, shown: boolean) {
		this.#awareness = awareness;
		this.#me = me;
		this.#shown = shown;
		awareness.on('change', this.#read);
		this.#read();
		this.#send();
	}

	/** What others are moving; the latest of each. */
	readonly moving = $derived.by<Moving>(() => {
		const moving = { notes: new Map<string, Point>(), groups: new Map<string, Point>() };
		for (const { dragging } of this.others) {
			for (const [id, point] of Object.entries(dragging.notes)) moving.notes.set(id, point);
			for (const [id, point] of Object.entries(dragging.groups)) moving.groups.set(id, point);
		}
		return moving;
	});

	/** Who is doing what with a note, by its id. */
	readonly busy = $derived.by(() => {
		const busy = new Map<string, { person: string; is: 'writing' | 'moving' | 'selected' }>();
		for (const { person, selection, editing, dragging } of this.others) {
			for (const id of selection) if (!busy.has(id)) busy.set(id, { person, is: 'selected' });
			for (const id of Object.keys(dragging.notes)) busy.set(id, { person, is: 'moving' });
			if (editing !== null) busy.set(editing, { person, is: 'writing' });
		}
		return busy;
	});

	say(change: Partial<Own>): void {
		this.#own = { ...this.#own, ...change };
		if (this.#timer) return;
		const wait = Math.max(0, this.#sent + PACE - performance.now());
		this.#timer = setTimeout(() => this.#send(), wait);
	}

	stop(): void {
		if (this.#timer) clearTimeout(this.#timer);
		this.#awareness.off('change', this.#read);
		this.#awareness.setLocalState({});
	}

	#send(): void {
		this.#timer = null;
		this.#sent = performance.now();
		this.#awareness.setLocalState(this.#shown ? { ...this.#own } : {});
	}

	readonly #read = (): void => {
		if (!this.#shown) return;
		const others: Other[] = [];
		for (const [client, state] of this.#awareness.getStates()) {
			if (client === this.#awareness.clientID) continue;
			const other = parse(client, state);
			// my other devices need no cursor, but what I drag there moves here too
			if (other) others.push(other.person === this.#me ? { ...other, cursor: null } : other);
		}
		this.others = others;
	};
}

function parse(client: number, state: unknown): Other | null {
	if (!isRecord(state) || !isRecord(state.user) || typeof state.user.id !== 'string') return null;
	const dragging = isRecord(state.dragging) ? state.dragging : NOTHING;
	return {
		client,
		person: state.user.id,
		cursor: pointOf(state.cursor),
		selection: new Set(Array.isArray(state.selection) ? state.selection.filter(isId).slice(0, 100) : []),
		editing: isId(state.editing) ? state.editing : null,
		dragging: { notes: pointsOf(dragging.notes), groups: pointsOf(dragging.groups) }
	};
}

function pointsOf(value: unknown): Record<string, Point> {
	const points: Record<string, Point> = {};
	if (!isRecord(value)) return points;
	for (const [id, at] of Object.entries(value).slice(0, 200)) {
		const point = pointOf(at);
		if (point) points[id] = point;
	}
	return points;
}

function pointOf(value: unknown): Point | null {
	if (!isRecord(value)) return null;
	const { x, y } = value;
	if (typeof x !== 'number' || typeof y !== 'number') return null;
	return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null;
}

const isId = (value: unknown): value is string => typeof value === 'string' && value.length <= 64;
const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;
