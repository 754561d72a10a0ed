import * as Y from 'yjs';

/** One text a paragraph, heading or point of a list, as it stands on a page. */
export function paragraphs(parent: Y.XmlFragment): string[] {
	return parent.toArray().flatMap((child) => {
		if (!(child instanceof Y.XmlElement)) return [];
		const texts = child.toArray().filter((one) => one instanceof Y.XmlText);
		const own = texts.map(plainText).join('').trim();
		return own ? [own] : paragraphs(child);
	});
}

function plainText(text: Y.XmlText): string {
	const parts: { insert?: unknown }[] = text.toDelta();
	return parts.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('');
}
