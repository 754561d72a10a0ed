/** What may be set of a room's method: as plain data for a form, and back from the form. */
import type { Text } from '#lib/blocks/block.ts';
import type { Format, Option, Phase, Preset } from '#lib/formats/format.ts';
import type { RoomSettings } from '#lib/formats/resolve.ts';
import { textOf } from '#lib/identity/form.ts';

interface MethodPhase {
	id: string;
	name: Text;
	/** As the format has it. */
	minutes: number;
	fixed: boolean;
}

interface MethodChoice {
	/** Empty: the format as it was designed. */
	preset: string;
	text: Text | null;
	about: Text | null;
	/** The phases that have a clock. */
	phases: MethodPhase[];
}

export interface Method {
	choices: MethodChoice[];
	options: Option[];
}

export interface MethodValues {
	preset: string;
	joining: RoomSettings['joining'];
	options: RoomSettings['options'];
	minutes: RoomSettings['minutes'];
}

function clocked(phases: readonly Phase[]): MethodPhase[] {
	return phases.flatMap(({ id, name, minutes, fixed = false }) =>
		minutes === null ? [] : [{ id, name, minutes, fixed }]
	);
}

/** `preset`: the room's. A programme is begun as one and stays one, so its own method is the only choice. */
export function methodOf(format: Format, preset: string | null = null): Method {
	const presets = Object.entries(format.presets ?? {});
	const options = [...(format.options ?? [])];
	const programme = presets.find(([name, { programme }]) => programme && name === preset);
	if (programme) return { choices: [choiceOf(programme)], options };
	return {
		choices: [
			{ preset: '', text: null, about: null, phases: clocked(format.phases) },
			...presets.filter(([, { programme }]) => !programme).map(choiceOf)
		],
		options
	};
}

function choiceOf([preset, { text, about, phases }]: [string, Preset]): MethodChoice {
	return { preset, text, about, phases: clocked(phases) };
}

const joinings = ['code', 'accounts', 'approval'] as const;

/** Reads the form of MethodFields. What equals the format's own is left out, so that it follows the format. */
export function readMethod(form: FormData, { choices, options }: Method): MethodValues {
	const preset = textOf(form, 'preset') || (choices[0]?.preset ?? '');
	const joining = joinings.find((one) => one === textOf(form, 'joining')) ?? 'code';
	const chosen: MethodValues['options'] = {};
	for (const { name, values, default: own } of options) {
		const value = values ? textOf(form, `option.${name}`) || own : form.has(`option.${name}`);
		if (value !== own) chosen[name] = value;
	}
	const minutes: MethodValues['minutes'] = {};
	const phases = choices.find((choice) => choice.preset === preset)?.phases ?? [];
	for (const phase of phases) {
		const given = textOf(form, `minutes.${phase.id}`).trim();
		const value = Number(given.replace(',', '.'));
		if (given !== '' && value !== phase.minutes) minutes[phase.id] = Number.isFinite(value) ? value : -1;
	}
	return { preset, joining, options: chosen, minutes };
}
