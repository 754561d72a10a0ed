import { fileName } from '#lib/export/file-name.ts';

/** A calendar file to download. The title is what somebody wrote; of it only letters and digits come into the header. */
export function calendarAnswer(title: string, file: string): Response {
	return new Response(file, {
		headers: {
			'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
			'content-disposition': `attachment; filename="${fileName(title, '.ics')}"`,
			'cache-control': 'no-store'
		}
	});
}
