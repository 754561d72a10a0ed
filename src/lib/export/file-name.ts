/** A room's title as part of a file name that every system takes. */
export function fileName(title: string, rest: string): string {
	const plain = title
		.normalize('NFKD')
		.replaceAll(/\p{M}/gu, '')
		.replaceAll('ß', 'ss')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.slice(0, 60)
		.replaceAll(/^-|-$/g, '');
	return `${plain || 'room'}${rest}`;
}
