/** Every format's demo, by the format's name. */
import type { Demo } from '../demo.ts';
import { actionLearningDemo } from './action-learning.ts';
import { coachingDemo } from './coaching.ts';
import { debateDemo } from './debate.ts';
import { discussionDemo } from './discussion.ts';
import { lunchAndLearnDemo } from './lunch-and-learn.ts';
import { peerReviewDemo } from './peer-review.ts';

export const demos: Readonly<Record<string, Demo>> = {
	'action-learning': actionLearningDemo,
	coaching: coachingDemo,
	debate: debateDemo,
	discussion: discussionDemo,
	'lunch-and-learn': lunchAndLearnDemo,
	'peer-review': peerReviewDemo
};
