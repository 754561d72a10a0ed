/** What was found, as it is answered: in the seeker's language, with where each thing is. */
import { landing } from '#lib/room/landing-link.ts';
import { kindOf, textIn, titleAmong } from '#lib/room/text.ts';
import type { App } from '../../../server/app.ts';
import type { Person } from '../../../server/identity/person.ts';
import type { Finding } from '../../../server/search/search.ts';
import { distinct } from './distinct.ts';
import type { Found, RoomFound } from './found.ts';
import { isMeant } from '#lib/blocks/match.ts';

/** So many rooms whose title was meant. */
const ROOMS = 5;

function hrefOf({ room, meeting, current, instance, item, member }: Finding): string {
	if (!member) return '/week#published';
	return landing(room.code, instance, item === '' ? null : item, current ? null : meeting);
}

export async function searchFor(
	app: App,
	person: Person,
	query: string
): Promise<{ rooms: RoomFound[]; found: Found[] }> {
	const words = app.search.words(query);
	if (words.length === 0) return { rooms: [], found: [] };
	const [mine, findings] = await Promise.all([app.rooms.mine(person), app.search.find(person, query)]);
	const nameOf = (format: string) => textIn(app.registry.formats[format]?.text ?? { en: format });
	const meant = mine.filter(({ room }) => isMeant(room.title, words)).slice(0, ROOMS);
	const titles = new Set(meant.map(({ room }) => room.title));
	return {
		rooms: meant.map(({ room }) => ({
			...{ key: room.id, title: room.title, format: room.format },
			formatName: kindOf(room, app.registry.formats),
			href: `/r/${room.code}`
		})),
		found: distinct(findings, titles).map((finding) => {
			const { room, meeting, current, instance, item, parts } = finding;
			const base = app.registry.formats[room.format];
			const preset = room.preset === null ? undefined : base?.presets?.[room.preset];
			const use = preset?.blocks?.[instance] ?? base?.blocks[instance];
			return {
				key: `${room.id}/${meeting}/${instance}/${item}`,
				title: titleAmong(room),
				format: room.format,
				part: use ? textIn(use.name) : nameOf(room.format),
				meeting: current ? null : meeting,
				parts,
				href: hrefOf(finding)
			};
		})
	};
}
