/** Where somebody's changes are. `waiting`: how many the server has not acknowledged as durable. */
export type SavedState =
	| { readonly is: 'saved' }
	| { readonly is: 'saving' }
	/** 'slow': there is a line, and the server does not save at the moment. */
	| { readonly is: 'offline' | 'slow'; readonly waiting: number }
	| { readonly is: 'refused'; readonly reason: string };
