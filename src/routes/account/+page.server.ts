import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { attempt } from '#lib/identity/attempt.ts';
import { setLocaleCookie } from '#lib/identity/come-in.ts';
import { textOf } from '#lib/identity/form.ts';
import { setCookies } from '#lib/identity/set-cookies.ts';
import { visitOf } from '#lib/identity/visit.ts';
import { cookieName, isLocale } from '#lib/paraglide/runtime.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, request }) => {
	const person = locals.person;
	if (!person) redirect(303, '/sign-in?next=/account');
	const { identity } = locals.app;
	return {
		person,
		sessions: await identity.sessions(person, request.headers),
		hasPassword: await identity.hasPassword(person),
		reminders: await locals.app.store.reminders.settings(person.id),
		feed: await locals.app.feed.has(person.id),
		mailed: person.email !== null && locals.app.config.smtp !== null,
		consequences: await locals.app.persons.consequences(person)
	};
};

function personOf({ locals }: RequestEvent) {
	return locals.person ?? redirect(303, '/sign-in?next=/account');
}

async function leave(event: RequestEvent): Promise<never> {
	const { setCookie } = await event.locals.app.identity.signOut(visitOf(event));
	setCookies(event.cookies, setCookie);
	// The page has cleared its copies by itself, unless its script had not run yet.
	event.setHeaders({ 'clear-site-data': '"storage"' });
	redirect(303, '/');
}

export const actions: Actions = {
	async name(event) {
		const person = personOf(event);
		const name = textOf(await event.request.formData(), 'name');
		const renamed = await attempt(() => event.locals.app.identity.rename(person, name));
		if (!renamed.ok)
			return fail(renamed.problem.status, { about: 'name' as const, name, problem: renamed.problem });
		return { done: 'name' as const };
	},

	async language(event) {
		const person = personOf(event);
		const wish = textOf(await event.request.formData(), 'locale');
		const locale = isLocale(wish) ? wish : null;
		await event.locals.app.identity.speak(person, locale);
		if (locale) setLocaleCookie(event.cookies, locale);
		else event.cookies.delete(cookieName, { path: '/', httpOnly: false });
		// The page is to come in the new language, which was read before this ran.
		redirect(303, '/account');
	},

	async password(event) {
		personOf(event);
		const form = await event.request.formData();
		const wish = { current: textOf(form, 'current'), fresh: textOf(form, 'fresh') };
		const changed = await attempt(() => event.locals.app.identity.changePassword(wish, visitOf(event)));
		if (!changed.ok)
			return fail(changed.problem.status, { about: 'password' as const, problem: changed.problem });
		setCookies(event.cookies, changed.value.setCookie);
		return { done: 'password' as const };
	},

	async firstPassword(event) {
		personOf(event);
		const fresh = textOf(await event.request.formData(), 'fresh');
		const set = await attempt(() => event.locals.app.identity.setPassword(fresh, visitOf(event)));
		if (!set.ok) return fail(set.problem.status, { about: 'password' as const, problem: set.problem });
		return { done: 'firstPassword' as const };
	},

	async reminders(event) {
		const person = personOf(event);
		const form = await event.request.formData();
		const of = (name: string) => {
			const wanted = form.getAll(name);
			return {
				promised: wanted.includes('promised'),
				answer: wanted.includes('answer'),
				coming: wanted.includes('coming')
			};
		};
		const { reminders } = event.locals.app.store;
		const before = await reminders.settings(person.id);
		// Without a way to get mail nothing was asked about it.
		const mailed = form.has('often');
		await reminders.set(person.id, {
			app: of('app'),
			mail: mailed ? { ...of('mail'), digest: form.getAll('mail').includes('digest') } : before.mail,
			often: mailed ? (textOf(form, 'often') === 'once' ? 'once' : 'daily') : before.often
		});
		return { done: 'reminders' as const };
	},

	async feed(event) {
		const secret = await event.locals.app.feed.renew(personOf(event).id);
		return { done: 'feed' as const, address: `${event.url.origin}/calendar/${secret}.ics` };
	},

	async endFeed(event) {
		await event.locals.app.feed.revoke(personOf(event).id);
		return { done: 'endFeed' as const };
	},

	async end(event) {
		const session = textOf(await event.request.formData(), 'session');
		await event.locals.app.identity.endSession(personOf(event), session);
		return { done: 'session' as const };
	},

	async endOthers(event) {
		await event.locals.app.identity.endOtherSessions(personOf(event), event.request.headers);
		return { done: 'others' as const };
	},

	async endAll(event) {
		await event.locals.app.identity.endAllSessions(personOf(event));
		await leave(event);
	},

	async erase(event) {
		const person = personOf(event);
		const typed = textOf(await event.request.formData(), 'name').trim();
		if (typed !== person.name) return fail(422, { about: 'erase' as const, wrong: true });
		await event.locals.app.persons.erase(person.id, 'themselves');
		await leave(event);
	},

	signOut: leave
};
