/** Who sees what in a format, said from the format itself. */
import type { Format, Who } from '#lib/formats/format.ts';
import { includes } from '#lib/formats/permissions.ts';
import { m } from '#lib/paraglide/messages.js';
import { region } from '#lib/ui/region.ts';
import { textIn } from '#lib/room/text.ts';

interface WhoSees {
	name: string;
	title: string;
	roles: { name: string; about: string; sees: string; writes: string }[];
	documents: string[];
}

function list(words: string[]): string {
	return new Intl.ListFormat(region(), { type: 'conjunction' }).format(words);
}

/** Documents have no names of their own: a document is called like the blocks that show it. */
function documentName(format: Format, short: string): string {
	const shown = Object.values(format.blocks).filter(({ document }) => document === short);
	return shown.length > 0 ? list(shown.map(({ name }) => textIn(name))) : short;
}

function names(format: Format, who: Who): string {
	if (who === '*') return m.pages_privacy_everybody();
	if (who.length === 0) return m.pages_privacy_nobody();
	return list(who.map((role) => (format.roles[role] ? textIn(format.roles[role].name) : role)));
}

export function whoSees(format: Format): WhoSees {
	const documents = Object.entries(format.documents);
	return {
		name: format.name,
		title: textIn(format.text),
		roles: Object.entries(format.roles).map(([role, { name, about, moderates, crowd }]) => {
			const closed = documents.filter(
				([, { read, write }]) => read !== '*' && [read, write].some((who) => includes(who, role))
			);
			const written = documents.filter(([, { write }]) => includes(write, role));
			const sees = [
				...(moderates ? [m.pages_privacy_desk()] : []),
				...closed.map(([short]) => documentName(format, short)),
				...(crowd ? [m.pages_privacy_crowd()] : [])
			];
			return {
				name: textIn(name),
				about: textIn(about),
				sees: sees.join('; ') || m.pages_privacy_nothing(),
				writes: written.map(([short]) => documentName(format, short)).join('; ') || m.pages_privacy_nothing()
			};
		}),
		documents: documents.map(([short, { scope, read, write, reveal }]) => {
			const document = documentName(format, short);
			const writers = names(format, write);
			if (scope === 'person') return m.pages_privacy_document_own({ document, writers });
			const phase = format.phases.find(({ id }) => id === reveal);
			const line =
				read === '*'
					? m.pages_privacy_document_all({ document, writers })
					: m.pages_privacy_document_some({ document, readers: names(format, read), writers });
			return phase
				? `${line} ${m.pages_privacy_document_reveal({ phase: `${phase.id} ${textIn(phase.name)}` })}`
				: line;
		})
	};
}
