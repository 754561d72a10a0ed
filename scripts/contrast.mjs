// Checks every pair of text and ground in both themes, from the tokens. Run: node scripts/contrast.mjs
import { readFileSync } from 'node:fs';
const css = readFileSync(new URL('../src/lib/ui/tokens.css', import.meta.url), 'utf8');
const raw = Object.fromEntries(
	[...css.matchAll(/--([\w-]+):\s*light-dark\(\s*(#\w+),\s*(#\w+)\s*\)/g)].map(([, n, l, d]) => [n, [l, d]])
);
const rgb = (h) => [1, 3, 5].map((i) => parseInt(h.slice(i, i + 2), 16) / 255);
const lin = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const lum = (c) => {
	const [r, g, b] = c.map(lin);
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = (a, b) => {
	const [x, y] = [lum(a), lum(b)].sort((p, q) => q - p);
	return (x + 0.05) / (y + 0.05);
};
// color-mix(in oklab, accent p, paper)
const toLab = (c) => {
	const [r, g, b] = c.map(lin);
	const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b),
		m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b),
		s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
	return [
		0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
		1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
		0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
	];
};
const fromLab = ([L, a, b]) => {
	const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3,
		m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3,
		s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
	return [
		4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
		-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
		-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
	].map((c) => Math.min(1, Math.max(0, c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055)));
};
const mix = (a, b, p) => {
	const A = toLab(a),
		B = toLab(b);
	return fromLab(A.map((v, i) => v * p + B[i] * (1 - p)));
};

const formats = [
	'action-learning',
	'debate',
	'discussion',
	'coaching',
	'peer-mentor',
	'lunch-and-learn',
	'peer-review'
].map((f) => 'ink-' + f);
const grounds = ['desk', 'paper', 'paper-sunk', 'paper-lift'];
const notes = ['note-plain', 'note-straw', 'note-rose', 'note-sage', 'note-sky'];
const washes = ['good-wash', 'warn-wash', 'bad-wash', 'side-for-wash', 'side-against-wash'];
const text = [];
for (const g of [...grounds, ...notes, ...washes])
	for (const t of ['ink', 'ink-2', 'ink-3']) text.push([t, g]);
for (const f of formats) for (const g of [...grounds, f + '@9']) text.push([f, g]);
for (const f of formats) {
	text.push(['on-ink', f]);
	for (const t of ['ink', 'ink-2', 'ink-3']) text.push([t, f + '@9']);
}
for (const m of ['good', 'warn', 'bad']) for (const g of [...grounds, m + '-wash']) text.push([m, g]);
for (const s of ['side-for', 'side-against']) for (const g of [...grounds, s + '-wash']) text.push([s, g]);
for (let i = 1; i <= 6; i++) text.push(['on-person', 'person-' + i]);
text.push(
	['on-ink', 'ink'],
	['on-time-low', 'time-low'],
	['on-time-out', 'time-out'],
	['warn', 'note-straw']
);
const parts = [];
for (const g of grounds) for (const t of ['rule-strong', 'focus']) parts.push([t, g]);
let failed = 0,
	lowest = {};
for (const [theme, i] of [
	['light', 0],
	['dark', 1]
]) {
	const col = (n) => {
		const [base, p] = n.split('@');
		const c = rgb(raw[base][i]);
		return p ? mix(c, rgb(raw.paper[i]), p / 100) : c;
	};
	for (const [list, min] of [
		[text, 4.5],
		[parts, 3]
	])
		for (const [t, g] of list) {
			const r = ratio(col(t), col(g));
			const k = theme + (min === 3 ? ' borders and focus' : ' text');
			if (!lowest[k] || r < lowest[k][0]) lowest[k] = [r, t, g];
			if (r < min) {
				failed++;
				console.log('FAIL', theme, t, 'on', g, r.toFixed(2), 'needs', min);
			}
		}
}
for (const [k, [r, t, g]] of Object.entries(lowest))
	console.log(`${k}: lowest ${r.toFixed(2)} (${t} on ${g})`);
console.log(`${(text.length + parts.length) * 2} pairs, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
