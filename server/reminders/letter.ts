/**
 * A mail that reminds somebody: in which room, what sort of thing, and their own words where it is about them. Nothing
 * that another person wrote stands in it.
 */
import type { Matter } from '#lib/blocks/matter.ts';
import type { Text } from '#lib/blocks/block.ts';
import type { Letter } from '../identity/mail.ts';

export interface Line {
	room: string;
	matter: Pick<Matter, 'text' | 'said' | 'own' | 'when'>;
}

type Language = 'en' | 'de';

const SUBJECT: Record<Language, (lines: readonly Line[], first: string) => string> = {
	en: (lines, first) => (lines.length === 1 ? first : `Peerloom: ${lines.length} reminders`),
	de: (lines, first) => (lines.length === 1 ? first : `Peerloom: ${lines.length} Erinnerungen`)
};
const WORDS = {
	hello: { en: 'Hello {name},', de: 'Hallo {name},' },
	lead: { en: 'Peerloom reminds you:', de: 'Peerloom erinnert:' },
	all: { en: 'All of it, in one place', de: 'Alles an einem Ort' },
	off: {
		en: 'Which of these mails you get, and how often, is yours to say',
		de: 'Welche dieser Mails kommen und wie oft, lässt sich hier einstellen oder abschalten'
	},
	due: { en: 'due {day}', de: 'fällig {day}' }
} satisfies Record<string, Text>;

/** Of one line: what somebody wrote, or called a room, brings no line or header of its own. */
const flat = (text: string): string => text.replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

const fill = (text: string, values: Record<string, string>): string =>
	text.replaceAll(/\{(\w+)\}/g, (place, key: string) => values[key] ?? place);

function whenOf({ when }: Line['matter'], language: Language, zone: string | null): string | null {
	if (when === null) return null;
	const locale = language === 'de' ? 'de-DE' : 'en-GB';
	if ('day' in when) {
		const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' });
		return fill(WORDS.due[language], { day: format.format(new Date(`${when.day}T00:00:00Z`)) });
	}
	const timeZone = zone ?? 'UTC';
	return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(when.at);
}

export function letterOf(
	to: { name: string; email: string; locale: string | null; zone: string | null },
	lines: readonly Line[],
	origin: string
): Letter {
	const language: Language = to.locale === 'de' ? 'de' : 'en';
	const say = (key: keyof typeof WORDS) => WORDS[key][language];
	const what = ({ matter, room }: Line) => `${flat(matter.text[language] ?? matter.text.en)} (${flat(room)})`;
	const items = lines.map((line) => {
		const own = line.matter.own && line.matter.said !== null ? flat(line.matter.said).slice(0, 280) : null;
		const when = whenOf(line.matter, language, to.zone);
		return [`- ${what(line)}`, ...(own ? [`  ${own}`] : []), ...(when ? [`  ${when}`] : [])].join('\n');
	});
	const settings = `${origin}/account#reminders`;
	return {
		to: to.email,
		headers: { 'List-Unsubscribe': `<${settings}>` },
		subject: flat(SUBJECT[language](lines, lines[0] ? what(lines[0]) : '')).slice(0, 180),
		text: [
			fill(say('hello'), { name: flat(to.name) }),
			say('lead'),
			...items,
			`${say('all')}: ${origin}/week`,
			`${say('off')}: ${settings}`
		].join('\n\n')
	};
}
