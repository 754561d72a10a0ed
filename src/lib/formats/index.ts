/** Every format, by its name in the API. A new format adds a line here. */
import { actionLearning } from './action-learning.ts';
import { coaching } from './coaching.ts';
import { debate } from './debate.ts';
import { discussion } from './discussion.ts';
import type { Format } from './format.ts';
import { lunchAndLearn } from './lunch-and-learn.ts';
import { peerMentor } from './peer-mentor.ts';
import { peerReview } from './peer-review.ts';

export const formats: Readonly<Record<string, Format>> = {
	'action-learning': actionLearning,
	coaching,
	debate,
	discussion,
	'lunch-and-learn': lunchAndLearn,
	'peer-mentor': peerMentor,
	'peer-review': peerReview
};
