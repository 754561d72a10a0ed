import { fail } from '@sveltejs/kit';
import { onceIn, textOf } from '#lib/identity/form.ts';
import { m } from '#lib/paraglide/messages.js';
import { region } from '#lib/ui/region.ts';
import { administratorOf, refusedWords } from '#lib/workspace/guard.ts';
import { columnName, problemWords } from '#lib/workspace/words.ts';
import type { Refused } from '../../../../server/workspace/problem.ts';
import type { Line } from '../../../../server/workspace/people-import.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => ({ person: administratorOf(event) });

/** Why the table as a whole cannot be read. */
function fileWords({ code, problems }: Refused): string | null {
	const detail = problems?.[0]?.detail ?? '';
	const most = new Intl.NumberFormat(region()).format(Number(detail) || 0);
	switch (code) {
		case 'file-empty':
			return m.workspace_import_empty();
		case 'file-too-large':
			return m.workspace_import_too_large({ most: `${Math.round(Number(detail) / 1000)} kB` });
		case 'file-too-many-rows':
			return m.workspace_import_too_many({ most });
		case 'file-encoding':
			return m.workspace_import_encoding();
		case 'file-quote':
			return m.workspace_import_quote({ line: detail });
		case 'file-broken':
			return m.workspace_import_broken({ line: detail });
		case 'file-no-column':
			return m.workspace_import_no_column({ column: detail });
		case 'file-column-twice':
			return m.workspace_import_column_twice({ column: detail });
		default:
			return null;
	}
}

function shown({ line, name, email, action, changes, problems }: Line) {
	return {
		line,
		name,
		email,
		action,
		changes: changes.map(columnName).join(', '),
		problems: problems.map((problem) => ({
			column: columnName(problem.field),
			words: problemWords(problem)
		}))
	};
}

const empty = { pasted: '', problem: null, preview: null, done: null };

export const actions: Actions = {
	async preview(event) {
		const by = administratorOf(event);
		const form = await event.request.formData();
		const file = form.get('file');
		const pasted = textOf(form, 'pasted');
		// a form in which no file was chosen sends one without a name
		const chosen = file instanceof File && file.name !== '' ? file : null;
		if (chosen?.size === 0) {
			const problem = m.workspace_import_file_empty({ name: chosen.name });
			return fail(422, { ...empty, pasted, problem });
		}
		const bytes = chosen ? new Uint8Array(await chosen.arrayBuffer()) : new TextEncoder().encode(pasted);
		if (bytes.byteLength === 0) return fail(422, { ...empty, problem: m.workspace_import_nothing() });
		return look(event.locals.app, by, bytes, pasted);
	},

	async apply(event) {
		const by = administratorOf(event);
		const form = await event.request.formData();
		const bytes = new Uint8Array(Buffer.from(textOf(form, 'table'), 'base64'));
		const outcome = await event.locals.app.workspace.apply(by, bytes, textOf(form, 'digest'), onceIn(form));
		if (outcome.ok) return { ...empty, done: outcome.value };
		if (outcome.code !== 'not-as-shown')
			return fail(outcome.status, { ...empty, problem: fileWords(outcome) ?? refusedWords(outcome) });
		const again = await look(event.locals.app, by, bytes, '');
		return { ...again, problem: m.workspace_import_changed_since() };
	}
};

async function look(
	app: App.Locals['app'],
	by: Parameters<App.Locals['app']['workspace']['preview']>[0],
	bytes: Uint8Array,
	pasted: string
) {
	const outcome = await app.workspace.preview(by, bytes);
	if (!outcome.ok)
		return fail(outcome.status, { ...empty, pasted, problem: fileWords(outcome) ?? refusedWords(outcome) });
	const { plan, encoding, digest } = outcome.value;
	const count = (action: Line['action']) => plan.lines.filter((line) => line.action === action).length;
	return {
		...empty,
		preview: {
			lines: plan.lines.map(shown),
			ignored: plan.ignored,
			guessed: encoding === 'Windows-1252',
			digest,
			once: crypto.randomUUID(),
			table: Buffer.from(bytes).toString('base64'),
			counts: {
				ready: count('ready'),
				change: count('change'),
				same: count('same'),
				refused: count('refused')
			}
		}
	};
}
