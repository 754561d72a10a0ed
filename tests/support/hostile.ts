/** Words that would do harm if anything took them for more than words, and a browser's page that watches for it. */
import type { BrowserContext, Page } from '@playwright/test';
import * as Y from 'yjs';
import type { Json } from '#lib/blocks/block.ts';

/** A host that does not exist: whoever asks for anything there has taken words for markup. */
const CANARY = '//canary.invalid';

/** Each ends or begins something: an element, an attribute, a script, a comment, a template, the reading direction. */
export const payloads = [
	'<script>boom(1)</script>',
	`<img src=${CANARY}/i onerror=boom(2)>`,
	'</script><script>boom(3)</script>',
	'"><svg onload=boom(4)>',
	"' onmouseover='boom(5)",
	`<a href="javascript:boom(6)">x</a>`,
	'[x](javascript:boom(7)) javascript:boom(7)',
	`![x](${CANARY}/m) data:text/html,<script>boom(8)</script>`,
	'</textarea></title></style><b onclick=boom(9)>',
	// eslint-disable-next-line no-template-curly-in-string -- it is what it looks like to a template
	'{@html boom(10)} ${boom(10)} {{boom(10)}}',
	`<!-- --><iframe srcdoc="<script>boom(11)</script>" src=${CANARY}/f></iframe>`,
	'\u202eboom(12)\u2066 \u200d\ufeff \ud83d\ude00 ﬃ Ｚ̴̢a͡l̸g̶o'
] as const;

/** For what wants an address. */
const addresses = [
	'javascript:boom(20)//https://example.com',
	'data:text/html,<script>boom(21)</script>',
	'\u0001java\tscript:boom(22)',
	'https://example.com/" onclick="boom(23)',
	'vbscript:boom(24)'
];

/** As people write: with a space. Ids, kinds and dates stand alone. */
const isWritten = (text: string) => text.length >= 10 && /\s/.test(text);
const isAddress = (text: string) => /^https?:\/\//.test(text);

let turn = 0;
const nextOf = <T>(list: readonly T[]): T => list[turn++ % list.length]!;

/** What was said → what the demo says there. In a field of one line, spaces of all kinds became one. */
const said = new Map<string, string>();
const inOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
export const recall = (text: string): string => said.get(inOneLine(text)) ?? text;

function changed(value: Json, words: (text: string) => string): Json {
	if (typeof value === 'string') {
		if (!isAddress(value) && !isWritten(value)) return value;
		const harmful = isAddress(value) ? nextOf(addresses) : words(value);
		said.set(inOneLine(harmful), value);
		return harmful;
	}
	if (Array.isArray(value)) return value.map((one) => changed(one as Json, words));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, changed(one as Json, words)]));
}

/** What is said in place of a command's words: first with them, then, where that is too long, alone. */
export function hostile(payload: Json): Json[] {
	const longer = changed(payload, (text) => `${text} ${nextOf(payloads)}`);
	if (JSON.stringify(longer) === JSON.stringify(payload)) return [];
	return [longer, changed(payload, () => nextOf(payloads))];
}

/** A name of at most eighty characters. */
export const hostileName = (name: string): string =>
	// a name may not turn the reading direction, which is the last one's harm
	`${[...name].slice(0, 20).join('')} ${nextOf(payloads.slice(0, -1))}`.slice(0, 78);

/** No rule stands before a co-written document: everything that is written in it may be anything. */
export function poison(doc: Y.Doc): void {
	for (const type of doc.share.values()) poisonType(type);
}

function poisonType(type: unknown): void {
	if (type instanceof Y.Text || type instanceof Y.XmlText)
		return type.insert(type.length, ` ${nextOf(payloads)}`);
	if (type instanceof Y.XmlFragment) {
		for (const child of type.toArray()) poisonType(child);
		if (type instanceof Y.XmlElement) return;
		for (const [tag, attributes] of [
			['script', { src: `${CANARY}/s` }],
			['image', { src: `${CANARY}/x`, onerror: 'boom(30)' }],
			['iframe', { srcdoc: '<script>boom(31)</script>' }]
		] as const) {
			const element = new Y.XmlElement(tag);
			for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
			type.push([element]);
		}
		const paragraph = new Y.XmlElement('paragraph');
		const text = new Y.XmlText();
		text.insert(0, `linked ${payloads[0]}`, { link: { href: 'javascript:boom(32)' } });
		paragraph.insert(0, [text]);
		return type.push([paragraph]);
	}
	if (type instanceof Y.Map) {
		for (const [key, value] of type.entries())
			if (typeof value !== 'string') poisonType(value);
			else if (isAddress(value)) type.set(key, nextOf(addresses));
			else if (isWritten(value)) type.set(key, `${value} ${nextOf(payloads)}`);
	} else if (type instanceof Y.Array) for (const value of type.toArray()) poisonType(value);
}

export interface Watch {
	/** What was done that should not: scripts, requests, dialogs, breaches of the policy, markup. Empty if all is well. */
	readonly harm: string[];
	/** Places of the payloads that were shown as the text that they are. */
	readonly shown: Set<number>;
}

/** Watches all pages of these browsers, from before their first byte is read. */
export async function watchFor(contexts: readonly BrowserContext[], origin: string): Promise<Watch> {
	const watch: Watch = { harm: [], shown: new Set() };
	for (const context of contexts) {
		await context.exposeBinding('reportHarm', ({ page }, what: string) =>
			watch.harm.push(`${page.url()}: ${what}`)
		);
		await context.exposeBinding('reportShown', (_source, place: number) => watch.shown.add(place));
		await context.addInitScript(
			inPage,
			payloads.map((text) => text.replaceAll(/\s+/g, ' '))
		);
		context.on('request', (request) => {
			const url = new URL(request.url());
			const own = ['data:', 'blob:'].includes(url.protocol) || url.origin === origin;
			if (!own) watch.harm.push(`asks for ${request.url()}`);
		});
		context.on('dialog', (dialog) => {
			watch.harm.push(`shows a dialog: ${dialog.message()}`);
			void dialog.dismiss();
		});
		context.on('weberror', (error) => {
			watch.harm.push(`fails: ${error.error().stack ?? error.error().message}`);
		});
	}
	return watch;
}

export async function asSomebody(page: BrowserContext, cookie: string, origin: string): Promise<void> {
	const [name = '', value = ''] = cookie.split(/=(.*)/s);
	await page.addCookies([{ name, value, url: origin }]);
}

export async function settle(page: Page): Promise<void> {
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
}

/** Runs in the page: must not use anything from outside. */
function inPage(texts: readonly string[]): void {
	type Reporting = {
		reportHarm(what: string): void;
		reportShown(place: number): void;
		boom(n: number): void;
	};
	const here = window as unknown as Reporting; // what `watchFor` puts there
	here.boom = (n) => here.reportHarm(`ran boom(${n})`);
	document.addEventListener('securitypolicyviolation', (event) =>
		here.reportHarm(
			`breaks ${event.violatedDirective}: ${event.blockedURI} ${event.sample} ${event.sourceFile}:${event.lineNumber}`
		)
	);
	const seen = new Set<number>();
	const addresses = new Set([
		'href',
		'src',
		'action',
		'formaction',
		'data',
		'xlink:href',
		'srcdoc',
		'poster'
	]);
	const look = (element: Element) => {
		for (const { name, value } of element.attributes) {
			if (/^on/i.test(name)) here.reportHarm(`<${element.localName} ${name}="${value}">`);
			// browsers drop control characters and spaces before they look for the scheme
			const scheme = /^(javascript|vbscript|data):/i.exec(value.replaceAll(/[\u0000-\u0020]/g, ''))?.[0];
			const picture = element.localName === 'img' && name === 'src' && value.startsWith('data:image/');
			if (addresses.has(name) && ((scheme && !picture) || name === 'srcdoc' || value.includes('canary')))
				here.reportHarm(`<${element.localName} ${name}="${value}">`);
		}
	};
	const read = (node: Node) => {
		if (node.parentElement?.closest('script, style')) return;
		const text = node.textContent?.replaceAll(/\s+/g, ' ') ?? '';
		for (const [place, payload] of texts.entries())
			if (!seen.has(place) && text.includes(payload)) {
				seen.add(place);
				here.reportShown(place);
			}
	};
	const all = (root: Node) => {
		if (root instanceof Element) look(root);
		const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode())
			if (node instanceof Element) look(node);
			else read(node);
		if (root instanceof Text) read(root);
	};
	new MutationObserver((changes) => {
		for (const { type, target, addedNodes } of changes)
			if (type === 'childList') addedNodes.forEach(all);
			else if (type === 'attributes') look(target as Element);
			else read(target);
	}).observe(document, { childList: true, attributes: true, characterData: true, subtree: true });
}
