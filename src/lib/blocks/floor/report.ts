/** How a meeting talked, what was asked and answered, and what stayed open. */
import { m } from '#lib/paraglide/messages.js';
import { clock } from '#lib/ui/time.ts';
import type { Report, ReportContext, ReportEntry, Section } from '../report.ts';
import { mostlyAsks } from './figures.ts';
import { isUnanswered, type Carried, type FloorRecord, type Turn } from './model.ts';
import { readSettings } from './settings.ts';

export const report: Report = (tables, context) => {
	const record = { turns: {}, speeches: {}, unasked: {}, carried: {}, figures: {}, ...tables } as FloorRecord;
	const turns = Object.values(record.turns).sort((a, b) => a.began - b.began);
	return [
		talk(record, turns, context),
		speeches(record, context),
		questions(record, turns, context),
		open(record, turns, context)
	].filter((section) => section.entries.length > 0);
};

type Named = Pick<ReportContext, 'instance' | 'locale' | 'people' | 'settings' | 'text'> & {
	name(person: string | null): string;
};

function decimal(value: number, locale: string): string {
	return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value);
}

function figure(said: string, value: string): ReportEntry {
	return { said, by: null, about: [value], fields: [{ label: said, value }] };
}

function talk(record: FloorRecord, turns: readonly Turn[], { instance, locale, settings }: Named): Section {
	const group = record.figures.group;
	const entries: ReportEntry[] = [];
	if (group && turns.length > 0) {
		entries.push(figure(m.floor_report_turns(), decimal(turns.length, locale)));
		if (group.balance !== null)
			entries.push(figure(m.floor_report_balance(), decimal(group.balance, locale)));
		const given = readSettings(settings);
		// Elsewhere people are free to state what they like.
		if (group.ratio !== null && (given.mode === 'questions' || given.tags)) {
			const { questions, statements, ratio } = group;
			const of = m.floor_ratio({ questions, all: questions + statements });
			const least = decimal(given.goodRatio, locale);
			entries.push({
				...figure(m.floor_report_ratio(), `${of} (${decimal(ratio, locale)})`),
				state: mostlyAsks(group, given)
					? { is: 'good', word: m.floor_ratio_good({ least }) }
					: { is: 'warn', word: m.floor_ratio_low({ least }) }
			});
		}
	}
	return {
		name: `${instance}-figures`,
		heading: m.floor_report_talk(),
		kind: 'figures',
		mirror: true,
		entries
	};
}

function speeches(record: FloorRecord, { instance, name, text }: Named): Section {
	const held = Object.values(record.turns)
		.filter((turn) => turn.speech !== null)
		.sort((a, b) => a.began - b.began);
	const entries = held.map((turn): ReportEntry => {
		const speech = record.speeches[turn.speech!];
		const spoke = clock(((turn.ended ?? turn.began) - turn.began) / 1000);
		const label = speech?.label ? text(speech.label) : null;
		return { said: name(turn.person), by: null, about: [...(label ? [label] : []), spoke], at: turn.began };
	});
	return { name: `${instance}-speeches`, heading: m.floor_report_speeches(), kind: 'list', entries };
}

function questions(record: FloorRecord, turns: readonly Turn[], { instance }: Named): Section {
	const asked = turns
		.filter((turn) => turn.tag === 'question' && turn.text !== null)
		.map(({ id, text, person, began, answer }) => ({ id, text: text!, by: person, at: began, answer }));
	const entries = [...Object.values(record.carried), ...asked, ...Object.values(record.unasked)].flatMap(
		({ answer, ...one }): ReportEntry[] => {
			if (!answer) return [];
			const entry = { item: one.id, said: one.text, by: one.by, at: 'at' in one ? one.at : answer.at };
			if (answer.text) return [{ ...entry, reply: { said: answer.text, by: answer.by } }];
			return [{ ...entry, state: { is: 'good', word: m.floor_answered_aloud() } }];
		}
	);
	return { name: `${instance}-questions`, heading: m.floor_report_questions(), kind: 'list', entries };
}

function open(record: FloorRecord, turns: readonly Turn[], { instance }: Named): Section {
	const unanswered = turns.filter(isUnanswered).map((turn): ReportEntry => ({
		item: turn.id,
		said: turn.text!,
		by: turn.person,
		state: { is: 'warn', word: m.floor_was_unanswered() },
		at: turn.began
	}));
	const left = (questions: Record<string, Carried>): ReportEntry[] =>
		Object.values(questions)
			.filter(({ answer }) => !answer)
			.map(({ id, text, by, was }) => ({
				item: id,
				said: text,
				by,
				state:
					was === 'unasked'
						? { is: 'plain', word: m.floor_was_unasked() }
						: { is: 'warn', word: m.floor_was_unanswered() }
			}));
	return {
		name: `${instance}-open`,
		heading: m.floor_report_left(),
		kind: 'list',
		entries: [...left(record.carried), ...unanswered, ...left(record.unasked)]
	};
}
