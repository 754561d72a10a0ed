/** What a block's view is given, made from the room. */
import { createSubscriber } from 'svelte/reactivity';
import type { Handle, Json, Outcome, Writing } from '#lib/blocks/block.ts';
import { may, opensIn, writableIn } from '#lib/formats/permissions.ts';
import { m } from '#lib/paraglide/messages.js';
import { toast } from '#lib/ui/toast.ts';
import { draftKey } from './offline.ts';
import type { RoomClient } from './room.svelte.ts';
import { textIn } from './text.ts';
import { whyNow } from './why.ts';

/** Milliseconds after which whoever asked may have closed what would show the answer: a refusal is told in any case. */
const LATE = 4000;

/** A half-written text, kept on this device. Readers subscribe, because it is made where it is first read. */
class Draft {
	#value: string;
	#changed = () => {};
	readonly #subscribe = createSubscriber((update) => {
		this.#changed = update;
		return () => (this.#changed = () => {});
	});
	readonly #key: string;

	constructor(key: string) {
		this.#key = key;
		this.#value = localStorage.getItem(key) ?? '';
	}

	get value(): string {
		this.#subscribe();
		return this.#value;
	}

	set value(text: string) {
		this.#value = text;
		this.#changed();
		if (text) localStorage.setItem(this.#key, text);
		else localStorage.removeItem(this.#key);
	}
}

export function createHandle(room: RoomClient, instance: string): Handle {
	const drafts = new Map<string, Draft>();
	const use = () => room.format.blocks[instance];
	const role = (name: string) => room.format.roles[name];
	return {
		instance,
		get title() {
			return textIn(use()?.name ?? { en: instance });
		},
		get record() {
			return room.record(instance);
		},
		get desk() {
			return room.desk(instance);
		},
		get own() {
			return room.own[instance] ?? null;
		},
		get settings() {
			return use()?.settings ?? {};
		},
		get me() {
			return room.me;
		},
		get people() {
			return room.people;
		},
		get here() {
			return room.presence.here;
		},
		get phase() {
			const now = room.phase;
			return (
				now && {
					id: now.phase,
					run: now.run,
					opened: now.opened,
					name: now.spec ? textIn(now.spec.name) : ''
				}
			);
		},
		get meeting() {
			return room.info.meeting;
		},
		get frozen() {
			return room.info.room.state === 'archived' || room.gone !== null;
		},
		get moderates() {
			return role(room.me.role)?.moderates ?? false;
		},
		get facilitates() {
			return role(room.me.role)?.facilitates ?? false;
		},
		may: (verb) =>
			room.info.room.state !== 'archived' &&
			may(room.format, room.phase?.phase ?? null, room.me.role, `${instance}.${verb}`),
		opens(verb) {
			const now = room.phase?.phase ?? null;
			const phase =
				verb === 'write'
					? writableIn(room.format, use()?.document, now, room.me.role)
					: opensIn(room.format, now, room.me.role, `${instance}.${verb}`);
			return phase && `${phase.id} ${textIn(phase.name)}`;
		},
		async send(verb: string, payload: Json = {}, options = {}): Promise<Outcome> {
			const asked = Date.now();
			const outcome = await room.send(`${instance}.${verb}`, payload);
			if (outcome.ok) return outcome;
			const { code, message } = outcome.error;
			// a form goes with its phase, and its words stay
			const kept = code === 'not_open' && (await room.documents?.late(message, payload).catch(() => false));
			const late = Date.now() - asked > LATE;
			if (!kept && (late || !options.quiet)) toast.error(message);
			return outcome;
		},
		writing(name): Writing | null {
			const short = name ?? use()?.document;
			return short === undefined ? null : room.document(short);
		},
		calendar: (appointment) => `/api/rooms/${room.info.room.id}/calendar/${appointment}.ics`,
		now: () => room.clock.now(),
		roleName(name) {
			const named = role(name) ?? room.format.phases.find(({ id }) => id === name);
			return named ? textIn(named.name) : name;
		},
		text: textIn,
		why: whyNow,
		name(person) {
			if (person === null) return m.room_somebody();
			const former = (room.record('roster').former ?? {}) as Record<string, string>;
			return room.people[former[person] ?? person]?.name ?? m.room_somebody();
		},
		draft(key) {
			let draft = drafts.get(key);
			if (!draft) drafts.set(key, (draft = new Draft(draftKey(room.info.room.id, `${instance}/${key}`))));
			return draft;
		}
	};
}
