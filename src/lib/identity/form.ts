/** The text of one field; a file, or nothing, is the empty text. */
export function textOf(form: FormData, field: string): string {
	const value = form.get(field);
	return typeof value === 'string' ? value : '';
}

/** The id of having asked, that a form of what is made carries: sent again, it gets what it got before. */
export function onceIn(form: FormData): string | null {
	const id = textOf(form, 'once');
	return id !== '' && id.length <= 64 ? id : null;
}
