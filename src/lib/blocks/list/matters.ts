/** Entries that wait for somebody: for their owner's answer, for an owner, for approval, for other words. */
import { told, type Matter } from '../matter.ts';
import type { Text } from '../refusal.ts';
import { wantsAnswer, type Item, type ListSettings, type ListState } from './model.ts';
import type { ListMatterScene } from './settings.ts';

type Wording = {
	owned: Text;
	ownerless: Text;
	pending: Text;
	returned: Text;
	awaited: Text;
};

const QUESTION: Wording = {
	owned: { en: 'A question waits for my answer', de: 'Eine Frage wartet auf meine Antwort' },
	ownerless: {
		en: 'Questions that nobody looks after yet: {count}',
		de: 'Fragen, um die sich noch niemand kümmert: {count}'
	},
	pending: {
		en: 'Questions that wait for approval: {count}',
		de: 'Fragen, die auf Freigabe warten: {count}'
	},
	returned: { en: 'My question came back, with a note', de: 'Meine Frage kam mit einem Hinweis zurück' },
	awaited: { en: 'My question has no answer yet', de: 'Meine Frage ist noch ohne Antwort' }
};

const WORDS: Record<ListSettings['kind'], Wording> = {
	question: QUESTION,
	note: QUESTION,
	topic: {
		owned: { en: 'A topic waits for me', de: 'Ein Thema wartet auf mich' },
		ownerless: {
			en: 'Topics that nobody looks after yet: {count}',
			de: 'Themen, um die sich noch niemand kümmert: {count}'
		},
		pending: { en: 'Topics that wait for approval: {count}', de: 'Themen, die auf Freigabe warten: {count}' },
		returned: { en: 'My topic came back, with a note', de: 'Mein Thema kam mit einem Hinweis zurück' },
		awaited: { en: 'My topic was not taken up yet', de: 'Mein Thema ist noch nicht dran gewesen' }
	}
};

export function matters(state: ListState, scene: ListMatterScene): Matter[] {
	const { settings, people } = scene;
	const words = WORDS[settings.kind];
	const standing = Object.values(state.items).filter((item) => item.into === null);
	const open = standing.filter((item) => item.status.is === 'open' && wantsAnswer(item, settings));
	const of = (item: Item, what: keyof Wording): Omit<Matter, 'person' | 'kind'> => ({
		id: what === 'owned' ? item.id : `${what}/${item.id}`,
		text: words[what],
		said: item.text,
		when: what === 'owned' && item.due !== null ? { day: item.due } : null,
		item: item.id
	});
	const counted = (what: 'ownerless' | 'pending', count: number, verb: string): Matter[] =>
		count === 0
			? []
			: scene.whoMay(verb).map(({ id }) => ({
					id: what,
					person: id,
					kind: 'answer',
					text: told(words[what], { count }),
					said: null,
					when: null,
					item: null
				}));

	const all: Matter[] = [];
	for (const item of open)
		if (item.owner && people[item.owner.id])
			all.push({ ...of(item, 'owned'), person: item.owner.id, kind: 'answer' });
	for (const item of standing) {
		const author = item.author?.id;
		if (author === undefined || !people[author]) continue;
		if (item.status.is === 'returned' && scene.may(author, 'reword'))
			all.push({ ...of(item, 'returned'), own: true, person: author, kind: 'answer' });
		if (open.includes(item) && author !== item.owner?.id)
			all.push({ ...of(item, 'awaited'), own: true, person: author, kind: 'awaited' });
	}
	const ownerless = open.filter((item) => item.owner === null).length;
	const pending = standing.filter((item) => item.status.is === 'pending').length;
	all.push(...counted('ownerless', ownerless, 'assign'), ...counted('pending', pending, 'approve'));
	return all;
}
