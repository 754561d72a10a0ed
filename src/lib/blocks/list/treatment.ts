/** What a moderator is about to do with an entry, and has to say something for. */
export type Treatment = {
	verb: 'return' | 'dismiss' | 'merge' | 'label' | 'answer' | 'assign' | 'reply';
	item: { id: string; text: string };
};

export type Treat = (treatment: Treatment) => void;
