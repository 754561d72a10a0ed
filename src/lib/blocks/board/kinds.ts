/** The kinds of notes as they are offered and shown: name, sign, and the template's frame that they are for. */
import type { LucideIcon } from '@lucide/svelte';
import BookOpen from '@lucide/svelte/icons/book-open';
import FileText from '@lucide/svelte/icons/file-text';
import FlaskConical from '@lucide/svelte/icons/flask-conical';
import Lightbulb from '@lucide/svelte/icons/lightbulb';
import MessageCircleQuestionMark from '@lucide/svelte/icons/message-circle-question-mark';
import Quote from '@lucide/svelte/icons/quote';
import StickyNote from '@lucide/svelte/icons/sticky-note';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import type { Text } from '../block.ts';
import type { Form, Kind, KnownKind } from './model.ts';
import type { FrameKey } from './seed.ts';
import { isKnownKind, kindName } from './words.ts';

export type KindView = { name: string; label: string; form: Form; icon: LucideIcon; frame: FrameKey | null };

const KNOWN: Readonly<Record<KnownKind, { form: Form; icon: LucideIcon; frame: FrameKey | null }>> = {
	note: { form: 'note', icon: StickyNote, frame: null },
	question: { form: 'question', icon: MessageCircleQuestionMark, frame: 'questions' },
	idea: { form: 'note', icon: Lightbulb, frame: null },
	experiment: { form: 'experiment', icon: FlaskConical, frame: 'experiments' },
	finding: { form: 'note', icon: FileText, frame: 'known' },
	point: { form: 'note', icon: Quote, frame: 'points' },
	concern: { form: 'note', icon: TriangleAlert, frame: 'concerns' },
	resource: { form: 'note', icon: BookOpen, frame: 'resources' }
};

/** Those that the format offers. */
export function kindsOf(kinds: readonly Kind[], text: (text: Text) => string): KindView[] {
	return kinds.map((kind) => kindOf(typeof kind === 'string' ? kind : kind.name, kinds, text));
}

export function kindOf(name: string, kinds: readonly Kind[], text: (text: Text) => string): KindView {
	const own = kinds.find((kind) => typeof kind !== 'string' && kind.name === name);
	const form = own && typeof own !== 'string' ? own.form : null;
	const known = KNOWN[form === null && isKnownKind(name) ? name : 'note'];
	return { ...known, name, form: form ?? known.form, label: kindName(name, kinds, text) };
}
