/** The one place that says who may open which document. */
import type { Member } from '#lib/blocks/block.ts';
import type { DocumentUse, Format } from '#lib/formats/format.ts';
import { includes } from '#lib/formats/permissions.ts';

export type Access = 'none' | 'read' | 'write';

/** What access depends on besides the person. */
export interface AccessScene {
	/** With the method that the room has now. */
	format: Format;
	/** With the method of a meeting that has ended; without it, the method was never changed. */
	formatOf?(meeting: number): Format;
	/** Documents of the format's other methods that the present one lacks; without it, none. */
	dormant?: ReadonlyMap<string, readonly DocumentUse[]>;
	/** The current meeting. */
	meeting: number;
	/** The current meeting's phase, null before it is prepared. */
	phase: string | null;
	archived: boolean;
	/** Phases that a meeting has reached so far. */
	reached(meeting: number): ReadonlySet<string>;
}

/** A person in their role, or the projector's link, which reads the record and nothing else. */
export type Principal = { is: 'member'; member: Member } | { is: 'screen' };

const fullName = /^(?:m([1-9]\d{0,5})\/)?([a-z]+(?:\/[A-Za-z0-9_-]{1,64})?)$/;

interface DocumentName {
	/** Null: the room's own. */
	meeting: number | null;
	short: string;
}

/** `m3/side/for` → meeting 3, `side/for`; null for what is no document's name. */
export function parseDocument(name: string): DocumentName | null {
	const match = fullName.exec(name);
	if (!match) return null;
	return { meeting: match[1] === undefined ? null : Number(match[1]), short: match[2]! };
}

export function access(scene: AccessScene, principal: Principal, name: string): Access {
	const document = parseDocument(name);
	if (!document) return 'none';
	const { meeting, short } = document;
	if (meeting !== null && meeting > scene.meeting) return 'none';
	if (principal.is === 'screen') return short === 'record' && meeting !== null ? 'read' : 'none';
	const { member } = principal;
	if (short === 'record')
		return meeting === null || scene.format.roles[member.role]?.outside ? 'none' : 'read';
	if (short === 'desk')
		return meeting !== null && scene.format.roles[member.role]?.moderates ? 'read' : 'none';
	if (short.startsWith('own/'))
		return meeting === null && short === `own/${member.id}` ? (scene.archived ? 'read' : 'write') : 'none';

	const current = meeting === null || meeting === scene.meeting;
	const format = current ? scene.format : (scene.formatOf?.(meeting) ?? scene.format);
	const use = format.documents[short];
	if (!use) return current ? leftOver(scene, document, member) : 'none';
	if (use.scope === 'person') return 'none';
	if ((use.scope === 'meeting') !== (meeting !== null)) return 'none';
	const openNow = use.open === undefined || (scene.phase !== null && use.open.includes(scene.phase));
	if (current && openNow && !scene.archived && includes(use.write, member.role)) return 'write';
	if (includes(use.read, member.role) || includes(use.write, member.role)) return 'read';
	if (use.reveal !== undefined && scene.reached(meeting ?? scene.meeting).has(use.reveal)) return 'read';
	return 'none';
}

/**
 * What was written under another method stays readable for those who had to do with it; it is not revealed to anybody,
 * for the phases are others now.
 */
function leftOver({ dormant }: AccessScene, { meeting, short }: DocumentName, { role }: Member): Access {
	const uses = dormant?.get(short) ?? [];
	const knows = (use: DocumentUse) =>
		use.scope !== 'person' &&
		(use.scope === 'meeting') === (meeting !== null) &&
		(includes(use.read, role) || includes(use.write, role));
	return uses.length > 0 && uses.every(knows) ? 'read' : 'none';
}

export interface DocumentInfo {
	name: string;
	scope: 'meeting' | 'room' | 'person';
	access: 'read' | 'write';
}

/** The documents of the current meeting and of the room that a principal may open now. */
export function documentsFor(scene: AccessScene, principal: Principal): DocumentInfo[] {
	const of = `m${scene.meeting}`;
	const candidates: { name: string; scope: DocumentInfo['scope'] }[] = [
		{ name: `${of}/record`, scope: 'meeting' },
		{ name: `${of}/desk`, scope: 'meeting' },
		...Object.entries(scene.format.documents).flatMap(([short, { scope }]) =>
			scope === 'person' ? [] : [{ name: scope === 'meeting' ? `${of}/${short}` : short, scope }]
		),
		...(principal.is === 'member' ? [{ name: `own/${principal.member.id}`, scope: 'person' as const }] : [])
	];
	return candidates.flatMap(({ name, scope }) => {
		const may = access(scene, principal, name);
		return may === 'none' ? [] : [{ name, scope, access: may }];
	});
}
