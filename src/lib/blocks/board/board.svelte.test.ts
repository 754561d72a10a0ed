import { afterEach, expect, it } from 'vitest';
import { cleanup, render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import '#lib/ui/tokens.css';
import '#lib/ui/parts.css';
import type { Member } from '../block.ts';
import Board from './Board.svelte';
import type { BoardHandle } from './control.svelte.ts';
import type { BoardSettings } from './model.ts';
import { readBoard } from './read.ts';
import { seed } from './seed.ts';
import { addNote } from './write.ts';

const tom: Member = {
	...{ id: 'tom', name: 'Tom Bauer', role: 'member', joined: 1 },
	...{ account: false, owner: false, team: null }
};

function open(doc: Y.Doc, settings: Partial<BoardSettings> = {}, writable = true) {
	const writing = { name: 'm1/board', doc, awareness: new Awareness(doc), writable, ready: true };
	const draft = $state({ value: '' });
	const handle: BoardHandle = {
		...{
			instance: 'board',
			title: 'Board',
			record: { voting: {}, tally: {}, mirror: {} },
			desk: null,
			own: null,
			settings,
			me: tom
		},
		...{ people: { tom }, here: new Set(['tom']), phase: null, meeting: 1 },
		...{ frozen: false, moderates: false, facilitates: false },
		may: () => false,
		opens: () => 'P5 Explore',
		send: async () => ({ ok: true, result: undefined }),
		writing: () => writing,
		calendar: () => '',
		now: () => 7,
		roleName: (role) => role,
		text: ({ en }) => en,
		why: () => '',
		name: (person) => (person === 'tom' ? 'Tom Bauer' : 'Somebody'),
		draft: () => draft
	};
	const frame = document.createElement('div');
	frame.style.cssText = 'position:fixed;inset:0;display:flex';
	document.body.append(frame);
	void render(Board, { target: frame, props: { handle, writing } });
	return doc;
}

function put(doc: Y.Doc, id: string, text: string, x = 0, y = 0) {
	addNote(doc, { id, kind: 'idea', form: 'note', text, by: 'tom', at: 1, group: null, x, y }, 'test');
}

afterEach(() => {
	cleanup();
	document.body.replaceChildren();
});

it('draws only what is in view of a board of 500 notes', async () => {
	await page.viewport(1280, 800);
	const doc = new Y.Doc();
	for (let i = 0; i < 500; i++) put(doc, `n${i}`, `Note ${i}`, (i % 25) * 240, Math.floor(i / 25) * 220);
	open(doc);
	await expect.element(page.getByRole('group', { name: /^Idea: Note 0\./ })).toBeInTheDocument();
	await page.getByTitle('Show in full size').click();
	await expect.poll(() => document.querySelectorAll('.svelte-flow__node').length).toBeLessThan(60);
});

it('paints a crowd that is seen from afar, and gives a note its element when it is pointed at or walked to', async () => {
	await page.viewport(1280, 800);
	const doc = new Y.Doc();
	for (let i = 0; i < 500; i++) put(doc, `n${i}`, `Note ${i}`, (i % 25) * 240, Math.floor(i / 25) * 220);
	open(doc);
	await page.getByRole('button', { name: 'All', exact: true }).click();
	const painted = page.getByRole('img', { name: /notes, seen from afar/ });
	await expect.element(painted).toBeInTheDocument();
	const notes = () => document.querySelectorAll('.svelte-flow__node-note');
	await expect.poll(() => notes().length).toBe(1);

	const box = painted.element().getBoundingClientRect();
	const middle = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2, bubbles: true };
	for (let down = 0; down < 40 && notes().length === 1; down += 2) {
		const at = { ...middle, clientY: middle.clientY + down };
		document.elementFromPoint(at.clientX, at.clientY)?.dispatchEvent(new PointerEvent('pointermove', at));
		await expect.poll(() => notes().length).toBeGreaterThan(0);
	}
	expect(notes().length).toBe(2);

	(notes()[0] as HTMLElement).focus();
	await userEvent.keyboard('{PageDown}');
	await expect.poll(() => document.activeElement?.getAttribute('data-id')).toBe('n/n1');

	await page.getByTitle('Show in full size').click();
	await expect
		.poll(() => document.querySelectorAll('.svelte-flow__node-note .kind').length)
		.toBeGreaterThan(5);
	await expect.element(painted).not.toBeInTheDocument();
});

it('puts what is written below into the frame for its kind, signed', async () => {
	const doc = new Y.Doc();
	seed(doc, 'action-learning');
	open(doc);
	await page.getByRole('textbox', { name: 'Question' }).fill('Who decides?');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByRole('group', { name: 'Question: Who decides?. Tom Bauer' })).toBeVisible();
	expect(readBoard(doc).notes).toMatchObject([
		{ text: 'Who decides?', group: 'questions', by: 'tom', at: 7 }
	]);
});

it('writes no names in a room without them', async () => {
	const doc = open(new Y.Doc(), { attribution: false });
	await page.getByRole('textbox', { name: 'Question' }).fill('Who decides?');
	await userEvent.keyboard('{Enter}');
	await expect.poll(() => readBoard(doc).notes).toMatchObject([{ by: null, at: null }]);
});

it('asks for a question where the format does', async () => {
	const doc = open(new Y.Doc(), { checks: ['question', 'advice'] });
	await page.getByRole('textbox', { name: 'Question' }).fill('You should use a tool');
	await expect.element(page.getByText(/“You should” hides advice/)).toBeVisible();
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByText(/Make it a question/)).toBeVisible();
	expect(readBoard(doc).notes).toEqual([]);
});

it('is edited, moved, grouped and cleared by keyboard alone', async () => {
	const doc = new Y.Doc();
	put(doc, 'a', 'Half the wait');
	open(doc);
	const note = page.getByRole('group', { name: /^Idea: Half the wait/ });
	await expect.element(note).toBeVisible();
	(note.element() as HTMLElement).focus();
	await userEvent.keyboard('{ArrowRight}');
	expect(readBoard(doc).notes).toMatchObject([{ x: 8, y: 0 }]);
	await userEvent.keyboard('{Enter}');
	await userEvent.keyboard(' is re-keying{Escape}');
	expect(readBoard(doc).notes).toMatchObject([{ text: 'Half the wait is re-keying' }]);
	await userEvent.keyboard('g');
	await page.getByRole('textbox', { name: 'Name of a new group' }).fill('Waiting');
	await userEvent.keyboard('{Enter}');
	const [group] = readBoard(doc).groups;
	expect(readBoard(doc).notes).toMatchObject([{ group: group?.id }]);
	await expect.poll(() => document.activeElement?.getAttribute('data-id')).toBe('n/a');
	await userEvent.keyboard('{Delete}');
	expect(readBoard(doc).notes).toEqual([]);
	await page.getByRole('button', { name: 'Undo mine' }).click();
	expect(readBoard(doc).notes).toMatchObject([{ text: 'Half the wait is re-keying' }]);
});

it('shows the same board as a list by group', async () => {
	const doc = new Y.Doc();
	seed(doc, 'action-learning');
	put(doc, 'a', 'Half the wait');
	open(doc);
	await page.getByRole('button', { name: 'Show as a list' }).click();
	await expect.element(page.getByRole('heading', { name: 'Without a group' })).toBeVisible();
	await expect.element(page.getByText('Half the wait')).toBeVisible();
});

it('offers nothing to write with where it may only be read, and says when that opens', async () => {
	open(new Y.Doc(), {}, false);
	await expect.element(page.getByText('Open for writing in P5 Explore')).toBeVisible();
	expect(document.querySelector('.dock')).toBeNull();
	expect(document.querySelector('[role="toolbar"]')).toBeNull();
});
