/** What a new board begins with. Titles come from the frame's key, in each reader's language. */
import type * as Y from 'yjs';
import { addGroup } from './write.ts';

const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
	blank: [],
	'action-learning': ['known', 'questions', 'experiments'],
	discussion: ['points', 'concerns', 'resources'],
	topics: ['now', 'later']
};

/** Room for a column of notes or experiments, and a gap. */
const APART = 376;

export type FrameKey =
	'known' | 'questions' | 'experiments' | 'points' | 'concerns' | 'resources' | 'now' | 'later';

export function seed(doc: Y.Doc, template: string): void {
	const frames = TEMPLATES[template];
	if (!frames) {
		const known = Object.keys(TEMPLATES).join(', ');
		throw new Error(`The board has no template "${template}"; it has ${known}.`);
	}
	doc.transact(() => {
		frames.forEach((key, index) =>
			addGroup(doc, { id: key, key, title: '', x: index * APART, y: 0 }, [], 'seed')
		);
	}, 'seed');
}
