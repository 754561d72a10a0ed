/**
 * What is on a board, and how it lies in its Yjs document.
 *
 *   notes   Y.Map  id → Y.Map {kind, form, paper, by, at, group, x, y, text: Y.Text, …}
 *                  form 'question' also has reply: Y.Text, replyBy; 'experiment' has test, result: Y.Text
 *   groups  Y.Map  id → Y.Map {key, x, y, title: Y.Text}
 *   links   Y.Map  id → Y.Map {from, to, label}
 *   page    Y.XmlFragment, what Tiptap edits where the shape is 'page'
 *
 * A note outside of groups lies at x, y. Inside of one its place follows from the group's, and y only tells the
 * order: so notes in a group never overlap, and grouping needs no dragging. Who wrote a note (`by`) is what the
 * writer's browser says, for reading; the proof is in the log.
 */
import type * as Y from 'yjs';
import type { Text } from '../block.ts';

/** What a note consists of: one text; a question and what was answered; hypothesis, test and result. */
export type Form = 'note' | 'question' | 'experiment';
export const FORMS: readonly Form[] = ['note', 'question', 'experiment'];

export type Paper = 'plain' | 'straw' | 'rose' | 'sage' | 'sky';
export const PAPERS: readonly Paper[] = ['plain', 'straw', 'rose', 'sage', 'sky'];

/** The texts of a note, by the name of their field. */
export type Field = 'text' | 'reply' | 'test' | 'result';
export const FIELDS: Readonly<Record<Form, readonly Field[]>> = {
	note: ['text'],
	question: ['text', 'reply'],
	experiment: ['text', 'test', 'result']
};

export type Note = {
	id: string;
	/** As the format's `kinds` name it. */
	kind: string;
	form: Form;
	paper: Paper;
	/** Null where the room keeps no names. */
	by: string | null;
	/** Milliseconds since the epoch, by the writer's clock; null where the room keeps no names. */
	at: number | null;
	group: string | null;
	x: number;
	y: number;
	/** An experiment's hypothesis. */
	text: string;
	reply: string;
	replyBy: string | null;
	test: string;
	result: string;
};

export type Group = {
	id: string;
	/** Of a template's frame, whose title is shown in the reader's language until somebody writes one. */
	key: string | null;
	title: string;
	x: number;
	y: number;
};

export type Link = { id: string; from: string; to: string; label: string };

export type BoardContent = {
	/** By place: from top to bottom, then from left to right. */
	notes: Note[];
	groups: Group[];
	links: Link[];
};

/** Coordinates reach this far from the middle, in px. */
export const REACH = 20_000;
/** Characters that are read of a text, a title, a link's label; what is longer was not written with our editor. */
export const LONGEST = { text: 2000, title: 120, label: 60 };
/** How many are read; more than a group can look at. */
export const MOST = { notes: 3000, groups: 300, links: 3000 };
/** Between two notes of a group in their order. */
export const STEP = 16;

export const notesOf = (doc: Y.Doc): Y.Map<Y.Map<unknown>> => doc.getMap('notes');
export const groupsOf = (doc: Y.Doc): Y.Map<Y.Map<unknown>> => doc.getMap('groups');
export const linksOf = (doc: Y.Doc): Y.Map<Y.Map<unknown>> => doc.getMap('links');
export const pageOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment('page');

/** Kinds of notes that have a name in both languages; a format may declare others with a text of their own. */
export const KNOWN_KINDS = [
	'note',
	'question',
	'idea',
	'experiment',
	'finding',
	'point',
	'concern',
	'resource'
] as const;
export type KnownKind = (typeof KNOWN_KINDS)[number];
export type Kind = KnownKind | { name: string; text: Text; form: Form };

export type BoardSettings = {
	shape: 'board' | 'page';
	kinds: Kind[];
	/** What the composer looks at: that a question is one, and that it hides no advice. */
	checks: ('question' | 'advice')[];
	/** Characters in the composer. */
	longest: number;
	/** Without it no names are written, and nobody's cursor is shown. */
	attribution: boolean;
	/** Votes of each person; 0: there is no voting. */
	budget: number;
	/** At most on one note. */
	perNote: number;
	/** Counts are shown while people vote. */
	live: boolean;
	/** Shown on an empty page. */
	guide: Text | null;
	/** What may help along while a phase is open, by phase: shown above a page, never written into it. */
	prompts: Record<string, Text[]>;
	/** The share of a page that people of this role wrote, shown to all, beside the most it should be. */
	mirror: { role: string; most: number; text: Text } | null;
};

export const DEFAULTS: BoardSettings = {
	shape: 'board',
	kinds: ['question', 'idea', 'experiment'],
	checks: [],
	longest: 140,
	attribution: true,
	budget: 0,
	perNote: 1,
	live: false,
	guide: null,
	prompts: {},
	mirror: null
};

/** A document that nobody but its writer can open. */
export const isPrivate = (document: string): boolean => document.startsWith('own/');

/** A view and a report get what the format wrote, without what it left out. */
export function settingsOf(written: Partial<BoardSettings>): BoardSettings {
	return { ...DEFAULTS, ...written };
}

export type BoardState = {
	/** `<note>/<person>` → how many. */
	votes: Record<string, number>;
	voting: { now?: { status: 'open' | 'closed' } };
	/** Characters of the page as it stands, by person; the server counts them from the log. */
	written: Record<string, number>;
};

export type BoardRecord = {
	/** `voted`: how many people have voted. */
	voting: { now?: { status: 'open' | 'closed'; voted: number } };
	/** By note; empty until the votes are counted. */
	tally: Record<string, number>;
	/** Of all that was written by people who are known, 0 to 1. */
	mirror: { now?: { share: number; most: number } };
};

/** Below so many characters a share says nothing. */
export const MIRROR_FROM = 80;

export type BoardOwn = {
	/** By note. */
	votes: Record<string, number>;
	left: number;
};
