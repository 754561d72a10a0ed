/** What is kept of a person, for reading. Whoever wants every detail takes the JSON. */
import type { Json, Text } from '#lib/blocks/block.ts';
import type { Registry } from '../rooms/world.ts';
import type { PersonExport, RoomOfPerson } from './export.ts';

const words = {
	title: { en: 'What Peerloom keeps of {name}', de: 'Was Peerloom von {name} aufbewahrt' },
	at: { en: 'As of {date}.', de: 'Stand: {date}.' },
	guest: { en: 'Guest', de: 'Gast' },
	email: { en: 'E-mail address', de: 'E-Mail-Adresse' },
	id: { en: 'Number in this Peerloom', de: 'Kennung in diesem Peerloom' },
	sessions: { en: 'Signed in', de: 'Angemeldet' },
	since: { en: 'since {date}', de: 'seit {date}' },
	ledger: { en: 'Across rooms', de: 'Über Räume hinweg' },
	rooms: { en: 'Rooms', de: 'Räume' },
	owner: { en: 'owner', de: 'Eigentümer*in' },
	left: { en: 'no longer a member', de: 'nicht mehr Mitglied' },
	own: { en: 'Shown to you alone', de: 'Für sonst niemanden sichtbar' },
	mentions: { en: 'By you or with your name', de: 'Selbst geschrieben oder mit Namen genannt' },
	drafts: { en: 'Drafts and journals', de: 'Entwürfe und Notizen' },
	changes: { en: 'Where you wrote along', de: 'Mitgeschrieben an' },
	times: {
		en: '{document}: {times} changes, {first} to {last}',
		de: '{document}: {times} Änderungen, {first} bis {last}'
	},
	nothing: { en: 'Nothing.', de: 'Nichts.' }
} satisfies Record<string, Text>;

type Locale = 'en' | 'de';

export function toMarkdown(all: PersonExport, registry: Registry, locale: Locale): string {
	const say = (word: keyof typeof words, fill: Record<string, string> = {}) =>
		Object.entries(fill).reduce((text, [key, value]) => text.replace(`{${key}}`, value), words[word][locale]);
	const day = (iso: string) =>
		new Date(iso).toLocaleDateString(locale, { dateStyle: 'long', timeZone: 'UTC' });
	const inWords = (text: Text | undefined, name: string) => text?.[locale] ?? text?.en ?? name;
	const list = (lines: readonly string[]) => (lines.length > 0 ? lines : [say('nothing')]).join('\n');

	const plain: Words = { id: all.profile.id, day };

	function room(one: RoomOfPerson): string[] {
		const format = registry.formats[one.format];
		const title = (instance: string) => inWords(format?.blocks[instance]?.name, instance);
		const role = one.role === null ? say('left') : inWords(format?.roles[one.role]?.name, one.role);
		const about = [inWords(format?.text, one.format), role, ...(one.owner ? [say('owner')] : [])];
		const own = Object.entries(one.own).flatMap(([meeting, instances]) =>
			Object.entries(instances).flatMap(([instance, value]) =>
				bullet(plain, `${title(instance)} (${meeting})`, value)
			)
		);
		const mentions = one.mentions.flatMap(({ document, at, value }) => {
			const [instance = at] = at.split('/');
			return bullet(plain, `${title(instance)} (${document})`, value);
		});
		return [
			`### ${oneLine(one.title)}`,
			about.join(' · '),
			`#### ${say('own')}`,
			list(own),
			`#### ${say('mentions')}`,
			list(mentions),
			...Object.values(one.documents).flatMap((value) => [
				`#### ${say('drafts')}`,
				list(bullet(plain, '', value))
			]),
			`#### ${say('changes')}`,
			list(
				one.changes.map(
					({ document, times, first, last }) =>
						`- ${say('times', { document, times: `${times}`, first: day(first), last: day(last) })}`
				)
			)
		];
	}

	const { profile } = all;
	const parts = [
		`# ${say('title', { name: oneLine(profile.name) })}`,
		say('at', { date: day(all.at) }),
		[`- ${say('email')}: ${profile.email ?? say('guest')}`, `- ${say('id')}: ${profile.id}`].join('\n'),
		`## ${say('sessions')}`,
		list(
			all.sessions.map(({ since, browser }) => `- ${say('since', { date: day(since) })}: ${browser ?? '–'}`)
		),
		`## ${say('ledger')}`,
		list(
			all.ledger.map(
				({ kind, text, state, due }) => `- ${kind}, ${state}${due ? `, ${due}` : ''}: ${oneLine(text)}`
			)
		),
		`## ${say('rooms')}`,
		...all.rooms.flatMap(room)
	];
	return `${parts.join('\n\n')}\n`;
}

/** Numbers as large as this are moments, ms since the epoch. */
const MOMENT = Date.UTC(2020);

interface Words {
	/** The person's, which says nothing to them. */
	id: string;
	day(iso: string): string;
}

/** A value as a point of a list, what is in it below; what is empty is left out. */
function bullet(words: Words, label: string, value: Json | undefined, depth = 0): string[] {
	const begin = `${'  '.repeat(depth)}- `;
	const named = label === '' || label === words.id ? '' : `${label}: `;
	if (value === null || value === undefined || value === '' || value === false || value === words.id)
		return [];
	if (typeof value === 'number' && value > MOMENT)
		return [begin + named + words.day(new Date(value).toISOString())];
	if (typeof value !== 'object') return [begin + named + oneLine(String(value))];
	const below = Object.entries(value).flatMap(([key, item]) =>
		bullet(words, Array.isArray(value) ? '' : key, item, label === '' ? depth : depth + 1)
	);
	return below.length === 0 || label === '' ? below : [begin + label, ...below];
}

/** Nothing that somebody wrote begins a heading or a list of its own. */
function oneLine(text: string): string {
	return text.replaceAll(/\s+/g, ' ').trim();
}
