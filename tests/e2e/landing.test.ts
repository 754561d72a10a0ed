/**
 * Whatever the search can find, its link ends on: one thing of every kind that a demo publishes, writes together or
 * shows one person alone, on a screen and on a phone.
 */
import type { Page } from '@playwright/test';
import type { Block, Json } from '#lib/blocks/block.ts';
import { passagesIn, passagesInOwn, type Passage } from '#lib/blocks/finds.ts';
import { blocks } from '#lib/blocks/rules.ts';
import { demos, formatOf } from '#lib/formats/demos/index.ts';
import { formats } from '#lib/formats/index.ts';
import type { Format } from '#lib/formats/format.ts';
import { landing } from '#lib/room/landing-link.ts';
import { readTables } from '../../server/rooms/publication.ts';
import { passagesOf } from '../../server/search/passages.ts';
import { demand, type Guest, type JoinedRoom } from '../support/api.ts';
import { expect, open, test } from '../support/browser.ts';
import { demosToTry } from '../support/demos-to-try.ts';
import { patience } from '../support/line.ts';
import { live } from '../support/live.ts';
import { sync } from '../support/sync.ts';

interface Kind {
	/** 'questions: items of m1/record'. */
	kind: string;
	instance: string;
	items: readonly string[];
}

/** The method that a demo's room has. */
function methodOf(name: string): Format {
	const format = formats[formatOf(name)]!;
	const { preset } = demos[name]!;
	return { ...format, ...(preset === undefined ? {} : format.presets?.[preset]) };
}

const kindOf = (kind: string, instance: string, found: readonly Passage[]): Kind[] => {
	const items = found.map(({ item }) => item).filter((item) => item !== '');
	return items.length === 0 ? [] : [{ kind: `${instance}: ${kind}`, instance, items }];
};

/** All kinds of things that can be found in the room as somebody sees it now. */
async function kindsIn(name: string, who: Guest, { room, documents }: JoinedRoom): Promise<Kind[]> {
	const format = methodOf(name);
	const uses = Object.entries(format.blocks).flatMap(([instance, { block }]): [string, Block][] =>
		blocks[block] ? [[instance, blocks[block]]] : []
	);
	const kinds: Kind[] = [];
	for (const document of documents) {
		const { doc, ready, close } = sync(who.origin, room.id, document.name, who.token);
		await ready();
		const registry = { formats: { [format.name]: format }, blocks };
		if (/(^|\/)(record|desk)$/.test(document.name)) {
			for (const [instance, { finds }] of uses)
				for (const [collection, field] of Object.entries(finds?.published ?? {})) {
					const found = passagesIn(readTables(doc, instance), { [collection]: field });
					kinds.push(...kindOf(`${collection} of ${document.name}`, instance, found));
				}
		} else {
			const written = passagesOf(format.name, document.name, doc, registry);
			for (const instance of new Set(written.map((one) => one.instance)))
				kinds.push(
					...kindOf(
						document.name,
						instance,
						written.filter((one) => one.instance === instance)
					)
				);
		}
		close();
	}
	const line = await live(who.origin, who.token);
	await line.enter(room.id);
	const { own } = await line.hear<{ is: string; own: Record<string, Json> }>(
		'message',
		({ is }) => is === 'own'
	);
	line.close();
	for (const [instance, { finds }] of uses)
		for (const [path, texts] of Object.entries(finds?.own ?? {}))
			kinds.push(...kindOf(`own ${path}`, instance, passagesInOwn(own[instance] ?? null, { [path]: texts })));
	return kinds;
}

/** Null: it ends on the thing; otherwise what is there instead. */
async function landsOn(page: Page, code: string, { instance }: Kind, item: string): Promise<string | null> {
	await page.evaluate(() => {
		(document.activeElement as HTMLElement | null)?.blur(); // it is an element of the page
		document.querySelector('[data-sonner-toast]')?.remove();
	});
	const link = landing(code, instance, item);
	await page.evaluate((hash) => (location.hash = hash), link.slice(link.indexOf('#')));
	const there = `[data-instance="${instance}"] [data-item="${item}"]`;
	const missing = page.getByText('This is not there any more, or not in this phase.').first();
	return page
		.waitForFunction(
			(selector) =>
				[...document.querySelectorAll(selector)].some((one) => {
					const { top, bottom, left, right, height } = one.getBoundingClientRect();
					const seen = height > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
					const active = document.activeElement;
					const focused = active !== null && active !== document.body;
					return focused && seen && (one.contains(active) || active.contains(one));
				}),
			there,
			{ timeout: 12_000 * patience }
		)
		.then(
			() => null,
			async () => ((await missing.isVisible()) ? 'it says that it is not there' : 'nothing is shown')
		);
}

/** A phone has least room for what a link is to show; a desk besides in the widest demo, and in a soak in all. */
const sizes = (index: number) =>
	(
		[
			[1440, 900, 0],
			[360, 740, -1]
		] as const
	).filter(([width]) => width === 360 || index === 0 || process.env.SOAK);

for (const [index, name] of demosToTry().entries())
	test(`a link to whatever can be found in a room ends on it: ${name}`, async ({ person }) => {
		const { page, guest } = await person('Priya Raman');
		const made = await page.context().request.post('/?/demo', {
			form: { format: name },
			headers: { origin: guest.origin, accept: 'application/json' }
		});
		const code = /\/r\/([A-Z0-9]{6})/.exec(await made.text())![1]!;
		const room = await demand<JoinedRoom>(guest.origin, `/api/rooms/${code}/join`, {
			body: {},
			token: guest.token
		});
		const kinds = await kindsIn(name, guest, room);
		expect(kinds.length).toBeGreaterThan(0);
		const wrong: string[] = [];
		for (const [width, height, which] of sizes(index)) {
			await page.setViewportSize({ width, height });
			await open(page, `/r/${code}`);
			for (const one of kinds) {
				const is = await landsOn(page, code, one, one.items.at(which)!);
				if (is !== null) wrong.push(`${width} px, ${one.kind}/${one.items.at(which)!}: ${is}`);
			}
		}
		expect(wrong).toEqual([]);
	});
