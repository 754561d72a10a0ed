/** What a person can do with a board, whichever way it is shown: the canvas, the list and the composer ask this. */
import { newId } from '../new-id.ts';
import { getContext, setContext } from 'svelte';
import { m } from '#lib/paraglide/messages.js';
import { announce } from '#lib/ui/announce.ts';
import { toast } from '#lib/ui/toast.ts';
import type { Handle, Writing } from '../block.ts';
import { arrivals } from './arrivals.ts';
import { coloursOf } from './colours.ts';
import { kindOf, type KindView } from './kinds.ts';
import { extent, freePlace, GAP, layOut, type Layout, type Point, type Size } from './layout.ts';
import { LiveBoard } from './live-board.svelte.ts';
import {
	settingsOf,
	type BoardOwn,
	type BoardRecord,
	type BoardSettings,
	type Field,
	type Form,
	type Note,
	type Paper
} from './model.ts';
import { BoardPresence } from './presence.svelte.ts';
import { measure, sizeOf, VOICE } from './size.ts';
import { createUndo } from './undo.ts';
import { groupTitle } from './words.ts';
import * as write from './write.ts';

export type BoardHandle = Handle<BoardRecord, null, BoardOwn, Partial<BoardSettings>>;

/** What labels and empty lines add to a note while it is written. */
const EDITOR: Readonly<Record<Form, number>> = { note: 24, question: 112, experiment: 84 };

export class BoardControl {
	readonly handle: BoardHandle;
	readonly live: LiveBoard;
	readonly presence: BoardPresence;
	readonly settings: BoardSettings = $derived.by(() => settingsOf(this.handle.settings));
	/** Ids of notes. */
	selection = $state.raw<readonly string[]>([]);
	editing = $state.raw<{ note: string; field: Field } | null>(null);
	/** A link is being drawn: from this note, or from the one that is chosen next. */
	linking = $state.raw<{ from: string | null } | null>(null);
	/** Notes that a group is being chosen for. */
	grouping = $state.raw<readonly string[] | null>(null);
	/** The group whose title is being written. */
	titling = $state.raw<string | null>(null);
	/** The canvas is seen from so far that letters cannot be read. */
	far = $state(false);
	canUndo = $state(false);
	canRedo = $state(false);
	/** What the canvas shows; new notes are put into its middle. */
	view: () => Point = () => this.#below;
	/** Brings a note into view, and puts the focus on it. */
	show: (note: string, focus?: boolean) => void = () => {};
	readonly #writing: Writing;
	/** Undo takes back what was done under this origin: mine. */
	readonly #mine = {};
	readonly #undo;
	/** The reader's letter size: 1 for the usual 16 px. */
	readonly scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
	#lines = $state.raw(measure(VOICE));
	#sizes = new WeakMap<Note, Size>();
	readonly #stop: (() => void)[] = [];

	constructor(handle: BoardHandle, writing: Writing) {
		this.handle = handle;
		this.#writing = writing;
		const arrived = arrivals((notes) => announce(this.#newsOf(notes)));
		this.live = new LiveBoard(writing.doc, arrived.take);
		this.presence = new BoardPresence(writing.awareness, handle.me.id, this.settings.attribution);
		this.#undo = createUndo(writing.doc, this.#mine);
		const follow = () => {
			this.canUndo = this.#undo.undoStack.length > 0;
			this.canRedo = this.#undo.redoStack.length > 0;
		};
		for (const event of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const) {
			this.#undo.on(event, follow);
		}
		const remeasure = () => {
			this.#sizes = new WeakMap();
			this.#lines = measure(VOICE);
		};
		document.fonts.addEventListener('loadingdone', remeasure);
		this.#stop.push(
			() => document.fonts.removeEventListener('loadingdone', remeasure),
			() => arrived.stop(),
			() => this.live.stop(),
			() => this.presence.stop(),
			() => this.#undo.destroy()
		);
	}

	stop(): void {
		for (const stop of this.#stop) stop();
	}

	readonly layout: Layout = $derived.by(() => {
		const lines = this.#lines;
		const look = { scale: this.scale, votes: this.settings.budget > 0 };
		const edited = this.editing?.note;
		const size = (note: Note) => {
			let known = this.#sizes.get(note);
			if (!known) this.#sizes.set(note, (known = sizeOf(note, lines, look)));
			if (note.id !== edited) return known;
			return { width: known.width, height: known.height + EDITOR[note.form] };
		};
		return layOut(this.live.content, size, this.presence.moving);
	});

	get writable(): boolean {
		return this.#writing.writable && !this.handle.frozen;
	}

	/** Experiments are counted, in the order of their places. */
	readonly numbers = $derived.by(() => {
		const experiments = this.layout.notes.filter(({ note }) => note.form === 'experiment');
		return new Map(experiments.map(({ note }, index) => [note.id, index + 1]));
	});

	kind(note: Note): KindView {
		return kindOf(note.kind, this.settings.kinds, this.handle.text);
	}

	readonly colours = $derived.by(() => coloursOf(this.handle.people));

	get #by(): string | null {
		return this.settings.attribution ? this.handle.me.id : null;
	}

	/** In a list nobody looks at a place: under the frames, where those at the canvas see it. */
	get #below(): Point {
		const all = extent({ ...this.layout, notes: [] }) ?? extent(this.layout);
		return all === null ? { x: 0, y: 0 } : { x: all.x + all.width / 2, y: all.y + all.height + 100 };
	}

	/** Puts a note into the frame that is for its kind, or near the middle of what is in view. */
	add(kind: KindView, text: string): string {
		const { form, name } = kind;
		const id = newId();
		const frame = this.live.content.groups.find(({ key }) => key !== null && key === kind.frame);
		const note: write.NewNote = {
			...{ id, form, text, kind: name, by: this.#by },
			at: this.#by === null ? null : this.handle.now(),
			group: null,
			...freePlace(this.layout, { width: form === 'experiment' ? 304 : 208, height: 120 }, this.view())
		};
		this.#undo.stopCapturing();
		this.#writing.doc.transact(() => {
			write.addNote(this.#writing.doc, note, this.#mine);
			if (frame) write.setGroup(this.#writing.doc, [id], frame.id, this.#mine);
		}, this.#mine);
		return id;
	}

	edit(note: string, field: Field = 'text'): void {
		if (!this.writable) return;
		this.#undo.stopCapturing();
		this.editing = { note, field };
		this.presence.say({ editing: note });
	}

	/** A note that was left without a word goes. */
	endEdit(): void {
		const id = this.editing?.note;
		if (id === undefined) return;
		this.editing = null;
		this.presence.say({ editing: null });
		this.#undo.stopCapturing();
		const note = this.live.note(id);
		if (note && !`${note.text}${note.reply}${note.test}${note.result}`.trim()) {
			write.removeNotes(this.#writing.doc, [id], this.#mine);
		}
	}

	write(note: string, field: Field, text: string): void {
		write.writeNote(this.#writing.doc, note, field, text, this.#by, this.#mine);
	}

	move(places: readonly write.Place[]): void {
		if (!this.writable || places.length === 0) return;
		this.#undo.stopCapturing();
		write.moveNotes(this.#writing.doc, places, this.#mine);
	}

	moveGroups(places: readonly (Point & { id: string })[]): void {
		if (!this.writable || places.length === 0) return;
		this.#undo.stopCapturing();
		write.moveGroups(this.#writing.doc, places, this.#mine);
	}

	remove(notes: readonly string[]): void {
		if (!this.writable || notes.length === 0) return;
		this.#undo.stopCapturing();
		write.removeNotes(this.#writing.doc, notes, this.#mine);
		this.#undo.stopCapturing();
		const removed = this.#undo.undoStack.at(-1);
		this.selection = [];
		// "Undo" on the toast takes this back and nothing later
		const undo = () => this.#undo.undoStack.at(-1) === removed && this.undo();
		toast.show(m.board_removed({ count: notes.length }), { undo });
	}

	paper(notes: readonly string[], paper: Paper): void {
		if (!this.writable) return;
		this.#undo.stopCapturing();
		write.setPaper(this.#writing.doc, notes, paper, this.#mine);
	}

	toGroup(notes: readonly string[], group: string): void {
		this.#undo.stopCapturing();
		write.setGroup(this.#writing.doc, notes, group, this.#mine);
		const found = this.live.content.groups.find(({ id }) => id === group);
		if (found) announce(m.board_grouped({ count: notes.length, group: groupTitle(found) }));
	}

	toNewGroup(notes: readonly string[], title: string): void {
		const id = newId();
		const members = this.layout.notes.filter(({ note }) => notes.includes(note.id));
		const size = {
			width: Math.max(240, ...members.map(({ width }) => width + 2 * GAP)),
			height: members.reduce((sum, { height }) => sum + height + GAP, 3 * GAP)
		};
		const others = {
			frames: this.layout.frames,
			notes: this.layout.notes.filter(({ note }) => !notes.includes(note.id))
		};
		const at = freePlace(others, size, this.view());
		this.#undo.stopCapturing();
		write.addGroup(this.#writing.doc, { id, title, ...at }, notes, this.#mine);
		announce(m.board_grouped({ count: notes.length, group: title }));
		const [first] = notes;
		if (first !== undefined) setTimeout(() => this.show(first), 60);
	}

	/** Takes notes out of their groups, to free places nearby. */
	takeOut(notes: readonly string[]): void {
		const places: write.Place[] = [];
		for (const { note, ...at } of this.layout.notes) {
			if (!notes.includes(note.id) || note.group === null) continue;
			const taken = { ...this.layout, notes: [...this.layout.notes] };
			for (const { x, y } of places) taken.notes.push({ ...at, note, x, y, frame: null });
			places.push({ id: note.id, group: null, ...freePlace(taken, at, at) });
		}
		this.move(places);
	}

	title(group: string, title: string): void {
		write.writeTitle(this.#writing.doc, group, title, this.#mine);
	}

	ungroup(group: string): void {
		const frame = this.layout.frames.find((one) => one.group.id === group);
		if (!frame || !this.writable) return;
		this.#undo.stopCapturing();
		const places = frame.notes.map(({ note, x, y }) => ({ id: note.id, group: null, x, y }));
		write.ungroup(this.#writing.doc, group, places, this.#mine);
		this.#undo.stopCapturing();
		const gone = this.#undo.undoStack.at(-1);
		toast.show(m.board_ungrouped(), { undo: () => this.#undo.undoStack.at(-1) === gone && this.undo() });
	}

	link(from: string, to: string, label = ''): void {
		if (!this.writable) return;
		this.#undo.stopCapturing();
		write.link(this.#writing.doc, { id: newId(), from, to, label }, this.#mine);
		this.linking = null;
	}

	/** Chooses a note while a link is being drawn: first where it begins, then where it leads. */
	chooseForLink(note: string): void {
		if (!this.linking) return;
		const { from } = this.linking;
		if (from === null) {
			this.linking = { from: note };
			announce(m.board_link_to());
		} else if (from === note) this.linking = null;
		else {
			this.link(from, note);
			announce(m.board_linked());
		}
	}

	/** With two notes selected they are linked; with one, the link begins there. */
	startLink(): void {
		const [from, to] = this.selection;
		if (from !== undefined && to !== undefined && this.selection.length === 2) {
			this.link(from, to);
			announce(m.board_linked());
			return;
		}
		this.linking = { from: this.selection.length === 1 ? (from ?? null) : null };
		announce(this.linking.from === null ? m.board_link_from() : m.board_link_to());
	}

	unlink(links: readonly string[]): void {
		if (!this.writable || links.length === 0) return;
		this.#undo.stopCapturing();
		write.unlink(this.#writing.doc, links, this.#mine);
	}

	undo(): void {
		if (this.writable) this.#undo.undo();
	}

	redo(): void {
		if (this.writable) this.#undo.redo();
	}

	#newsOf(notes: readonly Note[]): string {
		const only = notes.length === 1 && notes[0] ? this.live.note(notes[0].id) : undefined;
		if (!only) return m.board_news_many({ count: notes.length });
		return m.board_news_one({
			name: this.handle.name(only.by),
			kind: this.kind(only).label,
			text: only.text
		});
	}
}

const KEY = Symbol('board');

export function provideBoard(control: BoardControl): BoardControl {
	return setContext(KEY, control);
}

export function useBoard(): BoardControl {
	const control = getContext<BoardControl | undefined>(KEY);
	if (!control)
		throw new Error('There is no board here: call provideBoard() in a component around this one.');
	return control;
}
