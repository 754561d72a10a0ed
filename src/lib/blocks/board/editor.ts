/** Tiptap on a page's fragment: rich text that merges, undo of one's own changes, and others' carets with names. */
import { Editor, Extension } from '@tiptap/core';
import Collaboration from '@tiptap/extension-collaboration';
import StarterKit from '@tiptap/starter-kit';
import { yCursorPlugin } from '@tiptap/y-tiptap';
import type { Writing } from '../block.ts';
import { pageOf } from './model.ts';

interface EditorOptions {
	label: string;
	/** Shown while nothing is written. */
	guide: string;
	/** Null in rooms without names. */
	nameOf: ((person: string) => { name: string; colour: number | undefined }) | null;
	changed: () => void;
}

export function createEditor(
	element: HTMLElement,
	writing: Writing,
	{ label, guide, nameOf, changed }: EditorOptions
): Editor {
	const markEmpty = ({ editor }: { editor: Editor }) => {
		editor.view.dom.toggleAttribute('data-blank', editor.isEmpty);
		editor.view.dom.dataset.guide = guide;
		changed();
	};
	return new Editor({
		element,
		injectCSS: false,
		extensions: [
			StarterKit.configure({
				undoRedo: false,
				trailingNode: false,
				heading: { levels: [2, 3] },
				link: { openOnClick: false, defaultProtocol: 'https' }
			}),
			Collaboration.configure({ fragment: pageOf(writing.doc) }),
			...(nameOf ? [carets(writing, nameOf)] : [])
		],
		editorProps: { attributes: { 'aria-label': label, 'aria-multiline': 'true', role: 'textbox' } },
		onCreate: markEmpty,
		onTransaction: markEmpty
	});
}

function carets(writing: Writing, nameOf: NonNullable<EditorOptions['nameOf']>) {
	return Extension.create({
		name: 'carets',
		addProseMirrorPlugins: () => [
			yCursorPlugin(writing.awareness, {
				cursorBuilder: (user: unknown) => {
					const { name, colour } = nameOf(personOf(user));
					const caret = document.createElement('span');
					caret.className = 'peer';
					if (colour !== undefined) caret.dataset.person = String(colour);
					const flag = document.createElement('span');
					flag.className = 'flag';
					flag.textContent = name;
					caret.append(flag);
					return caret;
				},
				selectionBuilder: () => ({ class: 'peer-selection' })
			})
		]
	});
}

function personOf(user: unknown): string {
	return typeof user === 'object' && user !== null && 'id' in user && typeof user.id === 'string'
		? user.id
		: '';
}
