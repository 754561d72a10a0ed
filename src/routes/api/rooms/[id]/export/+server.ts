import { failed, tooFast, tooManyCodes, unauthenticated } from '#lib/api/answer.ts';
import { toCsv } from '#lib/export/csv.ts';
import { fileName } from '#lib/export/file-name.ts';
import { toJson } from '#lib/export/json.ts';
import { toMarkdown } from '#lib/export/markdown.ts';
import { region } from '#lib/ui/region.ts';
import type { Minutes } from '#lib/record/minutes.ts';
import { readMinutes } from '#lib/record/read.ts';
import { defaultMeeting } from '#lib/record/which.ts';
import type { RequestHandler } from './$types';

interface Kind {
	ending: string;
	type: string;
	write(minutes: Minutes, locale: string): string;
}

const kinds: Readonly<Record<string, Kind>> = {
	markdown: { ending: 'md', type: 'text/markdown; charset=utf-8', write: toMarkdown },
	json: { ending: 'json', type: 'application/json; charset=utf-8', write: toJson },
	// Without the mark, spreadsheets read UTF-8 as something else.
	csv: { ending: 'csv', type: 'text/csv; charset=utf-8', write: (minutes) => `\uFEFF${toCsv(minutes)}` }
};

const missing = { code: 'not_found', message: 'There is no such room, or you are not in it.' };

export const GET: RequestHandler = async ({ params, url, locals, getClientAddress }) => {
	const { app, person } = locals;
	if (!person) return unauthenticated();
	const address = getClientAddress();
	const { room, wait } = await app.find(person, params.id, address);
	if (wait > 0) return tooManyCodes(wait);
	const member = room?.info(person.id).member;
	if (!room || !member) return failed(404, missing);

	const as = url.searchParams.get('as') ?? 'markdown';
	const kind = Object.hasOwn(kinds, as) ? kinds[as] : undefined;
	if (!kind)
		return failed(422, {
			code: 'invalid',
			message: `as is one of ${Object.keys(kinds).join(', ')}.`,
			field: 'as'
		});

	const current = room.world.row.meeting;
	const asked = url.searchParams.get('meeting');
	const meeting = asked === null ? defaultMeeting(await app.store.meetings(room.id), current) : Number(asked);
	if (!Number.isInteger(meeting) || meeting < 1 || meeting > current) {
		const message = `meeting is a whole number from 1 to ${current}.`;
		return failed(422, { code: 'invalid', message, field: 'meeting' });
	}

	const busy = await app.reads.take(person.id, address);
	if (busy > 0) return tooFast(busy);
	const locale = region();
	const read = await readMinutes(app, room, member, meeting, locale);
	if (!read) return failed(403, { code: 'forbidden', message: 'Your role does not read the record.' });
	const { minutes } = read;
	const name = fileName(minutes.room.title, `-meeting-${meeting}.${kind.ending}`);
	return new Response(kind.write(minutes, locale), {
		headers: {
			'content-type': kind.type,
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'no-store'
		}
	});
};
