/** What the floor's views share: its handle, and people, kinds and reasons in words. */
import { m } from '#lib/paraglide/messages.js';
import { region } from '#lib/ui/region.ts';
import { clock } from '#lib/ui/time.ts';
import type { Handle } from '../block.ts';
import type { FloorDesk, FloorOwn, FloorRecord, Place, ShownSpeech, Tag, Turn } from './model.ts';

/** Settings as the format gives them; `readSettings` fills in what it leaves out. */
export type FloorHandle = Handle<FloorRecord, FloorDesk, FloorOwn, unknown>;

/** Place in the order of joining, which gives a person's colour; undefined for whoever has left. */
export function colourOf(person: string, { people }: FloorHandle): number | undefined {
	const order = Object.values(people).sort((a, b) => a.joined - b.joined);
	const index = order.findIndex((one) => one.id === person);
	return index < 0 ? undefined : index;
}

/** Members of a crowd are not in everybody's roster; then the name that came with the hand or turn stands. */
export function nameOf(person: string, handle: FloorHandle, known?: string): string {
	return handle.people[person] ? handle.name(person) : (known ?? handle.name(person));
}

export function leads({ moderates, facilitates }: FloorHandle): boolean {
	return moderates || facilitates;
}

export function runningTurn({ record }: FloorHandle): Turn | null {
	const id = record.now.turn as string | undefined;
	return id === undefined ? null : (record.turns[id] ?? null);
}

export function lineOf({ record }: FloorHandle): Place[] {
	return Object.values(record.queue).sort((a, b) => a.place - b.place);
}

export function turnsOf({ record }: FloorHandle): Turn[] {
	return Object.values(record.turns).sort((a, b) => a.began - b.began);
}

/** Of the phase that was planned last. */
export function speechList({ record }: FloorHandle): ShownSpeech[] {
	return Object.values(record.speeches)
		.filter((speech) => speech.set === record.now.set)
		.sort((a, b) => a.place - b.place);
}

/** Milliseconds left of a speech; null when it is not being held. */
export function leftOf(speech: ShownSpeech, now: number): number | null {
	const { delivery } = speech;
	if (delivery.is === 'running') return delivery.endsAt - now;
	return delivery.is === 'held' ? delivery.left : null;
}

export function kindName(kind: string): string {
	switch (kind) {
		case 'point-of-order':
			return m.floor_kind_point_of_order();
		case 'clarify':
			return m.floor_kind_clarify();
		case 'reply':
			return m.floor_kind_reply();
		case 'new':
			return m.floor_kind_new();
		case 'question':
			return m.floor_kind_question();
		case 'answer':
			return m.floor_kind_answer();
		default:
			return kind;
	}
}

export function tagName(tag: Tag): string {
	switch (tag) {
		case 'question':
			return m.floor_kind_question();
		case 'answer':
			return m.floor_kind_answer();
		case 'statement':
			return m.floor_kind_statement();
	}
}

export function reasonWords({ reason }: Place): string {
	switch (reason) {
		case 'placed':
			return m.floor_reason_placed();
		case 'round':
			return m.floor_reason_round();
		case 'kind':
			return m.floor_reason_kind();
		case 'unspoken':
			return m.floor_reason_unspoken();
		case 'fewer':
			return m.floor_reason_fewer();
		case 'side':
			return m.floor_reason_side();
		case 'first-come':
			return m.floor_reason_first_come();
	}
}

/** The two sides of a debate have names and signs; others are called as the format calls them. */
export function sideName(side: string): string {
	if (side === 'for') return m.floor_for();
	return side === 'against' ? m.floor_against() : side;
}

export function sideSign(side: string | null): string {
	if (side === 'for') return '+';
	return side === 'against' ? '−' : '';
}

/** Milliseconds as "4:00". */
export function time(ms: number): string {
	return clock(ms / 1000);
}

export function decimal(value: number): string {
	return new Intl.NumberFormat(region(), { maximumFractionDigits: 2 }).format(value);
}

/** The first word of a name, for buttons; the whole name where another one in the room begins alike. */
export function shortName(name: string, { people }: FloorHandle): string {
	const first = firstWord(name);
	const alike = Object.values(people).filter((one) => firstWord(one.name) === first).length;
	return alike > 1 ? name : first;
}

function firstWord(name: string): string {
	return name.split(/\s+/).find((word) => !word.endsWith('.')) ?? name;
}
