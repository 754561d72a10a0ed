/** Moments for export files, which have no reader's time zone: the server's, named. */

export function day(at: number, locale: string): string {
	return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(at);
}

export function dayAndTime(at: number, locale: string): string {
	return new Intl.DateTimeFormat(locale, {
		year: 'numeric',
		month: 'short',
		day: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
		timeZoneName: 'short'
	}).format(at);
}
