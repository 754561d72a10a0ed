/** Of what `import.meta.glob` found in blocks' folders: by the folder's name. */
export function byFolder<Found>(found: Readonly<Record<string, Found>>): Readonly<Record<string, Found>> {
	return Object.fromEntries(Object.entries(found).map(([path, one]) => [path.split('/').at(-2)!, one]));
}
