/** Somebody with an identity: an account, or a guest with a name. */
export interface Person {
	id: string;
	name: string;
	/** False: a guest. */
	account: boolean;
	email: string | null;
	/** The language chosen on the account page; null: as the browser asks for. */
	locale: string | null;
	/** Runs the workspace. */
	administrator?: boolean;
}
