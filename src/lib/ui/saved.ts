/** Where somebody's changes are. `waiting`: how many have not reached the server. */
export type SavedState =
	| { readonly is: 'saved' }
	| { readonly is: 'saving' }
	| { readonly is: 'offline'; readonly waiting: number }
	| { readonly is: 'refused'; readonly reason: string };
