import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Json, Tables } from '#lib/blocks/block.ts';
import { Publication, readTables, sameJson } from './publication.ts';
import { soak } from '../sync/testing/soak.ts';

const of = (tables: Tables) => new Map([['list', tables]]);

const key = fc.stringMatching(/^[a-z]{1,3}(\/[a-z]{1,2})?$/);
/** Y.Doc keeps no key `__proto__` inside a value; blocks have none there. */
const json = (fc.jsonValue() as fc.Arbitrary<Json>).filter(
	(value) => !JSON.stringify(value).includes('__proto__')
);
const table: fc.Arbitrary<Record<string, Json>> = fc.dictionary(key, json, {
	maxKeys: 6,
	noNullPrototype: true
});
const tables: fc.Arbitrary<Tables> = fc.record({ items: table, votes: table });

/** Collections without entries leave nothing in a document. */
const filled = (all: Tables) =>
	Object.fromEntries(Object.entries(all).filter(([, entries]) => Object.keys(entries).length > 0));

describe('a publication', () => {
	it('writes only what changed', () => {
		const publication = new Publication('m1/record', null);
		publication.write(of({ items: { a: { text: 'one' }, b: { text: 'two' } } }));
		const update = publication.write(of({ items: { a: { text: 'one' }, b: { text: 'new' }, c: 3 } }))!;
		expect(Y.decodeUpdate(update).structs).toHaveLength(2);
	});

	it('writes nothing where nothing changed, though the values are other objects', () => {
		const publication = new Publication('m1/record', null);
		const value = () => of({ items: { a: { text: 'one', tags: ['x', { deep: null }] } } });
		expect(publication.write(value())).not.toBeNull();
		expect(publication.write(value())).toBeNull();
	});

	it('removes what is no longer there', () => {
		const publication = new Publication('m1/record', null);
		publication.write(of({ items: { a: 1, b: 2 } }));
		publication.write(of({ items: { b: 2 } }));
		expect(publication.read('list')).toEqual({ items: { b: 2 } });
		publication.write(of({}));
		expect(publication.read('list')).toEqual({});
	});

	it('goes on where the log stands', () => {
		const first = new Publication('m1/record', null);
		const update = first.write(of({ items: { a: 1 } }))!;
		const again = new Publication('m1/record', update);
		expect(again.write(of({ items: { a: 1 } }))).toBeNull();
		expect(again.read('list')).toEqual({ items: { a: 1 } });
	});

	it('shows everybody the last projection: who was there all along, who comes late, who got updates twice', () => {
		fc.assert(
			fc.property(fc.array(tables, { minLength: 1, maxLength: 8 }), (projections) => {
				const publication = new Publication('m1/record', null);
				const along = new Y.Doc();
				const updates: Uint8Array[] = [];
				for (const projection of projections) {
					const update = publication.write(of(projection));
					if (!update) continue;
					updates.push(update);
					Y.applyUpdate(along, update);
					expect(readTables(along, 'list')).toEqual(filled(projection));
				}
				const late = new Y.Doc();
				if (updates.length > 0) Y.applyUpdate(late, Y.mergeUpdates(updates));
				const twice = new Y.Doc();
				for (const update of [...updates, ...updates]) Y.applyUpdate(twice, update);
				const last = filled(projections.at(-1)!);
				for (const doc of [along, late, twice]) expect(readTables(doc, 'list')).toEqual(last);
			}),
			{ numRuns: soak(100) }
		);
	}, 20_000);
});

describe('the comparison of JSON', () => {
	it('says of every value that it is the same as its copy', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) =>
				sameJson(value as Json, JSON.parse(JSON.stringify(value)) as Json)
			)
		);
	});

	it('says the same as comparing the written text, whatever the order of keys', () => {
		const sorted = (value: unknown): unknown =>
			Array.isArray(value)
				? value.map(sorted)
				: typeof value === 'object' && value !== null
					? Object.entries(value)
							.sort(([a], [b]) => (a < b ? -1 : 1))
							.map(([name, one]) => [name, sorted(one)])
					: value;
		const text = (value: unknown) =>
			JSON.stringify([Array.isArray(value), typeof value === 'object' && value !== null, sorted(value)]);
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (a, b) => {
				if (sameJson(a as Json, b as Json)) expect(text(a)).toBe(text(b));
			})
		);
		expect(sameJson({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
		expect(sameJson({ a: undefined, b: 2 }, { b: 2 })).toBe(true);
	});

	it.each([
		[[], {}],
		[{}, null],
		[[1], [1, 2]],
		[{ a: 1 }, { b: 1 }],
		[{ a: 1 }, { a: 1, b: 1 }],
		['1', 1]
	] as [Json, Json][])('tells %j from %j', (a, b) => {
		expect(sameJson(a, b)).toBe(false);
		expect(sameJson(b, a)).toBe(false);
	});
});
