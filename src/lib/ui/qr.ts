import { encode } from 'uqr';

/** A QR code as the data of one path, a square unit a module, with the quiet zone of four round it. */
export function qrPath(text: string): { size: number; path: string } {
	const { size, data } = encode(text, { ecc: 'M', border: 4 });
	let path = '';
	data.forEach((row, y) => {
		for (let x = 0; x < row.length; x++) {
			if (!row[x]) continue;
			const start = x;
			while (row[x + 1]) x++;
			path += `M${start} ${y}h${x - start + 1}v1h-${x - start + 1}z`;
		}
	});
	return { size, path };
}
