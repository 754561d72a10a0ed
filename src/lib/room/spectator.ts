/** A handle for who only looks on: a screen, a meeting played back. It reads, and asks for nothing. */
import type { AgendaRecord } from '#lib/blocks/agenda/model.ts';
import type { Handle, Member, Tables, Writing } from '#lib/blocks/block.ts';
import type { RosterRecord } from '#lib/blocks/roster/model.ts';
import type { Format } from '#lib/formats/format.ts';
import { m } from '#lib/paraglide/messages.js';
import { whyFor } from './why.svelte.ts';
import { textIn } from './text.ts';

/** Every function is read in markup, so what it reads has to be reactive. */
export interface SpectatorScene {
	meeting: number;
	format(): Format;
	/** An instance's tables; a collection that nothing was published in is an empty one. */
	read(instance: string): Tables;
	/** ms since the epoch. */
	now(): number;
	/** A co-written document by its short name. */
	writing(short: string): Writing | null;
}

/** Nobody in particular. */
const nobody: Member = { id: '', name: '', role: '', joined: 0, account: false, owner: false, team: null };

export function createSpectator(scene: SpectatorScene, instance: string): Handle {
	const use = () => scene.format().blocks[instance];
	const roster = () => scene.read('roster') as RosterRecord;
	return {
		instance,
		get title() {
			return textIn(use()?.name ?? { en: instance });
		},
		get record() {
			return scene.read(instance);
		},
		desk: null,
		own: null,
		get settings() {
			return use()?.settings ?? {};
		},
		me: nobody,
		get people() {
			return roster().members;
		},
		here: new Set(),
		get phase() {
			const now = (scene.read('agenda') as AgendaRecord).now.current;
			const spec = scene.format().phases.find(({ id }) => id === now?.phase);
			return now
				? { id: now.phase, run: now.run, opened: now.opened, name: spec ? textIn(spec.name) : '' }
				: null;
		},
		meeting: scene.meeting,
		frozen: true,
		moderates: false,
		facilitates: false,
		may: () => false,
		opens: () => null,
		send: async () => ({
			ok: false,
			error: { code: 'forbidden', message: 'Nothing can be changed from here.' }
		}),
		writing(name) {
			const short = name ?? use()?.document;
			return short === undefined ? null : scene.writing(short);
		},
		// who only looks on has no calendar here
		calendar: () => '',
		now: () => scene.now(),
		roleName(name) {
			const { roles, phases } = scene.format();
			const known = roles[name] ?? phases.find(({ id }) => id === name);
			return known ? textIn(known.name) : name;
		},
		text: textIn,
		why: whyFor,
		name(person) {
			const { members, former } = roster();
			return (person !== null && members[former[person] ?? person]?.name) || m.room_somebody();
		},
		draft: () => ({ value: '' })
	};
}
