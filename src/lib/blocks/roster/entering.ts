/** Somebody comes into the room. */
import { refuse, type Member, type Refusal } from '../block.ts';
import type { RosterState } from './model.ts';
import type { Ctx } from './settings.ts';
import { note } from './warned.ts';

export function roomLeft(state: RosterState, ctx: Ctx): Refusal | null {
	// Object.keys would ask a draft of two thousand for each of them
	return Reflect.ownKeys(state.members).length < ctx.settings.capacity
		? null
		: refuse('full', 'This room is full.');
}

export function add(state: RosterState, who: Omit<Member, 'joined'>, ctx: Ctx): void {
	state.members[who.id] = { ...who, joined: ctx.now };
	note(state, who.id, ctx);
	delete state.waiting[who.id];
	ctx.touch(who.id);
	ctx.emit('joined', { person: who.id, role: who.role });
}
