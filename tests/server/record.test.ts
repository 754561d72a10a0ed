/** Whatever the search finds in a meeting that is over has a place on the page of its record, on which a link ends. */
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { passagesIn } from '#lib/blocks/finds.ts';
import { reports } from '#lib/blocks/reports.ts';
import { demos, formatOf } from '#lib/formats/demos/index.ts';
import { formats } from '#lib/formats/index.ts';
import { project } from '../../server/rooms/projection.ts';
import type { World } from '../../server/rooms/world.ts';
import { rehearse } from '../support/rehearse.ts';
import { collectMinutes, tablesOf } from '#lib/record/collect.ts';

function recordOf(world: World): Y.Doc {
	const doc = new Y.Doc();
	for (const [instance, tables] of project(world).record)
		for (const [collection, entries] of Object.entries(tables))
			for (const [key, value] of Object.entries(entries))
				doc.getMap(instance).set(`${collection}/${key}`, value);
	return doc;
}

/** `<instance>/<item>` of all that can be found in it. */
function foundIn({ instances }: World, record: Y.Doc): Set<string> {
	return new Set(
		[...instances].flatMap(([instance, { block }]) =>
			passagesIn(tablesOf(record, instance), block.finds?.published).map(({ item }) => `${instance}/${item}`)
		)
	);
}

it.each(Object.keys(demos))('%s', (name) => {
	const { world, finished } = rehearse(formats[formatOf(name)]!, demos[name]!, { punctual: true });
	const records = [...finished, world].map(recordOf);
	const found = [...finished, world].map((one, index) => foundIn(one, records[index]!));
	// a programme’s own room publishes to those who run it alone
	if (!name.includes('/')) expect(found.some(({ size }) => size > 0)).toBe(true);
	const missing: string[] = [];
	for (const [index, { row, format }] of finished.entries()) {
		const { sections } = collectMinutes({
			...{ room: row, meeting: row.meeting, format, record: records[index]!, reports, locale: 'en' },
			documents: new Map()
		});
		const places = new Set(
			sections.flatMap(({ instance, item, entries }) =>
				[item, ...entries.map((entry) => entry.item)].map((place) => `${instance}/${place}`)
			)
		);
		for (const place of found[index]!) {
			// what goes on is found where it lives now
			const goesOn = found.slice(index + 1).some((later) => later.has(place));
			if (!goesOn && !places.has(place)) missing.push(`meeting ${row.meeting}: ${place}`);
		}
	}
	expect(missing).toEqual([]);
});
