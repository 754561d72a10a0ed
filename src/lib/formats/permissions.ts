/** Who may do what, as a format says: one answer for the server, which decides, and the page, which shows. */
import type { Format, Permissions, Phase, Who } from './format.ts';

export function includes(who: Who | undefined, role: string): boolean {
	return who === '*' || (who?.includes(role) ?? false);
}

function permits(permissions: Permissions, type: string, role: string): boolean {
	const instance = type.slice(0, type.indexOf('.'));
	return includes(permissions[type], role) || includes(permissions[`${instance}.*`], role);
}

/** May this role do this in this phase? */
export function may(format: Format, phase: string | null, role: string, type: string): boolean {
	return permits(format.always, type, role) || mayInPhase(format, phase, role, type);
}

/** Is it this phase that lets the role do it? */
export function mayInPhase(format: Format, phase: string | null, role: string, type: string): boolean {
	const open = format.phases.find((one) => one.id === phase);
	return open !== undefined && permits(open.may, type, role);
}

/** May this role do anything at all with this instance, in whatever phase? */
export function mayEver(format: Format, role: string, instance: string): boolean {
	return [format.always, ...format.phases.map(({ may }) => may)].some((permissions) =>
		Object.entries(permissions).some(([type, who]) => type.startsWith(`${instance}.`) && includes(who, role))
	);
}

/** The next phase after `phase` in which this role may do this. */
export function opensIn(format: Format, phase: string | null, role: string, type: string): Phase | null {
	const at = format.phases.findIndex((one) => one.id === phase);
	return format.phases.slice(at + 1).find((later) => permits(later.may, type, role)) ?? null;
}

/** The next phase after `phase` in which this role may write the document with this short name. */
export function writableIn(
	format: Format,
	document: string | undefined,
	phase: string | null,
	role: string
): Phase | null {
	const use = document === undefined ? undefined : format.documents[document];
	if (!use?.open || !includes(use.write, role)) return null;
	const at = format.phases.findIndex((one) => one.id === phase);
	return format.phases.slice(at + 1).find((later) => use.open?.includes(later.id)) ?? null;
}
