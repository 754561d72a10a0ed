/** What concerns a person, read for the page: in their language, at their hours. */
import type { When } from '#lib/blocks/matter.ts';
import { landing } from '#lib/room/landing-link.ts';
import { kindOf, textIn, titleAmong } from '#lib/room/text.ts';
import { m } from '#lib/paraglide/messages.js';
import { region } from '#lib/ui/region.ts';
import type { App } from '../../../server/app.ts';
import type { Person } from '../../../server/identity/person.ts';
import { dayIn } from './days.ts';
import type { Item } from './week.ts';

/** A learning or an answer that somebody gave to all. */
export interface Published {
	key: string;
	text: string;
	/** What was answered, where it is a question. */
	answer: string | null;
	by: string | null;
	at: number;
	/** Of the room; null: that would say whose it is. */
	title: string | null;
	format: string;
	formatName: string;
	/** Null: the reader is not in that room. */
	href: string | null;
}

/** At most so many of them are shown. */
const LATEST = 12;

function timeOf(when: When | null, zone: string): string | null {
	if (when === null || !('at' in when)) return null;
	const clock = new Intl.DateTimeFormat(region(), { timeZone: zone, hour: 'numeric', minute: '2-digit' });
	return when.until === undefined
		? clock.format(when.at)
		: m.week_from_to({ from: clock.format(when.at), to: clock.format(when.until) });
}

export async function itemsOf(app: App, person: Person, zone: string): Promise<Item[]> {
	const [entries, rooms] = await Promise.all([app.store.mattersOf(person.id), app.rooms.mine(person)]);
	const known = new Map(rooms.map((mine) => [mine.room.id, mine]));
	return entries.flatMap((entry): Item[] => {
		const mine = known.get(entry.room);
		const format = mine && app.registry.formats[mine.room.format];
		if (!format) return [];
		const preset = mine.room.preset === null ? undefined : format.presets?.[mine.room.preset];
		// Whoever stands outside of a room is told of nothing there but what is meant for them.
		const outside = { ...format.roles, ...preset?.roles }[mine.role]?.outside;
		if (outside && !outside.includes(entry.instance)) return [];
		const { when } = entry;
		return [
			{
				key: `${entry.room}/${entry.instance}/${entry.id}`,
				kind: entry.kind,
				text: textIn(entry.text),
				said: entry.said,
				room: {
					id: entry.room,
					title: titleAmong(mine.room),
					format: mine.room.format,
					formatName: kindOf(mine.room, app.registry.formats)
				},
				href: landing(mine.room.code, entry.instance, entry.item),
				when,
				day: when === null ? null : 'day' in when ? when.day : dayIn(zone, when.at),
				time: timeOf(when, zone),
				since: entry.since,
				quick: (entry.quick ?? []).map(({ verb, payload, undo, text }) => ({
					...{ type: `${entry.instance}.${verb}`, payload, undo: undo ?? null },
					text: textIn(text)
				})),
				stages: (entry.stages ?? []).map(({ word, ...stage }) => ({ ...stage, word: textIn(word) })),
				course: entry.course ?? null
			}
		];
	});
}

/** For everybody with an account. */
export async function published(app: App, person: Person): Promise<Published[]> {
	if (!person.account) return [];
	const rows = await app.store.published(LATEST);
	return Promise.all(
		rows.map(async ({ room, instance, id, person: by, text, updated, data, from }) => ({
			key: `${room}/${instance}/${id}`,
			text,
			answer: typeof data.answer === 'string' ? data.answer : null,
			by: by === null ? null : (app.identity.known(by)?.name ?? null),
			at: updated,
			title: data.unnamed === true ? null : from.title,
			format: from.format,
			formatName: textIn(app.registry.formats[from.format]?.text ?? { en: from.format }),
			href: (await app.store.membership(room, person.id)) ? landing(from.code, instance, id) : null
		}))
	);
}

interface Told {
	id: number;
	/** The day on which it was told. */
	day: string;
	seen: boolean;
	item: Item;
}

/** At most so many reminders stand on the page. */
const REMINDERS = 8;

/** What this person was reminded of and is not settled, the latest first. */
export async function remindersOf(
	app: App,
	person: Person,
	items: readonly Item[],
	zone: string
): Promise<Told[]> {
	const byKey = new Map(items.map((item) => [item.key, item]));
	const all = await app.store.reminders.shown(person.id, REMINDERS);
	return all.flatMap(({ id, at, seen, matter: { room, instance, id: name } }) => {
		const item = byKey.get(`${room}/${instance}/${name}`);
		return item ? [{ id, day: dayIn(zone, at), seen, item }] : [];
	});
}
