/** Every format's demo, by the format's name; a second one of a format is called `<format>/<preset>`. */
import type { Demo } from '../demo.ts';
import { actionLearningDemo } from './action-learning.ts';
import { actionLearningTroikasDemo } from './action-learning-troikas.ts';
import { coachingDemo } from './coaching.ts';
import { debateDemo } from './debate.ts';
import { discussionDemo } from './discussion.ts';
import { lunchAndLearnDemo } from './lunch-and-learn.ts';
import { peerMentorCohortDemo } from './peer-mentor-cohort.ts';
import { peerMentorDemo } from './peer-mentor.ts';
import { peerReviewDemo } from './peer-review.ts';

export const demos: Readonly<Record<string, Demo>> = {
	'action-learning': actionLearningDemo,
	'action-learning/troikas': actionLearningTroikasDemo,
	coaching: coachingDemo,
	debate: debateDemo,
	discussion: discussionDemo,
	'lunch-and-learn': lunchAndLearnDemo,
	'peer-mentor': peerMentorDemo,
	'peer-mentor/cohort': peerMentorCohortDemo,
	'peer-review': peerReviewDemo
};

/** The format that a demo is of. */
export const formatOf = (demo: string): string => demo.split('/')[0]!;
