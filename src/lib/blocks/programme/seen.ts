/** What is seen of a programme, and what it wishes for. Pure. */
import type { Facts, Scene } from '../block.ts';
import type { Why } from '../refusal.ts';
import type { RoomWish } from '../wish.ts';
import type {
	Counts,
	Order,
	OrderLine,
	ProgrammeOwn,
	ProgrammeState,
	RoomLine,
	WishedRoom
} from './model.ts';
import type { Settings } from './settings.ts';

const LONGEST = 140;

/** The template with the names in it; without any, the programme's own title. */
export function titleOf(room: WishedRoom, { settings, room: programme }: Scene<Settings>): string {
	const filled = settings.title.replaceAll(/\{(\w+)\}/g, (_, field: string) => {
		if (field === 'programme') return programme.title;
		const names = room.people[field]?.map(({ name }) => name);
		return names?.join(', ') ?? room.words[field] ?? '';
	});
	const title = filled.trim() || programme.title;
	return title.length <= LONGEST ? title : `${title.slice(0, LONGEST - 1)}…`;
}

export function peopleOf(room: WishedRoom, { roles }: Settings): { person: string; role: string }[] {
	const seen = new Set<string>();
	return Object.entries(roles).flatMap(([role, field]) =>
		(room.people[field] ?? []).flatMap(({ person }) => {
			// One person has one role in a room: the first that the format names.
			if (seen.has(person)) return [];
			seen.add(person);
			return [{ person, role }];
		})
	);
}

export function wishes(state: ProgrammeState, scene: Scene<Settings>): RoomWish[] {
	const { settings } = scene;
	const orders = Object.values(state.orders).sort((a, b) => a.n - b.n);
	return Object.values(state.rooms).map((room) => ({
		key: room.key,
		format: settings.format || scene.room.format,
		preset: settings.preset,
		title: titleOf(room, scene),
		settings: settings.room,
		people: peopleOf(room, settings),
		owner: settings.owner,
		orders: orders
			.filter(({ to }) => to.includes(room.key))
			.flatMap(({ id, name, payload }) => {
				const declared = settings.orders[name];
				return declared ? [{ id, type: declared.run, payload: { ...declared.payload, ...payload } }] : [];
			})
	}));
}

export function countsOf(state: ProgrammeState): Counts {
	const counts: Counts = { rooms: 0, opened: 0, refused: 0, gone: 0, held: 0 };
	for (const key of Object.keys(state.rooms)) {
		const news = state.news[key];
		counts.rooms++;
		if (news?.room) counts.opened++;
		if (news?.refused) counts.refused++;
		if (news?.gone) counts.gone++;
		counts.held += news?.report?.held ?? 0;
	}
	return counts;
}

export function lineOf(state: ProgrammeState, room: WishedRoom, scene: Scene<Settings>): RoomLine {
	const news = state.news[room.key];
	const names = Object.values(room.people).flat();
	return {
		key: room.key,
		title: titleOf(room, scene),
		people: peopleOf(room, scene.settings).length,
		asked: room.asked,
		is: news?.gone ? 'gone' : news?.refused ? 'refused' : news?.room ? 'open' : 'waiting',
		refused: news?.refused ?? null,
		turnedAway: Object.entries(news?.turnedAway ?? {}).map(([person, why]) => ({
			name: names.find((one) => one.person === person)?.name ?? '',
			why
		})),
		report: news?.report ?? null
	};
}

/** Why rooms did not carry it out, by key. */
export function refusedBy({ id, to }: Order, news: ProgrammeState['news']): Record<string, Why> {
	return Object.fromEntries(
		to.flatMap((key) => {
			const answer = news[key]?.orders[id] ?? null;
			return answer === null ? [] : [[key, answer]];
		})
	);
}

/** Those that go to a room; one whose rooms all have it again stands there no more. */
export function orderLines({ orders, news }: ProgrammeState): Record<string, OrderLine> {
	const lines = Object.values(orders).flatMap((order): [string, OrderLine][] => {
		const { to, repeats: _, ...line } = order;
		if (to.length === 0 && Object.values(orders).some(({ repeats }) => repeats === order.id)) return [];
		const done = to.filter((key) => news[key]?.orders[order.id] === null).length;
		return [[order.id, { ...line, of: to.length, done, refused: refusedBy(order, news) }]];
	});
	return Object.fromEntries(lines);
}

export function ownOf(state: ProgrammeState, person: string, scene: Scene<Settings>): ProgrammeOwn {
	const rooms = Object.values(state.rooms).flatMap((room) => {
		const role = peopleOf(room, scene.settings).find((one) => one.person === person)?.role;
		if (role === undefined) return [];
		const { room: opened = null, report = null } = state.news[room.key] ?? {};
		const line = { key: room.key, title: titleOf(room, scene), role, code: opened?.code ?? null };
		return [{ ...line, phase: report?.phase ?? null }];
	});
	return { rooms };
}

/**
 * Counts for gates and for other blocks: `rooms`, `opened`, `held`; `phase/P3`, how many are there; and of every
 * fact that the rooms report the sum, `drafts/submitted` and `drafts/submitted/of`.
 */
export function factsOf(state: ProgrammeState): Facts {
	const facts: Record<string, number> = { ...countsOf(state) };
	const add = (name: string, value: number) => (facts[name] = (facts[name] ?? 0) + value);
	for (const { report } of Object.values(state.news)) {
		if (!report) continue;
		if (report.phase) add(`phase/${report.phase.id}`, 1);
		for (const [path, { value, of }] of Object.entries(report.facts)) {
			const name = path.replace('.', '/');
			if (typeof value === 'number' || typeof value === 'boolean') add(name, Number(value));
			if (of !== null) add(`${name}/of`, of);
		}
	}
	return facts;
}
