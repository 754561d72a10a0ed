import { m } from '#lib/paraglide/messages.js';
import type { Paper } from './model.ts';

/** Papers carry no meaning, so they are named by their colour. */
export function papers(): { paper: Paper; label: string }[] {
	return [
		{ paper: 'plain', label: m.board_paper_plain() },
		{ paper: 'straw', label: m.board_paper_straw() },
		{ paper: 'rose', label: m.board_paper_rose() },
		{ paper: 'sage', label: m.board_paper_sage() },
		{ paper: 'sky', label: m.board_paper_sky() }
	];
}
