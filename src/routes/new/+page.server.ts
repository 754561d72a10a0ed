import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { formatCard } from '#lib/api/pages.ts';
import type { Format } from '#lib/formats/format.ts';
import { attempt } from '#lib/identity/attempt.ts';
import { comeIn } from '#lib/identity/come-in.ts';
import { onceIn, textOf } from '#lib/identity/form.ts';
import { visitOf } from '#lib/identity/visit.ts';
import { wordsOf } from '#lib/identity/words.ts';
import { offers, soughtIn } from '#lib/pages/sought.ts';
import { methodOf, readMethod, type MethodValues } from '#lib/pages/method.ts';
import { m } from '#lib/paraglide/messages.js';
import { refusedIn } from '#lib/room/refused.ts';
import type { App } from '../../../server/app.ts';
import type { Actions, PageServerLoad } from './$types';

function formatIn(app: App, url: URL): Format {
	const { formats } = app.registry;
	const name = url.searchParams.get('format') ?? '';
	return (Object.hasOwn(formats, name) && formats[name]) || redirect(303, '/');
}

/** The programme's preset that is to be begun, or null: an ordinary room. */
function programmeIn(format: Format, url: URL): string | null {
	const name = url.searchParams.get('programme') ?? '';
	const { presets = {} } = format;
	return Object.hasOwn(presets, name) && presets[name]?.programme ? name : null;
}

/** Whom somebody came for, from that one's page: they may be asked in the room, and are told nothing before. */
async function inMindIn(
	format: Format,
	{ locals: { app, person }, url }: Pick<RequestEvent, 'locals' | 'url'>
) {
	const id = url.searchParams.get('ask');
	const sought = soughtIn(format);
	if (!id || !sought || !person?.account || id === person.id) return null;
	const people = await app.workspace.people(person);
	const found = people.ok ? people.value.find((one) => one.id === id) : undefined;
	return found && offers(found) ? { id, name: found.name, role: sought.role } : null;
}

const untouched: MethodValues = { preset: '', joining: 'code', options: {}, minutes: {} };

export const load: PageServerLoad = async (event) => {
	const { app, person } = event.locals;
	const { url } = event;
	const format = formatIn(app, url);
	const programme = programmeIn(format, url);
	const method = methodOf(format, programme);
	const choice = programme === null ? null : method.choices[0];
	return {
		person,
		once: crypto.randomUUID(),
		inMind: await inMindIn(format, event),
		card: formatCard(format),
		method,
		programme: choice ? { text: choice.text, about: choice.about } : null,
		untouched: { ...untouched, preset: choice?.preset ?? '' }
	};
};

/** The field of the page that an answer's field stands for. */
function fieldOf(field: string | undefined): string {
	return field?.startsWith('settings.') ? (field.split('.')[1] ?? 'general') : (field ?? 'general');
}

export const actions: Actions = {
	async default(event) {
		const { locals, request, url, getClientAddress } = event;
		const { app } = locals;
		const format = formatIn(app, url);
		const form = await request.formData();
		const [title, name] = [textOf(form, 'title'), textOf(form, 'name')];
		const values = readMethod(form, methodOf(format, programmeIn(format, url)));
		const refused = (status: number, errors: Record<string, string>) =>
			fail(status, { title, name, values, errors });

		// Before somebody becomes a guest for a room that then cannot be opened.
		if (title.trim() === '') return refused(422, { title: m.pages_new_title_missing() });
		if (!locals.person) {
			if (app.workspace.settings.opening === 'accounts')
				redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`);
			const entered = await attempt(() => app.identity.guest(name, visitOf(event)));
			if (!entered.ok) return refused(entered.problem.status, { name: wordsOf(entered.problem) });
			await comeIn(event, entered.value);
			locals.person = entered.value.person;
		}
		const { preset, joining, options, minutes } = values;
		const input = {
			id: onceIn(form),
			title,
			format: format.name,
			preset: preset || null,
			settings: { joining, options, minutes }
		};
		const made = await app.open(locals.person, input, getClientAddress());
		if (!made.ok) return refused(made.status, { [fieldOf(made.refusal.field)]: refusedIn(made.refusal) });
		const inMind = await inMindIn(format, event);
		// the room is there either way, and they are found in it by name as well
		if (inMind)
			await app.rooms.command(locals.person, made.value.room.id, {
				id: crypto.randomUUID(),
				type: 'roster.keepInMind',
				payload: { person: inMind.id }
			});
		redirect(303, `/r/${made.value.room.code}`);
	}
};
