/** The answer of `GET /api/search`. */
export interface RoomFound {
	key: string;
	title: string;
	format: string;
	formatName: string;
	href: string;
}

export interface Found {
	key: string;
	/** The room's. */
	title: string;
	format: string;
	/** Of the room: 'Questions'. */
	part: string;
	/** The meeting that it was in; null: it is still there. */
	meeting: number | null;
	/** `hit`: what was looked for. */
	parts: { text: string; hit: boolean }[];
	href: string;
}
