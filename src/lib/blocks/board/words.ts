/** What kinds of notes and the frames of templates are called, in the reader's language. */
import { m } from '#lib/paraglide/messages.js';
import type { Text } from '../block.ts';
import type { Kind, KnownKind } from './model.ts';
import type { FrameKey } from './seed.ts';

const KINDS: Readonly<Record<KnownKind, () => string>> = {
	note: m.board_kind_note,
	question: m.board_kind_question,
	idea: m.board_kind_idea,
	experiment: m.board_kind_experiment,
	finding: m.board_kind_finding,
	point: m.board_kind_point,
	concern: m.board_kind_concern,
	resource: m.board_kind_resource
};

const FRAMES: Readonly<Record<FrameKey, () => string>> = {
	known: m.board_group_known,
	questions: m.board_group_questions,
	experiments: m.board_group_experiments,
	points: m.board_group_points,
	concerns: m.board_group_concerns,
	resources: m.board_group_resources,
	now: m.board_group_now,
	later: m.board_group_later
};

export function isKnownKind(name: string): name is KnownKind {
	return Object.hasOwn(KINDS, name);
}

/** Also of a kind that the format no longer offers. */
export function kindName(name: string, kinds: readonly Kind[], text: (text: Text) => string): string {
	for (const kind of kinds) if (typeof kind !== 'string' && kind.name === name) return text(kind.text);
	return KINDS[isKnownKind(name) ? name : 'note']();
}

export function groupTitle({ title, key }: { title: string; key: string | null }): string {
	if (title.trim()) return title;
	return isFrame(key) ? FRAMES[key]() : m.board_group_untitled();
}

function isFrame(key: string | null): key is FrameKey {
	return key !== null && Object.hasOwn(FRAMES, key);
}
