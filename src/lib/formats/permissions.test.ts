import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Format, Phase } from './format.ts';
import { formats } from './index.ts';
import { includes, may, opensIn } from './permissions.ts';
import { methodsOf, resolve, roomSettings } from './resolve.ts';

const text = { en: '' };

const phase = (id: string, may: Phase['may']): Phase => ({
	id,
	name: text,
	about: text,
	when: 'live',
	minutes: null,
	stage: [],
	may
});

const format = {
	...Object.values(formats)[0]!,
	phases: [
		phase('P0', { 'list.submit': ['member'] }),
		phase('P1', { 'list.*': ['host'] }),
		phase('P2', { 'list.submit': '*', 'poll.vote': ['member'] })
	],
	always: { 'roster.leave': '*', 'agenda.advance': ['host'] }
} satisfies Format;

describe('may', () => {
	it.each([
		// role, phase, command, answer
		['member', 'P0', 'list.submit', true],
		['host', 'P0', 'list.submit', false],
		['host', 'P1', 'list.submit', true],
		['host', 'P1', 'list.merge', true],
		['member', 'P1', 'list.submit', false],
		['anybody', 'P2', 'list.submit', true],
		['member', 'P2', 'list.merge', false],
		['host', null, 'agenda.advance', true],
		['member', 'P1', 'agenda.advance', false],
		['anybody', null, 'roster.leave', true],
		['member', null, 'list.submit', false],
		['member', 'P9', 'list.submit', false],
		['host', 'P1', 'listing.submit', false],
		['host', 'P1', 'list', false],
		['host', 'P1', '', false],
		['host', 'P1', '*', false]
	] as const)('%s in %s: %s → %s', (role, phase, type, answer) => {
		expect(may(format, phase, role, type)).toBe(answer);
	});
});

describe('when something opens', () => {
	it('is the next phase in which the role may, not this one nor an earlier one', () => {
		expect(opensIn(format, 'P0', 'member', 'list.submit')?.id).toBe('P2');
		expect(opensIn(format, 'P0', 'host', 'list.submit')?.id).toBe('P1');
		expect(opensIn(format, 'P2', 'member', 'list.submit')).toBeNull();
		expect(opensIn(format, null, 'member', 'list.submit')?.id).toBe('P0');
		expect(opensIn(format, 'P0', 'host', 'poll.vote')).toBeNull();
	});
});

/** A promise about a command or a phase that there is not is none. */
describe.each(
	Object.values(formats).flatMap((format) =>
		methodsOf(format).map((preset) => [format.name, preset ?? 'its own method', format, preset] as const)
	)
)('%s, %s', (_, __, base, preset) => {
	const format = resolve(base, preset, v.parse(roomSettings, {}));
	const given = [format.always, ...format.phases.map(({ may }) => may)].flatMap((may) =>
		Object.entries(may).flatMap(([type, who]) => (who.length > 0 ? [type] : []))
	);
	const run = (format.wires ?? []).map((wire) => wire.run);
	const phases = format.phases.map(({ id }) => id);

	it('holds back what can be given in it, until something that can happen in it', () => {
		const shared = (format.shared ?? []).map(({ what, by }) => ({ what, opens: by }));
		const handed = (format.handed ?? []).map(({ what }) => ({ what, opens: undefined }));
		for (const { what, opens } of [...(format.sealed ?? []), ...shared, ...handed]) {
			const [instance] = what.split('.');
			expect(
				[...given, ...run].some((type) => type === what || type === `${instance}.*`),
				what
			).toBe(true);
			if (opens !== undefined && !opens.includes('.')) expect(phases, what).toContain(opens);
		}
	});

	it('gives its programme nothing that its author could not take back after the meeting', () => {
		for (const { what } of format.handed ?? [])
			expect(format.blocks[what.split('.')[0]!]?.scope, what).toBe('room');
	});

	it('opens its documents in phases that it has', () => {
		for (const [name, { reveal, open = [] }] of Object.entries(format.documents)) {
			if (reveal !== undefined) expect(phases, name).toContain(reveal);
			if (Object.values(format.blocks).some(({ document }) => document === name) && open.length > 0)
				expect(
					open.some((id) => phases.includes(id)),
					name
				).toBe(true);
		}
	});
});

it('nobody is included where nobody is named', () => {
	expect(includes(undefined, 'host')).toBe(false);
	expect(includes([], 'host')).toBe(false);
	expect(includes('*', 'whoever')).toBe(true);
});
