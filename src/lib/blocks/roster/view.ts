/** What the roster's views share: its handle, and what may be done with a person. */
import ArrowRightLeft from '@lucide/svelte/icons/arrow-right-left';
import UserMinus from '@lucide/svelte/icons/user-minus';
import Send from '@lucide/svelte/icons/send';
import UserPen from '@lucide/svelte/icons/user-pen';
import { m } from '#lib/paraglide/messages.js';
import type { MenuItem } from '#lib/ui/menu.ts';
import { toast } from '#lib/ui/toast.ts';
import type { Handle, Member } from '../block.ts';
import type { RosterDesk, RosterOwn, RosterRecord } from './model.ts';

export type RosterHandle = Handle<RosterRecord, RosterDesk, RosterOwn, unknown>;

/** Everybody in the order of joining; it gives the colours, the same in every view. */
export function inOrder(people: Readonly<Record<string, Member>>): Member[] {
	return Object.values(people).sort((a, b) => a.joined - b.joined);
}

export function isFull(role: string, { record }: RosterHandle): boolean {
	const most = record.roles[role]?.most ?? null;
	return most !== null && (record.counts[role] ?? 0) >= most;
}

/** Roles with a limited number of seats of which some are free, but for one that runs the room or that people are asked to take. */
export function freeSeats({ record }: RosterHandle): { role: string; free: number }[] {
	return Object.entries(record.roles).flatMap(([role, { most, facilitates, offered }]) => {
		const free = most === null || facilitates || offered ? 0 : most - (record.counts[role] ?? 0);
		return free > 0 ? [{ role, free }] : [];
	});
}

/** Whom a seat may be given: those who put their names in first, then in the order of joining. */
export function candidates(handle: RosterHandle, role: string): Member[] {
	const stood = (person: Member) => (handle.desk?.standing[person.id] ? 0 : 1);
	const { roles } = handle.record;
	return inOrder(handle.people)
		.filter((person) => person.role !== role && !roles[person.role]?.facilitates)
		.sort((a, b) => stood(a) - stood(b));
}

/** Roles to choose from: all others, or those that are open to everybody. */
export function roleItems(
	current: string,
	handle: RosterHandle,
	choose: (role: string) => void,
	open = false
): MenuItem[] {
	return Object.entries(handle.record.roles)
		.filter(([name, role]) => name !== current && (!open || role.open))
		.map(([name]) => {
			const full = isFull(name, handle);
			const role = handle.roleName(name);
			return {
				label: full ? m.roster_make_full({ role }) : m.roster_make({ role }),
				icon: UserPen,
				disabled: full,
				onselect: () => choose(name)
			};
		});
}

export function personItems(
	person: Member,
	handle: RosterHandle,
	handOver: (person: Member) => void
): MenuItem[] {
	const mine = person.id === handle.me.id;
	const items: MenuItem[] = [];
	if (handle.may('assign'))
		items.push(
			...roleItems(person.role, handle, (role) => void handle.send('assign', { person: person.id, role }))
		);
	if (handle.may('offer') && !mine)
		for (const [role, { offered }] of Object.entries(handle.record.roles))
			if (offered && role !== person.role && !isFull(role, handle))
				items.push({
					label: m.roster_ask({ role: handle.roleName(role) }),
					icon: Send,
					onselect: () => void handle.send('offer', { person: person.id, role })
				});
	if (handle.may('handOver') && !mine && handle.facilitates)
		items.push({ label: m.roster_hand_over(), icon: ArrowRightLeft, onselect: () => handOver(person) });
	if (handle.may('remove') && !mine && !person.owner)
		items.push({
			label: m.roster_remove(),
			icon: UserMinus,
			danger: true,
			onselect: () => void remove(person, handle)
		});
	return items;
}

async function remove(person: Member, handle: RosterHandle): Promise<void> {
	const outcome = await handle.send('remove', { person: person.id });
	if (!outcome.ok) return;
	const undo = handle.may('pardon') ? { undo: () => void handle.send('pardon', { person: person.id }) } : {};
	toast.show(m.roster_removed({ name: person.name }), undo);
}
