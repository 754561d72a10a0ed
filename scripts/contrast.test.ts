/** Every pair of text and ground that the tokens allow can be read, light and dark (WCAG 2.2: 1.4.3 and 1.4.11). */
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

type Colour = [number, number, number];

const css = readFileSync('src/lib/ui/tokens.css', 'utf8');
const raw = new Map(
	[...css.matchAll(/--([\w-]+):\s*light-dark\(\s*(#\w+),\s*(#\w+)\s*\)/g)].map(([, name, light, dark]) => [
		name!,
		{ light: light!, dark: dark! }
	])
);
const rgb = (hex: string): Colour =>
	[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255) as Colour; // three of them
const lin = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const lum = (c: Colour) => {
	const [r, g, b] = c.map(lin) as Colour;
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = (a: Colour, b: Colour) => {
	const [x, y] = [lum(a), lum(b)];
	return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};
// color-mix(in oklab, accent p, paper)
const toLab = (c: Colour): Colour => {
	const [r, g, b] = c.map(lin) as Colour;
	const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b),
		m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b),
		s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
	return [
		0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
		1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
		0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
	];
};
const fromLab = ([L, a, b]: Colour): Colour => {
	const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3,
		m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3,
		s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
	return [
		4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
		-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
		-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
	].map((c) =>
		Math.min(1, Math.max(0, c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055))
	) as Colour;
};
const mix = (a: Colour, b: Colour, p: number) => {
	const [A, B] = [toLab(a), toLab(b)];
	return fromLab(A.map((v, i) => v * p + B[i]! * (1 - p)) as Colour);
};

const formats = globSync('src/lib/formats/*.ts')
	.map((file) => `ink-${file.split('/').at(-1)!.replace('.ts', '')}`)
	.filter((ink) => raw.has(ink));
const grounds = ['desk', 'paper', 'paper-sunk', 'paper-lift'];
const notes = ['note-plain', 'note-straw', 'note-rose', 'note-sage', 'note-sky'];
const washes = ['good-wash', 'warn-wash', 'bad-wash'];
const text: [string, string][] = [];
for (const g of [...grounds, ...notes, ...washes])
	for (const t of ['ink', 'ink-2', 'ink-3']) text.push([t, g]);
for (const f of formats) for (const g of [...grounds, f + '@9']) text.push([f, g]);
for (const f of formats) {
	text.push(['on-ink', f]);
	for (const t of ['ink', 'ink-2', 'ink-3']) text.push([t, f + '@9']);
}
for (const m of ['good', 'warn', 'bad']) for (const g of [...grounds, m + '-wash']) text.push([m, g]);
for (const s of ['side-for', 'side-against']) for (const g of grounds) text.push([s, g]);
for (let i = 1; i <= 6; i++) text.push(['on-person', 'person-' + i]);
text.push(
	['on-ink', 'ink'],
	['on-time-low', 'time-low'],
	['on-time-out', 'time-out'],
	['warn', 'note-straw']
);
const parts: [string, string][] = [];
for (const g of grounds) for (const t of ['rule-strong', 'focus']) parts.push([t, g]);

it('every format has a colour of its own', () => {
	expect(formats).toHaveLength(7);
});

it.each(['light', 'dark'] as const)('%s: text stands out 4.5 times, borders and focus 3 times', (theme) => {
	/** `name@9`: nine parts of a hundred of it on paper. */
	const colour = (name: string): Colour => {
		const [base = '', share] = name.split('@');
		const known = raw.get(base);
		if (!known) throw new Error(`There is no token --${base}.`);
		const plain = rgb(known[theme]);
		return share ? mix(plain, rgb(raw.get('paper')![theme]), Number(share) / 100) : plain;
	};
	const faint = (pairs: [string, string][], least: number) =>
		pairs.filter(([a, b]) => ratio(colour(a), colour(b)) < least).map(([a, b]) => `${a} on ${b}`);
	expect([...faint(text, 4.5), ...faint(parts, 3)]).toEqual([]);
});
