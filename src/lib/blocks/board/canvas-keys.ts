/** Every action by keyboard. Keys work on the note that has the focus, so none of them is in the way elsewhere. */
import { announce } from '#lib/ui/announce.ts';
import { m } from '#lib/paraglide/messages.js';
import type { BoardControl } from './control.svelte.ts';
import { between, inReach } from './layout.ts';
import { idOf } from './nodes.ts';
import type { Place } from './write.ts';

const STEP = { fine: 8, coarse: 48 };
const ARROWS: Readonly<Record<string, { x: number; y: number }>> = {
	ArrowUp: { x: 0, y: -1 },
	ArrowDown: { x: 0, y: 1 },
	ArrowLeft: { x: -1, y: 0 },
	ArrowRight: { x: 1, y: 0 }
};

/** `unlink` removes the links that are selected. */
export function canvasKeys(board: BoardControl, unlink: () => void) {
	return (event: KeyboardEvent): void => {
		if (!(event.target instanceof HTMLElement || event.target instanceof SVGElement)) return;
		if (event.target.matches('input, textarea, [contenteditable]')) return;
		if ((event.ctrlKey || event.metaKey) && command(event)) event.preventDefault();
		else if (event.key === 'Escape') escape();
		else if (event.target.closest('.svelte-flow__edge') && isDelete(event)) unlink();
		else {
			const node = event.target.matches('.svelte-flow__node-note')
				? event.target.getAttribute('data-id')
				: null;
			if (node !== null && !event.ctrlKey && !event.metaKey && !event.altKey && onNote(event, idOf(node))) {
				event.preventDefault();
			}
		}
	};

	function command({ key, shiftKey }: KeyboardEvent): boolean {
		if (key.toLowerCase() === 'y' || (shiftKey && key.toLowerCase() === 'z')) board.redo();
		else if (key === 'z') board.undo();
		else if (key === 'a') board.selection = board.layout.notes.map(({ note }) => note.id);
		else return false;
		return true;
	}

	function escape(): void {
		board.linking = null;
		board.selection = [];
	}

	function onNote(event: KeyboardEvent, id: string): boolean {
		const chosen = board.selection.includes(id) ? board.selection : [id];
		const arrow = ARROWS[event.key];
		if (arrow) {
			move(chosen, arrow, event.shiftKey ? STEP.coarse : STEP.fine);
			return true;
		}
		if (isDelete(event)) {
			const next = beside(id, 1) ?? beside(id, -1);
			board.remove(chosen);
			if (next) board.show(next);
			return true;
		}
		switch (event.key) {
			case 'Enter':
			case 'F2':
				if (board.linking) board.chooseForLink(id);
				else board.edit(id);
				return true;
			case ' ':
				toggle(id);
				return true;
			case 'g':
				if (board.writable) board.grouping = chosen;
				return true;
			case 'l':
				if (!board.writable) return false;
				if (!board.linking) board.selection = chosen;
				if (board.linking) board.chooseForLink(id);
				else board.startLink();
				return true;
			case 'PageDown':
			case 'PageUp':
				return focus(beside(id, event.key === 'PageDown' ? 1 : -1));
			case 'Home':
				return focus(board.layout.notes[0]?.note.id);
			case 'End':
				return focus(board.layout.notes.at(-1)?.note.id);
			default:
				return false;
		}
	}

	function focus(id: string | undefined): boolean {
		if (id !== undefined) board.show(id);
		return true;
	}

	function beside(id: string, step: 1 | -1): string | undefined {
		const { notes } = board.layout;
		return notes[notes.findIndex(({ note }) => note.id === id) + step]?.note.id;
	}

	function toggle(id: string): void {
		const has = board.selection.includes(id);
		board.selection = has ? board.selection.filter((one) => one !== id) : [...board.selection, id];
		announce(m.board_selected({ count: board.selection.length }));
	}

	/** Free notes move by a step; a note in a group changes places with its neighbour. */
	function move(ids: readonly string[], by: { x: number; y: number }, step: number): void {
		const places: Place[] = board.layout.notes
			.filter(({ note }) => ids.includes(note.id) && note.group === null)
			.map(({ note, x, y }) => ({
				id: note.id,
				group: null,
				...inReach({ x: x + by.x * step, y: y + by.y * step })
			}));
		for (const { group, notes } of board.layout.frames) {
			const at = notes.findIndex(({ note }) => ids.includes(note.id));
			const note = notes[at]?.note;
			if (!note || by.y === 0 || !notes[at + by.y]) continue;
			const y = between(notes[by.y > 0 ? at + 1 : at - 2]?.note.y, notes[by.y > 0 ? at + 2 : at - 1]?.note.y);
			places.push({ id: note.id, group: group.id, x: 0, y });
		}
		board.move(places);
	}
}

const isDelete = ({ key }: KeyboardEvent) => key === 'Delete' || key === 'Backspace';
