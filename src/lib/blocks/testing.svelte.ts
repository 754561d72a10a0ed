/** What a block's view is given in a test: the block's own rules behind it, as one person sees them. */
import type { Handle, Json, Outcome } from './block.ts';
import type { Harness } from './testing.ts';

export interface Sight<Shown, Desk, Own> {
	handle: Handle<Shown, Desk, Own>;
	/** Somebody commands; the view is told. */
	run(by: string, verb: string, payload?: Json): Outcome;
}

/** `more`: what of the handle is to be otherwise, its settings or its document for one. */
export function sight<Shown, Desk, Own>(
	room: Harness<Shown, Desk, Own>,
	person: string,
	more: Partial<Handle<Shown, Desk, Own>> = {}
): Sight<Shown, Desk, Own> {
	let told = $state(0);
	const drafts = new Map<string, { value: string }>();
	const now = <Value>(value: () => Value): Value => {
		void told;
		return value();
	};
	const run = (by: string, verb: string, payload: Json = {}) => {
		const outcome = room.run(by, verb, payload);
		told++;
		return outcome;
	};
	const role = () => room.people[person]!.role;
	const handle: Handle<Shown, Desk, Own> = {
		instance: 'it',
		title: 'It',
		get record() {
			return now(room.record);
		},
		get desk() {
			return now(() => (room.hosts.includes(role()) ? room.desk() : null));
		},
		get own() {
			return now(() => room.own(person));
		},
		settings: {},
		me: room.people[person]!,
		people: room.people,
		here: new Set(Object.keys(room.people)),
		phase: null,
		meeting: 1,
		frozen: false,
		moderates: room.hosts.includes(role()),
		facilitates: room.hosts.includes(role()),
		may: (verb) => now(() => room.scene.may[verb]?.includes(person) ?? true),
		opens: () => null,
		send: async (verb, payload) => run(person, verb, payload),
		writing: () => null,
		calendar: () => '',
		now: () => room.clock.now,
		roleName: (name) => name,
		text: ({ en }) => en,
		why: (why) => (typeof why === 'string' ? why : why.message),
		name: (id) => (id !== null && room.people[id]?.name) || 'Somebody',
		draft(key) {
			const draft = $state({ value: '' });
			if (!drafts.has(key)) drafts.set(key, draft);
			return drafts.get(key)!;
		}
	};
	return { handle: Object.defineProperties(handle, Object.getOwnPropertyDescriptors(more)), run };
}
