import { encode } from 'uqr';
import { expect, it } from 'vitest';
import { qrPath } from './qr.ts';

it('covers exactly the dark modules of the code', () => {
	const text = 'https://peerloom.example/K7MQ2X';
	const { size, path } = qrPath(text);
	const drawn = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
	for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
		drawn[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
	}
	expect(drawn).toEqual(encode(text, { ecc: 'M', border: 4 }).data);
});

it('keeps a quiet zone of four modules, which scanners need', () => {
	const { data } = encode('x', { ecc: 'M', border: 4 });
	expect(data.slice(0, 4).flat().some(Boolean)).toBe(false);
});
