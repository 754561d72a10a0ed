import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Format } from './format.ts';
import { formats } from './index.ts';
import { methodsOf, resolve, roomSettings } from './resolve.ts';
import { formatFor } from './sent.ts';

const text = { en: 'x' };
const role = { name: text, about: text };
const use = (settings: Format['blocks'][string]['settings']) =>
	({ block: 'form', scope: 'room', name: text, settings }) as const;

const format: Format = {
	...Object.values(formats)[0]!,
	roles: { runs: role, takes: role, told: { ...role, outside: ['plan'] }, invited: { ...role, outside: [] } },
	blocks: {
		plan: use({ template: ['By others'], about: 'Ours' }),
		template: use({ begin: ['By others'], most: 9 }),
		notes: use({ most: 3 })
	},
	phases: [{ ...Object.values(formats)[0]!.phases[0]!, may: { 'template.*': ['runs'] } }],
	always: { 'plan.tick': ['takes', 'runs', 'told'], 'notes.add': '*' },
	begins: [
		{ setting: 'plan.template', from: 'template' },
		{ setting: 'template.begin', from: 'template' }
	]
};

const sent = (role: string | null) =>
	Object.fromEntries(
		Object.entries(formatFor(format, role).blocks).map(([name, { settings }]) => [name, settings])
	);

describe('a format is sent', () => {
	it('with what others wrote to those alone who may do something with it', () => {
		expect(sent('runs')).toEqual({
			plan: { template: ['By others'], about: 'Ours' },
			template: { begin: ['By others'], most: 9 },
			notes: { most: 3 }
		});
		expect(sent('takes')).toMatchObject({ plan: { template: ['By others'] }, template: { most: 9 } });
		expect(JSON.stringify(sent('takes').template)).not.toContain('others');
	});

	it('to whoever stands outside with the settings of what they are shown, and nothing that others wrote', () => {
		expect(sent('told')).toEqual({ plan: { about: 'Ours' }, template: undefined, notes: undefined });
		expect(sent('invited')).toEqual({ plan: undefined, template: undefined, notes: undefined });
	});

	it('to a projector with nothing that others wrote', () => {
		expect(sent(null)).toEqual({ plan: { about: 'Ours' }, template: { most: 9 }, notes: { most: 3 } });
	});

	it('whole but for settings', () => {
		const { blocks, ...rest } = formatFor(format, 'invited');
		const { blocks: _, ...whole } = format;
		expect(rest).toEqual(whole);
		expect(Object.keys(blocks)).toEqual(Object.keys(format.blocks));
	});
});

/** Words that earlier rooms wrote, in every setting that a format lets them reach. */
describe.each(
	Object.values(formats).flatMap((base) =>
		base.begins
			? methodsOf(base).map((preset) => [base.name, preset ?? 'its own method', base, preset] as const)
			: []
	)
)('%s, %s', (_, __, base, preset) => {
	const begins = Object.fromEntries(
		base.begins!.map(({ setting }) => [setting, [{ text: `needle ${setting}` }]])
	);
	const whole = resolve(base, preset, v.parse(roomSettings, { begins }));
	const readers = (instance: string) =>
		[...Object.keys(whole.roles), null].filter((role) =>
			JSON.stringify(formatFor(whole, role).blocks[instance]).includes('needle')
		);

	it('keeps what other rooms wrote from everybody outside, and from projectors', () => {
		for (const { setting } of base.begins!) {
			const [instance] = setting.split('.') as [string];
			if (!whole.blocks[instance]) continue;
			expect(JSON.stringify(whole.blocks[instance])).toContain(`needle ${setting}`);
			const roles = readers(instance);
			for (const role of roles)
				expect(whole.roles[role ?? '']?.outside, `${role} ${setting}`).toBeUndefined();
			expect(roles, setting).not.toContain(null);
		}
	});
});
