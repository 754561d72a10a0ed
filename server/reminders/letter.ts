/**
 * The mails that come by themselves. One reminds somebody: in which room, what sort of thing, and their own words where
 * it is about them; one says how much there is in the week's digest, by room. Nothing that another person wrote stands
 * in them but what rooms are called.
 */
import { startOf } from '#lib/blocks/days.ts';
import type { Matter } from '#lib/blocks/matter.ts';
import type { Text } from '#lib/blocks/block.ts';
import type { Letter } from '../identity/mail.ts';

export interface Line {
	room: string;
	matter: Pick<Matter, 'text' | 'said' | 'own' | 'when'>;
}

/** Whom a letter goes to. */
export interface Reader {
	name: string;
	email: string;
	locale: string | null;
	zone: string | null;
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
	due: { en: 'due {day}', de: 'fällig {day}' },
	tookAway: {
		en: 'What your groups took away last week:',
		de: 'Was die eigenen Gruppen letzte Woche mitgenommen haben:'
	},
	digest: { en: 'All of it, word for word', de: 'Alles im Wortlaut' }
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
		return fill(WORDS.due[language], { day: format.format(startOf(when.by ?? when.day)) });
	}
	const timeZone = zone ?? 'UTC';
	return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(when.at);
}

interface Content {
	subject: string;
	lead: keyof typeof WORDS;
	items: readonly string[];
	/** Where all of it stands, and what that is called. */
	more: { text: keyof typeof WORDS; path: string };
}

const languageOf = ({ locale }: Reader): Language => (locale === 'de' ? 'de' : 'en');

function letter(to: Reader, { subject, lead, items, more }: Content, origin: string): Letter {
	const say = (key: keyof typeof WORDS) => WORDS[key][languageOf(to)];
	const settings = `${origin}/account#reminders`;
	return {
		to: to.email,
		headers: { 'List-Unsubscribe': `<${settings}>` },
		subject: flat(subject).slice(0, 180),
		text: [
			fill(say('hello'), { name: flat(to.name) }),
			say(lead),
			...items,
			`${say(more.text)}: ${origin}${more.path}`,
			`${say('off')}: ${settings}`
		].join('\n\n')
	};
}

export function letterOf(to: Reader, lines: readonly Line[], origin: string): Letter {
	const language = languageOf(to);
	const what = ({ matter, room }: Line) => `${flat(matter.text[language] ?? matter.text.en)} (${flat(room)})`;
	const items = lines.map((line) => {
		const own = line.matter.own && line.matter.said !== null ? flat(line.matter.said).slice(0, 280) : null;
		const when = whenOf(line.matter, language, to.zone);
		return [`- ${what(line)}`, ...(own ? [`  ${own}`] : []), ...(when ? [`  ${when}`] : [])].join('\n');
	});
	const subject = SUBJECT[language](lines, lines[0] ? what(lines[0]) : '');
	return letter(to, { subject, lead: 'lead', items, more: { text: 'all', path: '/week' } }, origin);
}

/** How many takeaways, by the rooms' titles. */
interface Taken {
	title: string;
	takeaways: number;
}

const TAKEN: Record<Language, (count: number, from: string) => string> = {
	en: (count, from) => `${count} ${count === 1 ? 'takeaway' : 'takeaways'} from ${from}`,
	de: (count, from) => `${count} ${count === 1 ? 'Punkt' : 'Punkte'} mitgenommen aus ${from}`
};
const GROUPS: Record<Language, (rooms: number) => string> = {
	en: (rooms) => `${rooms} of your groups`,
	de: (rooms) => `${rooms} Gruppen`
};

export function digestLetter(to: Reader, rooms: readonly Taken[], origin: string): Letter {
	const language = languageOf(to);
	const line = ({ title, takeaways }: Taken) => TAKEN[language](takeaways, flat(title));
	const all = rooms.reduce((sum, { takeaways }) => sum + takeaways, 0);
	const [only] = rooms;
	const subject =
		rooms.length === 1 && only ? line(only) : TAKEN[language](all, GROUPS[language](rooms.length));
	const items = [rooms.map((room) => `- ${line(room)}`).join('\n')];
	return letter(to, { subject, lead: 'tookAway', items, more: { text: 'digest', path: '/digest' } }, origin);
}
