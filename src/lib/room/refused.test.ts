import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { refuse, whyOf } from '#lib/blocks/refusal.ts';
import { blocks } from '#lib/blocks/rules.ts';
import { formats } from '#lib/formats/index.ts';
import { roomSettings, roomTitle } from '#lib/formats/resolve.ts';
import { locales } from '#lib/paraglide/runtime.js';
import { refusedIn, whyIn, wordsIn } from './refused.ts';

/** Every place of the code that refuses something: in a block's folder, in a format, or on the server. */
const sources = globSync(['src/lib/blocks/**/*.ts', 'src/lib/formats/**/*.ts', 'server/**/*.ts']).filter(
	(path) => !/\.test\.ts$|testing|\.contract\.ts$/.test(path)
);

/** Messages given to `refuse`, under whatever name a file imports it, with where they are given. */
function refusalsIn(path: string): { at: string; message: string | null }[] {
	const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
	const names = new Set<string>();
	const found: { at: string; message: string | null }[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportSpecifier(node) && (node.propertyName ?? node.name).text === 'refuse') {
			const from = node.parent.parent.parent.moduleSpecifier.getText();
			if (/(?:block|refusal)\.ts'$/.test(from)) names.add(node.name.text);
		}
		if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && names.has(node.expression.text)) {
			const message = node.arguments[1];
			const { line } = source.getLineAndCharacterOfPosition(node.getStart());
			const literal = message !== undefined && ts.isStringLiteralLike(message);
			found.push({ at: `${path}:${line + 1}`, message: literal ? message.text : null });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** Messages that a schema has of its own, anywhere in it. */
function messagesIn(schema: unknown, seen = new Set<unknown>()): string[] {
	if (typeof schema !== 'object' || schema === null || seen.has(schema)) return [];
	seen.add(schema);
	const own = 'message' in schema && typeof schema.message === 'string' ? [schema.message] : [];
	return [...own, ...Object.values(schema).flatMap((part) => messagesIn(part, seen))];
}

const written = sources.flatMap(refusalsIn);
const inSchemas = [
	...[roomTitle, roomSettings].flatMap((schema) => messagesIn(schema)),
	...Object.values(blocks).flatMap(({ commands }) =>
		Object.values(commands).flatMap(({ payload }) => messagesIn(payload))
	)
].map((message) => ({ at: 'a schema', message }));
const placesOf = (message: string) => [...message.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
/** '{because}' needs no words: what stands in it is a text of the format's. */
const needsWords = (message: string) => message.replaceAll(/\{\w+\}/g, '').trim() !== '';

it('finds what there is to translate', () => {
	expect(written.length).toBeGreaterThan(190);
	expect(inSchemas.length).toBeGreaterThan(15);
});

it('every refusal is written as one literal, with places for what is only known later', () => {
	expect(written.filter(({ message }) => message === null).map(({ at }) => at)).toEqual([]);
});

describe.each(locales.filter((locale) => locale !== 'en'))('in %s', (locale) => {
	const words = wordsIn(locale);

	it('every refusal that a rule, a schema or the server can give has words of its own', () => {
		const missing = [...written, ...inSchemas].flatMap(({ at, message }) =>
			message !== null && needsWords(message) && !words[message] ? [`${at}: ${message}`] : []
		);
		expect(missing, 'say them in refused.*.json of the folder').toEqual([]);
	});

	it('says in the same places what is only known later', () => {
		for (const [message, said] of Object.entries(words))
			expect(placesOf(said), message).toEqual(placesOf(message));
	});

	it('has no words for what is refused no more', () => {
		const said = new Set([...written, ...inSchemas].map(({ message }) => message));
		expect(Object.keys(words).filter((message) => !said.has(message))).toEqual([]);
	});

	it('means the same by the same message in every folder', () => {
		const all = new Map<string, string>();
		for (const path of globSync(`src/lib/**/refused.${locale}.json`))
			for (const [message, said] of Object.entries(JSON.parse(readFileSync(path, 'utf8')) as object)) {
				expect(said, message).toBe(all.get(message) ?? said);
				all.set(message, said as string);
			}
	});

	it('has every text of a format that a refusal may tell', () => {
		const texts = Object.values(formats).flatMap((format) =>
			[format, ...Object.values(format.presets ?? {})].flatMap(({ phases }) =>
				phases.flatMap(({ name, gate = [] }) => [name, ...gate.map(({ because }) => because)])
			)
		);
		for (const text of texts) expect(text[locale as 'de'], text.en).toBeTruthy();
	});
});

describe('a refusal', () => {
	const tooLong = refuse('too_long', 'Use at most {most} characters; these are {given}.', 'text', {
		most: 140,
		given: 182
	});

	it('says in English what happened, with what stands in its places', () => {
		expect(tooLong.message).toBe('Use at most 140 characters; these are 182.');
		expect(refusedIn(tooLong, 'en')).toBe(tooLong.message);
	});

	it('says it as exactly in another language', () => {
		expect(refusedIn(tooLong, 'de')).toBe('Höchstens 140 Zeichen; das sind 182.');
	});

	it('is told so as well when it was kept for later, and as it was where only the message was kept', () => {
		const kept = JSON.parse(JSON.stringify(whyOf(tooLong))) as ReturnType<typeof whyOf>;
		expect(whyIn(kept, 'de')).toBe('Höchstens 140 Zeichen; das sind 182.');
		expect(whyIn(whyOf(refuse('x', 'There is no such room.')), 'de')).toBe('Diesen Raum gibt es nicht.');
		expect([whyIn('There is no such room.', 'de'), whyIn('As it is.', 'de')]).toEqual([
			'Diesen Raum gibt es nicht.',
			'As it is.'
		]);
	});

	it('tells a text in the reader’s language', () => {
		const because = { en: 'Review each action first.', de: 'Erst jedes Vorhaben durchgehen.' };
		const gate = refuse('gate', '{because}', undefined, { because });
		expect([refusedIn(gate, 'en'), refusedIn(gate, 'de')]).toEqual([because.en, because.de]);
	});

	it('takes what people wrote as it is, places and names of objects among it', () => {
		const odd = refuse('taken', '{name} is speaking. Raise a hand.', undefined, { name: '{name} $& <b>' });
		expect(refusedIn(odd, 'de')).toBe('Gerade spricht {name} $& <b>. Bitte melden.');
		expect(refusedIn({ message: 'toString' }, 'de')).toBe('toString');
	});

	it('without words of its own is told as the server said it', () => {
		expect(refusedIn({ message: 'As it is.' }, 'de')).toBe('As it is.');
	});
});
