/** What groups took away, read for the page: by the weeks of the reader. */
import { landing } from '#lib/room/landing-link.ts';
import { kindOf, titleAmong } from '#lib/room/text.ts';
import type { App } from '../../../server/app.ts';
import type { Person } from '../../../server/identity/person.ts';
import type { MeetingTakeaways } from '../../../server/storage/digest-store.ts';
import { dayIn, mondayOf } from './days.ts';

interface Taken {
	/** Unique across rooms. */
	key: string;
	text: string;
	/** Null: nobody is named. */
	by: string | null;
	/** Lands on it in the meeting's record. */
	href: string;
}

interface Held {
	key: string;
	/** The room's. */
	title: string;
	format: string;
	formatName: string;
	/** On which it ended. */
	day: string;
	/** Its record. */
	href: string;
	taken: Taken[];
}

interface DigestWeek {
	monday: string;
	meetings: Held[];
}

/** So many meetings stand on a page. */
const MEETINGS = 24;
/** On My week: so many takeaways, of meetings that ended so long ago at most. */
const LATELY = { takeaways: 3, time: 14 * 86_400_000 };

function heldOf({ room, meeting, ended, takeaways }: MeetingTakeaways, app: App, zone: string): Held {
	return {
		key: `${room.id}/${meeting}`,
		title: titleAmong(room),
		format: room.format,
		formatName: kindOf(room, app.registry.formats),
		day: dayIn(zone, ended),
		href: `/r/${room.code}/m/${meeting}`,
		taken: takeaways.map(({ instance, id, text, data }) => ({
			key: `${room.id}/${instance}/${id}`,
			text,
			by: typeof data.by === 'string' ? data.by : null,
			href: landing(room.code, instance, id, meeting)
		}))
	};
}

/** Of meetings that ended before that moment, the latest week first. `earlier`: what goes on before there. */
export async function digestOf(
	app: App,
	person: Person,
	zone: string,
	before: number
): Promise<{ weeks: DigestWeek[]; earlier: number | null }> {
	const { meetings, more } = await app.digest.page(person.id, { from: 0, to: before }, MEETINGS);
	const weeks: DigestWeek[] = [];
	for (const one of meetings) {
		const held = heldOf(one, app, zone);
		const monday = mondayOf(held.day);
		const week = weeks.at(-1);
		if (week?.monday === monday) week.meetings.push(held);
		else weeks.push({ monday, meetings: [held] });
	}
	return { weeks, earlier: more };
}

/** The latest, for My week. */
export async function takenLately(
	app: App,
	person: Person,
	zone: string
): Promise<(Taken & Pick<Held, 'title' | 'format' | 'day'>)[]> {
	const now = Date.now();
	const span = { from: now - LATELY.time, to: now + 1 };
	const { meetings } = await app.digest.page(person.id, span, LATELY.takeaways);
	return meetings
		.flatMap((one) => {
			const { title, format, day, taken } = heldOf(one, app, zone);
			return taken.map((words) => ({ ...words, title, format, day }));
		})
		.slice(0, LATELY.takeaways);
}
