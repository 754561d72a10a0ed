/** A format as one room runs it: its preset applied, its options and durations set. */
import * as v from 'valibot';
import { refuse, type Json, type Refusal } from '#lib/blocks/block.ts';
import type { Format, Permissions, Phase, Preset } from './format.ts';

export const roomTitle = v.pipe(
	v.string('A room needs a title.'),
	v.trim(),
	v.minLength(1, 'A room needs a title.'),
	v.maxLength(140)
);

/** What whoever makes or changes a room may ask for. */
export const askedSettings = v.object({
	/** Who may come in with the code. */
	joining: v.optional(v.picklist(['code', 'accounts', 'approval']), 'code'),
	capacity: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(5000)), 2500),
	/** The format's switches, by name. */
	options: v.optional(
		v.record(
			v.pipe(v.string(), v.maxLength(40)),
			v.union([v.boolean(), v.pipe(v.string(), v.maxLength(40))])
		),
		{}
	),
	/** Minutes by phase, where they differ from the format's. */
	minutes: v.optional(
		v.record(v.pipe(v.string(), v.maxLength(16)), v.pipe(v.number(), v.minValue(0.01), v.maxValue(600))),
		{}
	)
});

type AskedSettings = v.InferOutput<typeof askedSettings>;

/** What the server alone decides when it makes a room; it stays with the room, whatever is changed. */
const madeSettings = v.object({
	/** A programme opened it. */
	programme: v.optional(v.boolean(), false),
	/** What it took over, by `<instance>.<setting>`; see `Format.begins`. */
	begins: v.optional(
		v.record(
			v.string(),
			v.custom<Json>((value) => value !== undefined)
		),
		{}
	)
});

/** As a room keeps them. */
export const roomSettings = v.object({ ...askedSettings.entries, ...madeSettings.entries });

export type RoomSettings = v.InferOutput<typeof roomSettings>;

/** What the server decided, of settings as a room keeps them: the record does not tell all of it. */
export function madeOf(settings: unknown): Partial<v.InferOutput<typeof madeSettings>> {
	return v.parse(v.partial(madeSettings), settings);
}

export class SettingsError extends Error {
	readonly refusal: Refusal;
	constructor(refusal: Refusal) {
		super(refusal.message);
		this.refusal = refusal;
	}
}

const wrong = (refusal: Refusal): never => {
	throw new SettingsError(refusal);
};

/** Throws a SettingsError that names the field. */
export function checkSettings(format: Format, preset: string | null, settings: AskedSettings): void {
	if (preset !== null && !presetOf(format, preset))
		wrong(refuse('invalid', '{format} has no preset "{preset}".', 'preset', { format: format.text, preset }));
	for (const [name, value] of Object.entries(settings.options)) checkOption(format, name, value);
	const phases = withPreset(format, preset).phases;
	for (const [id, minutes] of Object.entries(settings.minutes)) {
		const phase = phases.find((one) => one.id === id);
		if (!phase || phase.minutes === null)
			wrong(refuse('invalid', 'There is no phase "{id}" with a clock.', 'settings.minutes', { id }));
		else if (phase.fixed && minutes < phase.minutes)
			wrong(
				refuse('invalid', '{id} {phase} cannot be shortened.', 'settings.minutes', { id, phase: phase.name })
			);
	}
}

function checkOption(format: Format, name: string, value: string | boolean): void {
	const option = format.options?.find((one) => one.name === name);
	if (!option)
		return wrong(
			refuse('invalid', '{format} has no option "{option}".', 'settings.options', {
				format: format.text,
				option: name
			})
		);
	const fits = option.values ? option.values.some((one) => one.value === value) : typeof value === 'boolean';
	if (!fits)
		wrong(
			refuse('invalid', '"{value}" is no value of “{option}”.', 'settings.options', {
				value: String(value),
				option: option.text
			})
		);
}

/** By a name that comes from outside: only the format's own names count. */
function presetOf({ presets = {} }: Format, name: string | null): Preset | undefined {
	return name !== null && Object.hasOwn(presets, name) ? presets[name] : undefined;
}

function withPreset(format: Format, preset: string | null): Format {
	const chosen = presetOf(format, preset);
	if (!chosen) return format;
	return {
		...format,
		phases: chosen.phases,
		roles: { ...format.roles, ...chosen.roles },
		blocks: { ...format.blocks, ...chosen.blocks },
		documents: { ...format.documents, ...chosen.documents },
		always: { ...format.always, ...chosen.always },
		wires: chosen.wires ?? format.wires ?? [],
		reports: chosen.reports ?? format.reports ?? [],
		panel: chosen.panel ?? format.panel,
		sealed: chosen.sealed ?? format.sealed ?? [],
		shared: chosen.shared ?? format.shared ?? [],
		handed: chosen.handed ?? format.handed ?? [],
		host: chosen.host ?? format.host,
		guest: chosen.guest ?? format.guest,
		least: chosen.least ?? format.least,
		most: chosen.most ?? format.most
	};
}

/** The methods that a room of this format may have: null is the format's own. */
export function methodsOf({ presets = {} }: Format): (string | null)[] {
	return [null, ...Object.keys(presets)];
}

/**
 * As a room of a programme has it: without what is looked after in the programme's own. Nothing shows it, nothing
 * fills it, nobody waits for it.
 */
function withoutAlone(format: Format): Format {
	const away = new Set(Object.keys(format.blocks).filter((instance) => format.blocks[instance]!.alone));
	if (away.size === 0) return format;
	const here = (path: string) => !away.has(path.split('.')[0]!);
	const shown = (list: readonly string[]) => list.filter(here);
	const open = (permissions: Permissions) =>
		Object.fromEntries(Object.entries(permissions).filter(([type]) => here(type)));
	const { headline, ...rest } = format;
	return {
		...rest,
		...(headline && here(headline) && { headline }),
		roles: Object.fromEntries(
			Object.entries(format.roles).map(([name, role]) => [
				name,
				role.outside ? { ...role, outside: shown(role.outside) } : role
			])
		),
		blocks: Object.fromEntries(Object.entries(format.blocks).filter(([instance]) => here(instance))),
		always: open(format.always),
		wires: (format.wires ?? []).filter(({ on, run }) => here(on) && here(run)),
		reports: (format.reports ?? []).filter(({ fact, of = fact }) => here(fact) && here(of)),
		sealed: (format.sealed ?? []).filter(({ what }) => here(what)),
		shared: (format.shared ?? []).filter(({ what }) => here(what)),
		handed: (format.handed ?? []).filter(({ what }) => here(what)),
		begins: (format.begins ?? []).filter(({ setting }) => here(setting)),
		panel: shown(format.panel),
		phases: format.phases.map(({ projector, ...phase }) => ({
			...phase,
			stage: shown(phase.stage),
			may: open(phase.may),
			...(projector && here(projector) && { projector }),
			...(phase.panel && { panel: shown(phase.panel) }),
			...(phase.gate && { gate: phase.gate.filter(({ fact }) => here(fact)) }),
			...(phase.enter && { enter: phase.enter.filter(({ run }) => here(run)) }),
			...(phase.leave && { leave: phase.leave.filter(({ run }) => here(run)) })
		}))
	};
}

export function resolve(format: Format, preset: string | null, settings: RoomSettings): Format {
	const whole = withPreset(format, preset);
	const chosen = settings.programme ? withoutAlone(whole) : whole;
	const phases: Phase[] = chosen.phases.map((phase) => {
		const minutes = settings.minutes[phase.id];
		return minutes === undefined || phase.minutes === null ? phase : { ...phase, minutes };
	});
	const blocks = Object.fromEntries(
		Object.entries(chosen.blocks).map(([instance, use]) => [
			instance,
			{
				...use,
				settings: {
					...use.settings,
					...optionsFor(chosen, instance, settings),
					...begunFor(chosen, instance, settings)
				}
			}
		])
	);
	return { ...chosen, phases, blocks };
}

function begunFor({ begins: declared = [] }: Format, instance: string, { begins }: RoomSettings) {
	const set: { [key: string]: Json } = {};
	for (const { setting } of declared) {
		const [target, key] = setting.split('.') as [string, string];
		if (target === instance && Object.hasOwn(begins, setting)) set[key] = begins[setting]!;
	}
	return set;
}

function optionsFor(format: Format, instance: string, settings: RoomSettings): { [key: string]: Json } {
	const set: { [key: string]: Json } = {};
	for (const option of format.options ?? []) {
		const value = settings.options[option.name] ?? option.default;
		for (const one of option.sets) {
			const { setting, as } = typeof one === 'string' ? { setting: one, as: null } : one;
			const [target, key] = setting.split('.') as [string, string];
			if (target === instance) set[key] = as === null ? value : (as[String(value)] ?? value);
		}
	}
	return set;
}
