/** Who reports to whom must end somewhere. Pure. */

/**
 * The people of the loop that would close if `person` reported to `manager`, beginning and ending with the person;
 * null: there would be none.
 */
export function loopThrough(
	person: string,
	manager: string | null,
	managerOf: (person: string) => string | null
): string[] | null {
	const line = [person];
	let next = manager;
	while (next !== null) {
		if (next === person) return [...line, person];
		// a loop further up is somebody else's
		if (line.includes(next)) return null;
		line.push(next);
		next = managerOf(next);
	}
	return null;
}
