import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Format, Phase } from './format.ts';
import { formats } from './index.ts';
import {
	checkSettings,
	methodsOf,
	resolve,
	roomSettings,
	SettingsError,
	type RoomSettings
} from './resolve.ts';

const text = { en: 'x' };

const phase = (id: string, more: Partial<Phase> = {}): Phase => ({
	id,
	name: text,
	about: text,
	when: 'live',
	minutes: 10,
	stage: [],
	may: {},
	...more
});

const format: Format = {
	...Object.values(formats)[0]!,
	name: 'test',
	text: { en: 'Test' },
	blocks: {
		list: { block: 'list', scope: 'meeting', name: text, settings: { cap: 3, moderation: false } },
		poll: { block: 'poll', scope: 'meeting', name: text }
	},
	documents: { board: { scope: 'meeting', read: '*', write: '*' } },
	phases: [phase('P0', { when: 'ahead', minutes: null }), phase('P1'), phase('P2', { fixed: true })],
	always: { 'list.see': '*' },
	wires: [{ on: 'list.a', run: 'poll.b' }],
	options: [
		{
			name: 'moderation',
			text,
			about: text,
			sets: ['list.moderation', 'poll.sealed'],
			default: true
		},
		{
			name: 'names',
			text,
			about: text,
			sets: ['list.names'],
			values: [
				{ value: 'all', text },
				{ value: 'none', text }
			],
			default: 'all'
		},
		{
			name: 'votes',
			text,
			about: text,
			sets: [{ setting: 'list.budget', as: { two: 2, five: 5 } }],
			values: [
				{ value: 'two', text },
				{ value: 'five', text }
			],
			default: 'two'
		}
	],
	presets: {
		short: {
			text,
			about: text,
			phases: [phase('P1', { minutes: 5 })],
			roles: { guide: { name: text, about: text } },
			blocks: { extra: { block: 'form', scope: 'room', name: text } },
			always: { 'extra.fill': '*' }
		}
	}
};

const settings = (given: object = {}): RoomSettings => v.parse(roomSettings, given);

describe('a format as a room runs it', () => {
	it('is the format itself with its options’ defaults, where nothing is set', () => {
		const { phases, blocks } = resolve(format, null, settings());
		expect(phases).toEqual(format.phases);
		expect(blocks.list!.settings).toEqual({ cap: 3, moderation: true, names: 'all', budget: 2 });
		expect(blocks.poll!.settings).toEqual({ sealed: true });
	});

	it('takes what the room has set', () => {
		const { blocks, phases } = resolve(
			format,
			null,
			settings({ options: { moderation: false, names: 'none', votes: 'five' }, minutes: { P1: 25 } })
		);
		expect(blocks.list!.settings).toEqual({ cap: 3, moderation: false, names: 'none', budget: 5 });
		expect(blocks.poll!.settings).toEqual({ sealed: false });
		expect(phases.map(({ minutes }) => minutes)).toEqual([null, 25, 10]);
	});

	it('has the preset’s phases instead of its own, and its blocks besides its own', () => {
		const chosen = resolve(format, 'short', settings());
		expect(chosen.phases.map(({ id, minutes }) => [id, minutes])).toEqual([['P1', 5]]);
		expect(Object.keys(chosen.blocks)).toEqual(['list', 'poll', 'extra']);
		expect(Object.keys(chosen.roles)).toEqual([...Object.keys(format.roles), 'guide']);
		expect(chosen.always).toEqual({ 'list.see': '*', 'extra.fill': '*' });
		expect(chosen.wires).toEqual(format.wires);
	});

	it('leaves the format as it is', () => {
		const before = structuredClone(format);
		resolve(format, 'short', settings({ options: { moderation: false }, minutes: { P1: 1 } }));
		expect(format).toEqual(before);
	});

	it('gives a phase without a clock none', () => {
		const { phases } = resolve(format, null, settings({ minutes: { P0: 5 } }));
		expect(phases[0]!.minutes).toBeNull();
	});
});

it('of a programme has no trace of what is looked after there', () => {
	const step = { run: 'plans.grow' };
	const shows = { stage: ['list', 'plans'], panel: ['plans'], projector: 'plans' };
	const given: Format = {
		...format,
		roles: { told: { name: text, about: text, outside: ['plans', 'list'] } },
		blocks: { ...format.blocks, plans: { block: 'list', scope: 'room', name: text, alone: true } },
		phases: [
			phase('P0', {
				...shows,
				may: { 'plans.grow': '*', 'list.see': '*' },
				enter: [step, { run: 'list.see' }],
				leave: [step],
				gate: [{ fact: 'plans.grown', is: true, because: text }]
			})
		],
		always: { 'plans.*': '*' },
		panel: ['plans', 'list'],
		wires: [
			{ on: 'list.a', run: 'plans.grow' },
			{ on: 'plans.grown', run: 'list.see' },
			{ on: 'list.a', run: 'poll.b' }
		],
		reports: [{ fact: 'list.count', of: 'plans.count', name: text }],
		handed: [{ what: 'plans.say', if: {} }],
		begins: [
			{ setting: 'plans.begin', from: 'plans' },
			{ setting: 'list.begin', from: 'plans' }
		]
	};
	const alone = resolve(given, null, settings());
	const child = resolve(given, null, settings({ programme: true, begins: { 'list.begin': [1] } }));
	expect(alone.phases).toEqual(given.phases);
	expect({ ...child, begins: [] }).not.toEqual({ ...alone, begins: [] });
	const { begins, ...rest } = child;
	expect(JSON.stringify(rest)).not.toContain('plans');
	// what it began with came from there
	expect(begins).toEqual([{ setting: 'list.begin', from: 'plans' }]);
	expect(child.blocks.list?.settings).toMatchObject({ begin: [1] });
	expect(child.wires).toEqual([{ on: 'list.a', run: 'poll.b' }]);
	expect(child.phases[0]).toMatchObject({
		stage: ['list'],
		may: { 'list.see': '*' },
		enter: [{ run: 'list.see' }]
	});
});

describe('what may be set', () => {
	const field = (preset: string | null, given: object) => {
		try {
			checkSettings(format, preset, settings(given));
			return null;
		} catch (error) {
			if (!(error instanceof SettingsError)) throw error;
			return error.refusal.field;
		}
	};

	it.each([
		[null, {}, null],
		['short', {}, null],
		['long', {}, 'preset'],
		['constructor', {}, 'preset'],
		['__proto__', {}, 'preset'],
		[null, { options: { moderation: false, names: 'none', votes: 'five' } }, null],
		[null, { options: { magic: true } }, 'settings.options'],
		[null, { options: { moderation: 'yes' } }, 'settings.options'],
		[null, { options: { names: 'some' } }, 'settings.options'],
		[null, { options: { names: true } }, 'settings.options'],
		[null, { minutes: { P1: 0.5, P2: 12 } }, null],
		[null, { minutes: { P2: 9 } }, 'settings.minutes'],
		[null, { minutes: { P0: 5 } }, 'settings.minutes'],
		[null, { minutes: { P9: 5 } }, 'settings.minutes'],
		['short', { minutes: { P2: 12 } }, 'settings.minutes']
	])('preset %j, %j: wrong is %j', (preset, given, wrong) => {
		expect(field(preset, given)).toBe(wrong);
	});

	it.each([
		{ capacity: 1 },
		{ capacity: 5001 },
		{ capacity: 2.5 },
		{ capacity: '10' },
		{ joining: 'anyone' },
		{ minutes: { P1: 0 } },
		{ minutes: { P1: 601 } },
		{ minutes: { P1: '5' } },
		{ options: { x: 7 } },
		{ options: { x: 'y'.repeat(41) } }
	])('is not %j', (given) => {
		expect(v.safeParse(roomSettings, given).success).toBe(false);
	});
});

describe.each(Object.values(formats))('the format $name', (one) => {
	const methods = methodsOf(one).flatMap((preset) =>
		[false, true].map((programme) => ({ preset, programme }))
	);

	it.each(methods)('holds together (preset $preset, of a programme: $programme)', ({ preset, programme }) => {
		const chosen = resolve(one, preset, settings({ programme }));
		const roles = new Set(Object.keys(chosen.roles));
		const instances = new Set(Object.keys(chosen.blocks));
		for (const role of [chosen.host, chosen.guest]) expect(roles).toContain(role);
		expect(chosen.roles[chosen.host]!.facilitates).toBe(true);
		if (chosen.headline) expect(instances, 'headline').toContain(chosen.headline.split('.')[0]);
		for (const { id, stage, panel, projector } of chosen.phases)
			for (const name of [...stage, ...(panel ?? []), ...(projector ? [projector] : [])])
				expect(instances, `${id} shows`).toContain(name);
		for (const permissions of [chosen.always, ...chosen.phases.map(({ may }) => may)])
			for (const [type, who] of Object.entries(permissions)) {
				expect(instances, type).toContain(type.split('.')[0]);
				if (who !== '*') for (const role of who) expect(roles, type).toContain(role);
			}
		for (const { document } of Object.values(chosen.blocks))
			if (document) expect(Object.keys(chosen.documents)).toContain(document);
		const staged = chosen.phases.flatMap(({ stage }) => stage.map((name) => chosen.blocks[name]!.document));
		for (const [short, { read, write, open, reveal }] of Object.entries(chosen.documents)) {
			for (const who of [read, write]) if (who !== '*') for (const role of who) expect(roles).toContain(role);
			const phases = chosen.phases.map(({ id }) => id);
			if (open && staged.includes(short)) expect(phases.some((id) => open.includes(id))).toBe(true);
			if (reveal) expect(phases).toContain(reveal);
		}
	});

	it('means the same by a name in all its methods, so that what was written under one is there under the next', () => {
		const blocks = new Map<string, string>();
		const documents = new Map<string, string>();
		for (const preset of methodsOf(one)) {
			const method = resolve(one, preset, settings());
			for (const [name, { block, scope }] of Object.entries(method.blocks)) {
				const is = `${block} of the ${scope}`;
				expect(is, name).toBe(blocks.get(name) ?? is);
				blocks.set(name, is);
			}
			for (const [short, { scope, seed }] of Object.entries(method.documents)) {
				const begins = JSON.stringify([scope, seed]);
				expect(begins, short).toBe(documents.get(short) ?? begins);
				documents.set(short, begins);
			}
		}
	});

	it('shortens no fixed phase, whoever asks', () => {
		for (const fixed of one.phases.filter((phase) => phase.fixed && phase.minutes !== null))
			expect(() =>
				checkSettings(one, null, settings({ minutes: { [fixed.id]: fixed.minutes! / 2 } }))
			).toThrow(SettingsError);
	});
});
